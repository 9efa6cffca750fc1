using System.Data.Common;
using Dapper;
using PatternAnalysis.Approvals;

namespace PatternAnalysis.Storage.Approvals;

/// <summary>Runs and sightings, read from the tables that saving fills.</summary>
internal sealed class SqlRunHistory(ISqlDatabase database) : IRunHistory
{
    private const string LastRuns = "WHERE outcome = 'completed' ORDER BY id DESC LIMIT @count";

    private const string RunOfPattern = "WHERE id = (SELECT run_id FROM pattern_evidence WHERE pattern_id = @patternId)";

    private static readonly string[] s_columns =
    [
        "id",
        "started_at",
        "window_since",
        "window_until",
        "options",
        "sessions",
        "events",
        "patterns_found",
        "auto_approved",
        "pending",
        "auto_rejected",
        "total_savings_usd",
    ];

    // A session whose looked-at part overlaps the window; one without times is in every window.
    private const string SeenCondition = """
        WHERE pattern_id IN (
            SELECT pattern_id FROM pattern_sightings WHERE observed_from IS NULL OR (observed_from < @until AND observed_to >= @since))
        """;

    public IReadOnlyList<PastRun> Last(int count) =>
        database.Read(
            "reading the runs",
            connection =>
            {
                var runs = Select(connection, LastRuns, new { count });
                runs.Reverse();
                return runs;
            }
        );

    public PastRun? FindRunOf(string patternId) =>
        database.Read(
            "reading the run of a pattern",
            connection =>
                database.ColumnsOf(connection, EvidenceTable.Name).Contains("run_id")
                    ? Select(connection, RunOfPattern, new { patternId }).SingleOrDefault()
                    : null
        );

    public IReadOnlyList<PatternApproval> SeenIn(TimeWindow window) =>
        database.Read(
            "reading what a run saw",
            connection =>
            {
                var table = new ApprovalTable(database, connection, null);
                if (!table.Exists || database.ColumnsOf(connection, "pattern_sightings").Count == 0)
                    return [];

                return (IReadOnlyList<PatternApproval>)
                    [
                        .. table
                            .Require()
                            .Select(
                                connection,
                                null,
                                $"{SeenCondition} {table.Order(ApprovalOrder.Worth)}",
                                new
                                {
                                    since = window.Since?.ToUnixTimeMilliseconds() ?? long.MinValue,
                                    until = window.Until?.ToUnixTimeMilliseconds() ?? long.MaxValue,
                                }
                            ),
                    ];
            }
        );

    // Who only reads meets tables that are not brought to the newest version.
    private List<PastRun> Select(DbConnection connection, string condition, object parameters)
    {
        var columns = database.ColumnsOf(connection, RunTable.Name);
        return columns.Count == 0
            ? []
            :
            [
                .. connection
                    .Query($"SELECT {string.Join(", ", s_columns.Where(columns.Contains))} FROM {RunTable.Name} {condition}", parameters)
                    .Select(row => ReadRun((IDictionary<string, object?>)row)),
            ];
    }

    private static PastRun ReadRun(IDictionary<string, object?> row)
    {
        var (since, until) = (StoredInstant.Parse(row["window_since"]), StoredInstant.Parse(row["window_until"]));
        return new PastRun
        {
            RunId = Convert.ToInt64(row["id"], null),
            StartedAt = StoredInstant.Parse(row["started_at"]) ?? DateTimeOffset.UnixEpoch,
            // Stored to the second, so a window shorter than that has lost its length.
            Window =
                since < until || since is null || until is null
                    ? new TimeWindow(since, until)
                    : new TimeWindow(since, since.Value.AddSeconds(1)),
            Options = row.TryGetValue("options", out var options) ? options as string : null,
            SessionCount = Convert.ToInt32(row["sessions"], null),
            EventCount = Convert.ToInt64(row["events"], null),
            PatternsFound = Convert.ToInt32(row["patterns_found"], null),
            AutoApproved = Convert.ToInt32(row["auto_approved"], null),
            Pending = Convert.ToInt32(row["pending"], null),
            AutoRejected = Convert.ToInt32(row["auto_rejected"], null),
            TotalSavings = decimal.Round((decimal)Convert.ToDouble(row["total_savings_usd"], null), 2),
        };
    }
}
