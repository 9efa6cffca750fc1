using System.Net;
using System.Net.Sockets;
using Dapper;
using Microsoft.Data.Sqlite;
using PatternAnalysis.Cli.Tests.Support;
using PatternAnalysis.Storage.Recording;

namespace PatternAnalysis.Cli.Tests;

/// <summary>
/// A disk without room, a machine without memory, a server without answers: each ends clearly, and nothing is lost in silence.
/// A limit on the size of files stands in for a full disk.
/// </summary>
public sealed class FaultTests : IDisposable
{
    private const string NoRoom = "trap '' XFSZ; ulimit -f";

    private readonly CommandLine _program = new();

    public FaultTests() => _program.Variables["DOTNET_EnableWriteXorExecute"] = "0"; // the runtime makes large files for it

    private string Database => Path.Combine(_program.Folder, "events.db");

    public void Dispose()
    {
        foreach (var place in new SpoolFolder(Database).Places.Where(Directory.Exists))
            Directory.Delete(place, recursive: true);
        _program.Dispose();
    }

    [UnixFact]
    public void Where_the_disk_is_full_a_save_ends_with_one_error_and_with_room_again_all_is_as_if_nothing_had_been()
    {
        _program.SampleDatabase();
        var undisturbed = Path.Combine(_program.Folder, "undisturbed.db");
        File.Copy(Database, undisturbed);
        Assert.Equal(0, _program.Run("analyze", "-d", undisturbed, "--since", "2026-03-02").ExitCode);

        // What is written fills the log beside the database first, and then the database itself.
        foreach (var blocks in new[] { 0L, 40, (new FileInfo(Database).Length / 512) + 1 })
        {
            _program.Limits = $"{NoRoom} {blocks}";
            var (exitCode, output, error) = _program.Run("analyze", "-d", Database, "--since", "2026-03-02");
            Assert.Equal((1, ""), (exitCode, output));
            Assert.StartsWith("error ", error, StringComparison.Ordinal);
            Assert.Single(error.Split('\n'), line => line.StartsWith("error ", StringComparison.Ordinal));
            Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        }

        _program.Limits = null;
        Assert.Equal(0, _program.Run("analyze", "-d", Database, "--since", "2026-03-02").ExitCode);
        Assert.Equal(Approvals(undisturbed), Approvals(Database));
    }

    [UnixFact]
    public void An_event_that_no_place_has_room_for_is_told_of_at_once_and_counted_once_by_the_next_analysis()
    {
        _program.SampleDatabase();
        _program.Variables["XDG_DATA_HOME"] = Path.Combine(_program.Folder, "home");
        _program.Limits = $"{NoRoom} 0";

        var (exitCode, output, error) = _program.RunWithInput(Event, "record", "-d", Database);

        Assert.Equal((0, ""), (exitCode, output));
        Assert.Contains("The event is lost", error, StringComparison.Ordinal);
        _program.Limits = null;
        // An agent waits for no hook longer than a minute; what is younger may still be written.
        foreach (var draft in Directory.GetFiles(_program.Folder, "*.tmp", SearchOption.AllDirectories))
            File.SetLastWriteTimeUtc(draft, DateTime.UtcNow.AddMinutes(-2));
        var next = _program.Run("analyze", "-d", Database, "--since", "2026-03-02");
        Assert.Equal(0, next.ExitCode);
        Assert.Contains("1 events were lost as they came", next.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("lost", _program.Run("analyze", "-d", Database, "--since", "2026-03-02").Error, StringComparison.Ordinal);
    }

    [UnixFact]
    public void Without_a_folder_for_the_database_and_without_a_home_an_event_waits_where_everybody_may_write()
    {
        _program.Variables["HOME"] = "/proc/none";
        _program.Variables["XDG_DATA_HOME"] = null;
        var database = Path.Combine(_program.Folder, "later", "events.db");

        var (exitCode, output, error) = _program.RunWithInput(Event, "record", "-d", database);

        Assert.Equal((0, ""), (exitCode, output));
        Assert.Contains("The event waits in", error, StringComparison.Ordinal);
        var place = Path.GetDirectoryName(error.Split('\'')[^2])!;
        try
        {
            Assert.DoesNotContain(_program.Folder, place, StringComparison.Ordinal);
            Directory.CreateDirectory(Path.GetDirectoryName(database)!);
            File.Copy(_program.SampleDatabase(), database);
            Assert.Equal(0, _program.Run("analyze", "-d", database, "--hours", "1").ExitCode);
            using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
            Assert.Equal(1, connection.ExecuteScalar<int>("SELECT count(*) FROM hook_events WHERE session_id = 'left'"));
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    [Fact]
    public void Where_memory_is_short_an_analysis_says_so_and_what_to_ask_for_instead()
    {
        using (var connection = new SqliteConnection($"Data Source={Database};Pooling=False"))
        {
            connection.Execute("CREATE TABLE hook_events (session_id TEXT, event_type TEXT, tool_name TEXT, timestamp TEXT)");
            connection.Execute(
                "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 600000) "
                    + "INSERT INTO hook_events SELECT 's' || i / 300, 'tool_use', 't' || (i * i + i / 7) % 23, "
                    + "datetime('2026-03-02', '+' || i || ' seconds') FROM n"
            );
        }

        _program.Variables["DOTNET_GCHeapHardLimit"] = "0x1400000";
        var (exitCode, output, error) = _program.Run("analyze", "-d", Database, "--since", "2026-03-01", "--activity", "Tool", "--dry-run");

        Assert.Equal((1, ""), (exitCode, output));
        Assert.StartsWith("error OutOfMemory: ", error, StringComparison.Ordinal);
        Assert.Contains("Ask for a shorter time", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("analyze")]
    [InlineData("cost")]
    [InlineData("status")]
    [InlineData("review", "--list")]
    [InlineData("import", ".")]
    public void A_server_that_accepts_and_says_nothing_is_given_up_within_the_stated_time(params string[] command)
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var address = $"Host=127.0.0.1;Port={((IPEndPoint)silent.LocalEndpoint).Port};Database=events;Username=me;Timeout=2";

        var (exitCode, output, error) = _program.Run([.. command, "-d", address]);

        Assert.Equal((1, ""), (exitCode, output));
        Assert.StartsWith("error ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private static string Event =>
        """{"session_id":"left","hook_event_name":"PreToolUse","tool_name":"Read","tool_input":{"file_path":"a.cs"}}""";

    private static List<string> Approvals(string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        return
        [
            .. connection.Query<string>(
                "SELECT pattern_id || status || occurrence_count || pattern_context FROM pattern_approvals ORDER BY pattern_id"
            ),
        ];
    }
}
