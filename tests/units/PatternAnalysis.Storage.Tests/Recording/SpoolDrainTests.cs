using Dapper;
using Microsoft.Data.Sqlite;
using PatternAnalysis.Storage.Recording;

namespace PatternAnalysis.Storage.Tests.Recording;

/// <summary>A spool never stops what its events are needed for: what can't be stored waits, and is told of once with what to do.</summary>
public sealed class SpoolDrainTests : IDisposable
{
    private readonly HookLine _hook = new();

    public void Dispose() => _hook.Dispose();

    [Theory]
    [InlineData("CREATE TABLE t (event_id TEXT UNIQUE, session_id TEXT); CREATE VIEW hook_events AS SELECT * FROM t", "view")]
    [InlineData(
        "CREATE TABLE hook_events (event_id TEXT UNIQUE, session_id TEXT); CREATE "
            + "TRIGGER g BEFORE INSERT ON hook_events BEGIN SELECT * FROM none; END",
        "no such table"
    )]
    public void What_the_database_does_not_take_waits_and_is_told_of_once_for_all(string schema, string trouble)
    {
        Execute(schema);
        for (var number = 0; number < 3; number++)
            _hook.Run(HookLine.Event(number));

        var drained = SpoolDrain.Run(_hook.Database);

        Assert.Equal((0, 3), (drained.StoredCount, _hook.Waiting.Length));
        Assert.StartsWith("3 recorded events wait on in ", drained.Warning);
        Assert.Contains(trouble, drained.Warning);
    }

    [Fact]
    public void Once_the_trouble_is_mended_they_are_stored()
    {
        Execute("CREATE TABLE hook_events (event_id TEXT UNIQUE, session_id TEXT); CREATE VIEW v AS SELECT 1");
        _hook.Run(HookLine.Event(1));
        Execute("ALTER TABLE hook_events RENAME TO t; CREATE VIEW hook_events AS SELECT * FROM t");
        Assert.Equal(1, SpoolDrain.Run(_hook.Database).WaitingCount);
        Execute("DROP VIEW hook_events; ALTER TABLE t RENAME TO hook_events");

        Assert.Equal(1, SpoolDrain.Run(_hook.Database).StoredCount);
        Assert.Empty(_hook.Waiting);
    }

    [Fact]
    public void A_file_that_can_not_be_read_waits_and_the_others_are_stored()
    {
        _hook.Run(HookLine.Event(1));
        var loop = Path.Combine(_hook.Place, "1-Command-loop.hook");
        File.CreateSymbolicLink(loop, loop);

        var drained = SpoolDrain.Run(_hook.Database);

        Assert.Equal((1, 1, 0), (drained.StoredCount, drained.WaitingCount, drained.RejectedCount));
        Assert.NotNull(new FileInfo(loop).LinkTarget);
        File.Delete(loop);
    }

    [Import.UnixFact]
    public void A_pipe_is_not_waited_for_and_the_others_are_stored()
    {
        _hook.Run(HookLine.Event(1));
        using var made = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(_hook.Place, "1-Command-pipe.hook")]);
        made.WaitForExit();

        var drained = SpoolDrain.Run(_hook.Database);

        Assert.Equal((1, 1), (drained.StoredCount, drained.WaitingCount));
    }

    [Fact]
    public void Thousands_are_stored_a_few_thousand_at_a_time_so_that_what_fails_later_takes_none_of_them_along()
    {
        Execute(
            "CREATE TABLE hook_events (event_id TEXT UNIQUE, session_id TEXT, event_type TEXT, tool_name TEXT, timestamp TEXT, "
                + "payload TEXT); "
                + "CREATE TRIGGER g BEFORE INSERT ON hook_events WHEN new.payload LIKE '%git status 5000\"%' BEGIN SELECT json('{'); END"
        );
        for (var number = 0; number <= 5_000; number++)
        {
            var file = Path.Combine(_hook.Place, $"{number}-Command-{number:D8}.hook");
            File.WriteAllText(file, HookLine.Event(number));
            File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch.AddYears(56).AddSeconds(number));
        }

        var drained = SpoolDrain.Run(_hook.Database);

        Assert.Equal((5_000, 1), (drained.StoredCount, drained.WaitingCount));
        Assert.EndsWith("00005000.hook", _hook.Waiting.Single());
    }

    [Fact]
    public void Several_drains_at_once_store_each_event_once_and_none_fails()
    {
        for (var number = 0; number < 60; number++)
            _hook.Run(HookLine.Event(number));
        var results = new SpoolDrainResult[4];

        Parallel.For(0, results.Length, index => results[index] = SpoolDrain.Run(_hook.Database));

        Assert.Equal(60, results.Sum(result => result.StoredCount));
        Assert.All(results, result => Assert.Null(result.Warning));
        Assert.Empty(_hook.Waiting);
    }

    [Fact]
    public void Several_first_drains_make_the_database_together()
    {
        for (var round = 0; round < 40; round++)
        {
            using var hook = new HookLine();
            hook.Run(HookLine.Event(round));
            var results = new SpoolDrainResult[4];
            using var start = new Barrier(results.Length);

            var drains = results.Select((_, index) => new Thread(() => results[index] = Drain(hook, start))).ToArray();
            Array.ForEach(drains, drain => drain.Start());
            Array.ForEach(drains, drain => drain.Join());

            Assert.Equal(1, results.Sum(result => result.StoredCount));
            Assert.All(results, result => Assert.Null(result.Warning));
        }
    }

    private static SpoolDrainResult Drain(HookLine hook, Barrier start)
    {
        start.SignalAndWait();
        return SpoolDrain.Run(PatternDatabase.Open(hook.Database.Name));
    }

    [Fact]
    public void An_event_that_was_stored_before_its_file_could_go_is_stored_once()
    {
        _hook.Run("""{"session_id":"s","hook_event_name":"Stop"}""");
        var copy = File.ReadAllBytes(_hook.Waiting.Single());
        var (path, time) = (_hook.Waiting.Single(), File.GetLastWriteTimeUtc(_hook.Waiting.Single()));
        Assert.Equal(1, SpoolDrain.Run(_hook.Database).StoredCount);
        File.WriteAllBytes(path, copy);
        File.SetLastWriteTimeUtc(path, time);

        var again = SpoolDrain.Run(_hook.Database);

        Assert.Equal((0, 1), (again.StoredCount, again.DuplicateCount));
        Assert.Empty(_hook.Waiting);
    }

    [Fact]
    public void A_database_and_links_to_it_have_one_spool()
    {
        Execute("CREATE TABLE hook_events (event_id TEXT UNIQUE, session_id TEXT)");
        var other = Directory.CreateDirectory(Path.Combine(_hook.Folder, "other")).FullName;
        var link = Path.Combine(other, "link.db");
        File.CreateSymbolicLink(link, Path.Combine("..", "events.db"));
        var folderLink = Path.Combine(other, "folder");
        Directory.CreateSymbolicLink(folderLink, _hook.Folder);

        Assert.Equal(_hook.Spool.Places, new SpoolFolder(link).Places);
        Assert.Equal(_hook.Spool.Places, new SpoolFolder(Path.Combine(folderLink, "events.db")).Places);
        _hook.Run(HookLine.Event(1));
        Assert.Equal(1, SpoolDrain.Run(PatternDatabase.Open(link)).StoredCount);
    }

    [Fact]
    public void A_folder_that_somebody_else_could_write_is_not_used()
    {
        var place = _hook.Spool.Places[^1];
        Directory.CreateDirectory(place);
        if (OperatingSystem.IsWindows())
            return;

        File.SetUnixFileMode(place, (UnixFileMode)511);
        File.WriteAllText(Path.Combine(place, "1-Command-planted.hook"), HookLine.Event(1));

        Assert.Equal(0, SpoolDrain.Run(_hook.Database).StoredCount);
    }

    [Fact]
    public void Looking_changes_nothing_and_says_what_waits()
    {
        _hook.Run(HookLine.Event(1));

        Assert.StartsWith("1 recorded events wait in ", SpoolDrain.Look(_hook.Database).Warning);

        Assert.Single(_hook.Waiting);
        Assert.False(File.Exists(_hook.DatabasePath));
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_hook.DatabasePath};Pooling=False");
        connection.Execute(sql);
    }
}
