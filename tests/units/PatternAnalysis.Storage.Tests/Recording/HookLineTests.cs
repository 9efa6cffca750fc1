using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using PatternAnalysis.Import;
using PatternAnalysis.Storage.Recording;

namespace PatternAnalysis.Storage.Tests.Recording;

/// <summary>The hook that only leaves its input: nothing is lost, whatever happens, and nobody else can read it.</summary>
public sealed class HookLineTests : IDisposable
{
    private readonly HookLine _hook = new();

    public void Dispose() => _hook.Dispose();

    [Fact]
    public void What_it_left_is_stored_in_the_order_in_which_it_came_with_its_time()
    {
        var before = DateTime.UtcNow.AddSeconds(-1);
        for (var number = 0; number < 25; number++)
            Assert.Equal((0, ""), _hook.Run(HookLine.Event(number)));

        var drained = SpoolDrain.Run(_hook.Database);

        Assert.Equal((25, 0, null), (drained.StoredCount, drained.WaitingCount, drained.Warning));
        Assert.Empty(_hook.Waiting);
        var rows = Query("SELECT payload, timestamp FROM hook_events ORDER BY timestamp, id");
        Assert.Equal(25, rows.Count);
        for (var number = 0; number < rows.Count; number++)
        {
            Assert.Contains($"git status {number}\"", (string)rows[number].payload);
            var time = DateTime.Parse((string)rows[number].timestamp, CultureInfo.InvariantCulture);
            Assert.InRange(time, before, DateTime.UtcNow.AddSeconds(1));
        }
    }

    [Fact]
    public void Fifty_at_once_lose_nothing_also_when_the_folder_is_not_there_yet()
    {
        Directory.Delete(_hook.Place, recursive: true);

        Parallel.For(0, 50, new ParallelOptions { MaxDegreeOfParallelism = 50 }, number => _hook.Run(HookLine.Event(number)));

        Assert.Equal(50, SpoolDrain.Run(_hook.Database).StoredCount);
        Assert.Equal(50L, Query("SELECT count(*) AS n FROM hook_events").Single().n);
    }

    [Fact]
    public void Whoever_is_killed_while_it_waits_for_its_input_leaves_the_others_alone_and_is_counted()
    {
        _hook.Run(HookLine.Event(1));
        using (var killed = _hook.Start())
        {
            killed.StandardInput.Write(HookLine.Event(2)[..30]);
            killed.StandardInput.Flush();
            Wait(() => _hook.Files("*-Command-*").Length == 2);
            killed.Kill(entireProcessTree: true);
            killed.WaitForExit();
        }

        foreach (var draft in _hook.Files("*-Command-*"))
            File.SetLastWriteTimeUtc(draft, DateTime.UtcNow);
        var young = SpoolDrain.Run(_hook.Database);
        foreach (var draft in _hook.Files("*-Command-*"))
            File.SetLastWriteTimeUtc(draft, DateTime.UtcNow.AddMinutes(-2));
        var old = SpoolDrain.Run(_hook.Database);

        Assert.Equal((1, 0, null), (young.StoredCount, young.LostCount, young.Warning));
        Assert.Equal((0, 1), (old.StoredCount, old.LostCount));
        Assert.Contains("1 events were lost", old.Warning);
        Assert.Empty(_hook.Files("*-Command-*"));
    }

    [Fact]
    public void A_whole_event_whose_writer_was_killed_before_it_named_it_is_stored()
    {
        _hook.Run(HookLine.Event(1));
        var draft = Path.ChangeExtension(_hook.Waiting.Single(), null);
        File.Move(_hook.Waiting.Single(), draft);
        File.SetLastWriteTimeUtc(draft, DateTime.UtcNow.AddMinutes(-2));

        Assert.Equal(1, SpoolDrain.Run(_hook.Database).StoredCount);
        Assert.Empty(_hook.Files("*-Command-*"));
    }

    [Fact]
    public void Nobody_else_can_read_what_waits_and_a_project_does_not_take_it_in()
    {
        if (OperatingSystem.IsWindows())
            return;

        _hook.Run(HookLine.Event(1));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_hook.Waiting.Single()));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(Path.GetDirectoryName(_hook.Waiting.Single())!)
        );
        Assert.Equal("*\n", File.ReadAllText(Path.Combine(_hook.Place, ".gitignore")));
    }

    [Theory]
    [InlineData(PayloadMode.None, false, false)]
    [InlineData(PayloadMode.Command, true, false)]
    [InlineData(PayloadMode.Full, true, true)]
    public void What_is_not_to_be_stored_is_left_out_and_secrets_are_masked(PayloadMode mode, bool command, bool description)
    {
        using var hook = new HookLine(mode);
        hook.Run(
            """
            {"session_id":"s","hook_event_name":"PreToolUse","tool_name":"Bash","tool_use_id":"toolu_1",
             "tool_input":{"command":"curl -H 'Authorization: Bearer abcdefghijklmnop1234'","description":"ask the server"}}
            """
        );

        SpoolDrain.Run(hook.Database);

        using var connection = new SqliteConnection($"Data Source={hook.DatabasePath};Pooling=False");
        var payload = connection.QuerySingle<string>("SELECT payload FROM hook_events");
        Assert.Equal(command, payload.Contains("curl", StringComparison.Ordinal));
        Assert.Equal(description, payload.Contains("ask the server", StringComparison.Ordinal));
        Assert.DoesNotContain("abcdefghijklmnop1234", payload);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json, api_key=abcdefghijklmnop1234")]
    [InlineData("[1,2,3]")]
    public void Input_that_is_no_event_is_kept_masked_and_reported_once(string input)
    {
        _hook.Run(input);

        var first = SpoolDrain.Run(_hook.Database);
        var second = SpoolDrain.Run(_hook.Database);

        Assert.Equal((1, 0), (first.RejectedCount, first.StoredCount));
        Assert.Contains("kept as .rejected", first.Warning);
        Assert.Null(second.Warning);
        Assert.DoesNotContain("abcdefghijklmnop1234", File.ReadAllText(_hook.Files("*.rejected").Single()));
    }

    [Fact]
    public void Where_no_folder_can_be_written_the_next_one_is_and_then_the_agent_still_goes_on()
    {
        var places = _hook.Spool.Places;
        for (var usable = 0; usable < places.Count; usable++)
        {
            Assert.Equal((0, ""), _hook.Run(HookLine.Event(usable)));
            Assert.Equal(places[usable], Path.GetDirectoryName(_hook.Waiting.Single()));
            Assert.Equal(1, SpoolDrain.Run(_hook.Database).StoredCount);
            Directory.Delete(places[usable], recursive: true);
            File.WriteAllText(places[usable], "in the way");
        }

        Assert.Equal((0, ""), _hook.Run(HookLine.Event(places.Count)));
        Assert.All(places, File.Delete);
    }

    private static void Wait(Func<bool> isSo)
    {
        Assert.True(
            SpinWait.SpinUntil(
                () =>
                {
                    Thread.Sleep(10);
                    return isSo();
                },
                TimeSpan.FromMinutes(3)
            )
        );
    }

    private List<dynamic> Query(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_hook.DatabasePath};Pooling=False");
        return connection.Query(sql).ToList();
    }
}
