using Dapper;
using PatternAnalysis.Approvals;
using PatternAnalysis.Events;
using PatternAnalysis.Import;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests;

/// <summary>
/// Rows of our own tables that somebody else damaged: SQLite keeps any value in any column. What is asked of them ends with the right
/// result or with an error of the catalogue, never with one that nobody foresaw.
/// </summary>
public sealed class DamagedRowTests : IDisposable
{
    private static readonly string[] s_values = ["'garbage'", "x'00ff'", "NULL", "9e999", "9223372036854775807", "-1", "''"];

    private const string Reader = "1";

    private readonly SqliteEvents _events = new();

    public DamagedRowTests()
    {
        _events.AddOriginalFixture(times: 4);
        _events.Analyze();
        var time = new DateTime(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);
        _events.Database.UsageWriter.Write(
            [
                new MessageUsage
                {
                    SessionId = "s",
                    MessageId = "m",
                    Timestamp = time,
                },
            ],
            [new CallResult("s", "t", time, ["a1"])],
            CancellationToken.None
        );
        var contents = new ImportedContents(1, 0, ["s"], (time, time), [new SkippedInput("malformed", 1, ["a:1"])], "ClaudeHook");
        _events.Database.ImportMemory.Write(
            [new ImportedFile("/a", 1, time, Reader, contents, new ReadingPoint(1, 1, 1, 1, "ClaudeHook", ""))],
            CancellationToken.None
        );
        _events.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    public void Dispose() => _events.Dispose();

    public static TheoryData<string> Tables =>
        new(
            "pattern_approvals",
            "pattern_sightings",
            "pattern_evidence",
            "pattern_runs",
            "pattern_baselines",
            "pattern_worth",
            "pattern_review_history",
            "pattern_outbox",
            "pattern_messages",
            "pattern_call_results",
            "pattern_imported_files",
            "pattern_schema"
        );

    [Theory]
    [MemberData(nameof(Tables))]
    public void Any_value_in_any_column_is_an_error_of_the_catalogue_or_does_no_harm(string table)
    {
        using var connection = _events.Open();
        var columns = connection.Query<string>("SELECT name FROM pragma_table_info(@table)", new { table }).ToArray();
        var problems = new List<string>();
        connection.Execute(
            $"PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; CREATE TEMP TABLE kept AS SELECT * FROM {table}"
        );
        foreach (var column in columns)
        {
            foreach (var value in s_values)
            {
                if (!TryDamage(connection, table, column, value))
                    continue;
                foreach (var (name, use) in Uses())
                {
                    if (Record.Exception(use) is { } error and not PatternAnalysisException)
                        problems.Add($"{table}.{column} = {value}, {name}: {error.GetType().Name}: {error.Message}");
                }

                connection.Execute($"DELETE FROM {table}; INSERT INTO {table} SELECT * FROM kept");
            }
        }

        Assert.Empty(problems);
    }

    [Theory]
    [InlineData("pattern_messages", "observed_at", "9223372036854775000")]
    [InlineData("pattern_messages", "call_count", "9000000000000000000")]
    [InlineData("pattern_call_results", "tokens", "'garbage'")]
    [InlineData("pattern_imported_files", "skipped", "'[7]'")]
    [InlineData("pattern_imported_files", "next_format", "NULL")]
    [InlineData("pattern_imported_files", "path", "NULL")]
    public void The_error_names_the_column(string table, string column, string value)
    {
        _events.Execute($"UPDATE {table} SET {column} = {value}");

        var errors = Uses().Select(use => Record.Exception(use.Item2)).OfType<PatternAnalysisException>();

        Assert.Contains(errors, error => error.Message.Contains(column, StringComparison.Ordinal));
    }

    private static bool TryDamage(System.Data.Common.DbConnection connection, string table, string column, string value)
    {
        try
        {
            return connection.Execute($"UPDATE OR IGNORE {table} SET {column} = {value}") > 0;
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            return false; // its own rules refuse that
        }
    }

    private IEnumerable<(string, Action)> Uses()
    {
        var database = _events.Database;
        yield return ("list", () => database.Approvals.Find(new ApprovalQuery()));
        yield return ("count", () => database.Approvals.CountByStatus());
        yield return ("runs", () => database.Runs.Last(5));
        yield return ("messages", () => _ = database.Usage.ReadMessages(TimeWindow.Always).ToArray());
        yield return ("results", () => _ = database.Usage.ReadResults(TimeWindow.Always).ToArray());
        yield return ("imported files", () => database.ImportMemory.Read(Reader));
        yield return ("dry run", () => _events.Analyze(EventDatabase.LastDay(dryRun: true)));
    }
}
