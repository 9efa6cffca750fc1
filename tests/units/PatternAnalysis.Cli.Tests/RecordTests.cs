using System.Net;
using System.Net.Sockets;
using Dapper;
using Microsoft.Data.Sqlite;
using PatternAnalysis.Cli.Tests.Support;

namespace PatternAnalysis.Cli.Tests;

/// <summary>The recorder stores what it is given, and whatever happens the agent goes on and nothing is lost.</summary>
public sealed class RecordTests : IDisposable
{
    private readonly CommandLine _program = new();

    private string Database => Path.Combine(_program.Folder, "events.db");

    public void Dispose() => _program.Dispose();

    [Fact]
    public void An_event_is_stored_with_its_time_and_its_calls_id()
    {
        var before = DateTime.UtcNow.AddSeconds(-1);

        RecordAndStore(1);

        var row = Query("SELECT event_type, session_id, tool_name, timestamp, payload FROM hook_events").Single();
        Assert.Equal(("PreToolUse", "session", "Bash"), ((string)row.event_type, (string)row.session_id, (string)row.tool_name));
        Assert.InRange(DateTime.Parse((string)row.timestamp), before, DateTime.UtcNow.AddSeconds(1));
        Assert.Contains("\"tool_use_id\":\"toolu_000000000001\"", (string)row.payload);
        Assert.Contains("git status", (string)row.payload);
    }

    [Fact]
    public void Dozens_of_recorders_at_once_lose_nothing()
    {
        RecordAndStore(0);

        Parallel.For(1, 49, new ParallelOptions { MaxDegreeOfParallelism = 24 }, number => Record(number));
        _program.Run("import", Path.Combine(_program.Folder), "--database", Database);

        Assert.Equal(49L, Query("SELECT count(*) AS n FROM hook_events").Single().n);
        Assert.Equal("ok", Query("PRAGMA integrity_check").Single().integrity_check);
    }

    [Fact]
    public void While_somebody_holds_the_database_events_wait_beside_it_and_the_next_analysis_stores_them()
    {
        RecordAndStore(0);
        using (var holder = Open())
        {
            holder.Execute("BEGIN EXCLUSIVE");
            var (exitCode, output, error) = Record(1);

            Assert.Equal((0, ""), (exitCode, output));
            Assert.Contains("waits in", error);
            holder.Execute("ROLLBACK");
        }

        Assert.Single(Directory.GetFiles(Database + ".spool", "*.json"));
        Assert.Equal(0, _program.Run("analyze", "--database", Database).ExitCode);

        Assert.Equal(2L, Query("SELECT count(*) AS n FROM hook_events").Single().n);
        Assert.Empty(Directory.GetFiles(Database + ".spool", "*.json"));
    }

    [Fact]
    public void A_locked_file_with_a_rollback_journal_is_not_waited_for_longer_than_the_agent_can_wait()
    {
        using var holder = Open();
        holder.Execute("PRAGMA journal_mode = DELETE; CREATE TABLE t (x); BEGIN EXCLUSIVE");

        var (exitCode, output, error) = Record(1);

        Assert.Equal((0, ""), (exitCode, output));
        Assert.Contains("waits in", error);
        holder.Execute("ROLLBACK");
        _program.Run("import", Path.Combine(_program.Folder, "events.db"), "--database", Database);
        Assert.Equal(1L, Query("SELECT count(*) AS n FROM hook_events").Single().n);
    }

    [Fact]
    public void A_server_that_accepts_and_says_nothing_is_given_up_and_the_event_waits_in_the_users_data()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        _program.Variables["XDG_DATA_HOME"] = _program.Folder;
        var address = $"postgres://me@127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/events";

        var (exitCode, output, error) = _program.RunWithInput(Event(1), "record", "--database", address);

        Assert.Equal((0, ""), (exitCode, output));
        Assert.Contains("did not take the event within 1 s. The event waits in", error);
        Assert.Single(Directory.GetFiles(Path.Combine(_program.Folder, "PatternAnalysis"), "*.json", SearchOption.AllDirectories));
    }

    [Fact]
    public void An_analysis_goes_on_beside_events_that_can_not_be_stored_and_says_so_once()
    {
        _program.SampleDatabase();
        using (var connection = Open())
            connection.Execute("ALTER TABLE hook_events RENAME TO t; CREATE VIEW hook_events AS SELECT * FROM t");
        Record(1);
        Record(2);

        var (exitCode, output, error) = _program.Run("analyze", "--database", Database, "--hours", "1000000");

        Assert.Equal(0, exitCode);
        Assert.NotEmpty(output);
        Assert.Single(error.Split('\n'), line => line.StartsWith("note: 2 recorded events wait on in ", StringComparison.Ordinal));
        Assert.Equal(2, Directory.GetFiles(Database + ".spool", "*.json").Length);
    }

    [Fact]
    public void A_dry_run_leaves_waiting_events_alone()
    {
        RecordAndStore(0);
        Directory.CreateDirectory(Database + ".spool");
        File.WriteAllText(Path.Combine(Database + ".spool", "1.json"), "{}");
        var waiting = Directory.GetFiles(Database + ".spool");

        _program.Run("analyze", "--database", Database, "--dry-run");

        Assert.Equal(waiting, Directory.GetFiles(Database + ".spool"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json, api_key=abcdefghijklmnop1234")]
    [InlineData("{\"session_id\":\"s\"")]
    [InlineData("{\"session_id\":\"s\",\"hook_event_name\":\"PreToolUse\"}")]
    [InlineData("[1,2,3]")]
    public void Input_that_is_no_event_is_kept_and_the_agent_goes_on(string input)
    {
        var (exitCode, output, error) = _program.RunWithInput(input, "record", "--database", Database);

        Assert.Equal((0, ""), (exitCode, output));
        Assert.Matches(@"Not stored: [^.]+\. The event waits in", error);
        var kept = Assert.Single(Directory.GetFiles(Database + ".spool", "*.rejected"));
        Assert.DoesNotContain("abcdefghijklmnop1234", File.ReadAllText(kept));
    }

    [Fact]
    public void Wrong_arguments_and_missing_folders_never_stop_the_agent()
    {
        string[][] calls =
        [
            ["record"],
            ["record", "--database"],
            ["record", "--nonsense", "1"],
            ["record", "--payload-mode", "Everything"],
            ["record", "--database", Path.Combine(_program.Folder, "missing", "events.db")],
            ["record", "--database", _program.Folder],
        ];
        Assert.All(
            calls,
            call =>
            {
                var (exitCode, output, error) = _program.RunWithInput(Event(1), call);
                Assert.Equal((0, ""), (exitCode, output));
                Assert.StartsWith("pattern-analysis record: ", error);
            }
        );
    }

    [Fact]
    public void Its_help_is_the_programs_help() => Assert.Contains("--payload-mode", _program.Run("record", "--help").Output);

    private (int ExitCode, string Output, string Error) Record(int number) =>
        _program.RunWithInput(Event(number), "record", "--database", Database);

    // On a busy machine storing takes longer than the second that an agent can wait; then the event waits for the next import.
    private void RecordAndStore(int number)
    {
        var (exitCode, output, error) = Record(number);
        Assert.Equal((0, ""), (exitCode, output));
        if (error.Contains("waits in", StringComparison.Ordinal))
            _program.Run("import", _program.Folder, "--database", Database);
        else
            Assert.Empty(error);
    }

    private static string Event(int number) =>
        """{"session_id":"session","cwd":"/repo","hook_event_name":"PreToolUse","tool_name":"Bash","""
        + $$$""" "tool_input":{"command":"git status"},"tool_use_id":"toolu_{{{number:D12}}}"}""";

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        return connection;
    }

    private List<dynamic> Query(string sql)
    {
        using var connection = Open();
        return connection.Query(sql).ToList();
    }
}
