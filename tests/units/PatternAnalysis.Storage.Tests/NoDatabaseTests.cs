using System.Diagnostics;

namespace PatternAnalysis.Storage.Tests;

/// <summary>What is no file of a database ends with an error, and is not waited for.</summary>
public sealed class NoDatabaseTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pattern-analysis-pipe-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_pipe_is_refused()
    {
        if (OperatingSystem.IsWindows())
            return;
        var pipe = Path.Combine(_folder, "pipe");
        using (var make = Process.Start("mkfifo", pipe))
            await make.WaitForExitAsync();

        await AssertRefused(pipe);
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/random")]
    [InlineData("/dev/tty")]
    public async Task A_device_is_refused(string device)
    {
        if (OperatingSystem.IsLinux() && File.Exists(device))
            await AssertRefused(device);
    }

    [Fact]
    public void A_new_database_is_for_its_owner_alone()
    {
        if (OperatingSystem.IsWindows())
            return;
        var file = Path.Combine(_folder, "new.db");

        PatternDatabase.Open(file).EventWriter.Write([]);

        if (File.Exists(file))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public void What_a_dead_writer_had_begun_is_named_by_who_reads_and_taken_back_by_who_saves()
    {
        var file = Path.Combine(_folder, "live.db");
        var hot = Path.Combine(_folder, "hot.db");
        using (var writer = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={file};Pooling=False"))
        {
            writer.Open();
            Execute(writer, "CREATE TABLE hook_events (session_id TEXT, event_type TEXT, tool_name TEXT, timestamp TEXT, payload TEXT)");
            for (var i = 0; i < 200; i++)
                Execute(writer, $"INSERT INTO hook_events VALUES ('s{i}', 'tool_use', 'Read', '2026-03-02 10:00:00', hex(zeroblob(2000)))");

            // More than fits into its memory: what is changed goes into the file before the end, and what was there into the journal.
            Execute(writer, "PRAGMA cache_size = 5");
            Execute(writer, "BEGIN; UPDATE hook_events SET tool_name = 'Broken', payload = hex(randomblob(1000))");
            File.Copy(file, hot);
            File.Copy(file + "-journal", hot + "-journal");
        }

        var database = PatternDatabase.Open(hot);
        var error = Assert.Throws<PatternAnalysisException>(() => database.FindSources());
        Assert.Contains("-journal", error.Message, StringComparison.Ordinal);

        database.FinishInterruptedWrite();

        Assert.Equal(200, Assert.Single(database.FindSources()).EventCount);
        using var reader = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={hot};Pooling=False");
        reader.Open();
        using var broken = reader.CreateCommand();
        broken.CommandText = "SELECT count(*) FROM hook_events WHERE tool_name = 'Broken'";
        Assert.Equal(0L, broken.ExecuteScalar());
    }

    [Fact]
    public void Another_programs_database_that_was_named_by_mistake_stays_as_it_is_to_the_last_byte()
    {
        var file = Path.Combine(_folder, "photos.db");
        using (var other = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={file};Pooling=False"))
        {
            other.Open();
            Execute(
                other,
                "PRAGMA journal_mode = DELETE; CREATE TABLE photos (id INTEGER, patterns TEXT); INSERT INTO photos VALUES (1, 'x')"
            );
        }

        var before = File.ReadAllBytes(file);
        var database = PatternDatabase.Open(file);

        Assert.Equal("TableNotFound", Assert.Throws<PatternAnalysisException>(() => database.Index.Create()).ErrorId);
        database.Runs.Record(new PatternAnalysis.Approvals.FinishedRun(RunKind.Import, DateTimeOffset.UnixEpoch));

        Assert.Equal(before, File.ReadAllBytes(file));
        Assert.Equal([file], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_database_of_events_is_written_to_while_others_read()
    {
        var file = Path.Combine(_folder, "events.db");
        using (var other = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={file};Pooling=False"))
        {
            other.Open();
            Execute(other, "CREATE TABLE hook_events (session_id TEXT, event_type TEXT, tool_name TEXT, timestamp TEXT, payload TEXT)");
        }

        Assert.True(PatternDatabase.Open(file).Index.Create().Created);

        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var mode = connection.CreateCommand();
        mode.CommandText = "PRAGMA journal_mode";
        Assert.Equal("wal", mode.ExecuteScalar());
    }

    private static void Execute(Microsoft.Data.Sqlite.SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static async Task AssertRefused(string path)
    {
        var database = PatternDatabase.Open(path);
        var work = Task.Run(() =>
            Assert.Throws<PatternAnalysisException>(() =>
                database.Approvals.Find(new PatternAnalysis.Approvals.ApprovalQuery { First = 1 })
            )
        );

        Assert.Same(work, await Task.WhenAny(work, Task.Delay(TimeSpan.FromSeconds(60))));
        await work;
    }
}
