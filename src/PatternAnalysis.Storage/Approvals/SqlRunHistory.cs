using System.Data.Common;
using Dapper;
using PatternAnalysis.Approvals;

namespace PatternAnalysis.Storage.Approvals;

/// <summary>Runs and sightings, read from the tables that saving fills.</summary>
internal sealed class SqlRunHistory(ISqlDatabase database) : IRunHistory
{
    private const string SelectRuns = """
        SELECT id, started_at, window_since, window_until, sessions, events, patterns_found, auto_approved, pending, auto_rejected, total_savings_usd
        FROM pattern_runs WHERE outcome = 'completed' ORDER BY id DESC LIMIT @count
        """;

    // A session whose looked-at part overlaps the window; one without times is in every window.
    private const string SeenCondition = """
        WHERE pattern_id IN (
            SELECT pattern_id FROM pattern_sightings WHERE observed_from IS NULL OR (observed_from < @until AND observed_to >= @since))
        """;

    public IReadOnlyList<PastRun> Last(int count) =>
        Read(
            "reading the runs",
            connection =>
            {
                if (database.ColumnsOf(connection, "pattern_runs").Count == 0)
                    return [];

                PastRun[] runs = [.. connection.Query(SelectRuns, new { count }).Select(row => ReadRun((IDictionary<string, object?>)row))];
                Array.Reverse(runs);
                return runs;
            }
        );

    public IReadOnlyList<PatternApproval> SeenIn(TimeWindow window) =>
        Read(
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
                                $"{SeenCondition} ORDER BY {table.Impact} DESC, pattern_id",
                                new
                                {
                                    since = window.Since?.ToUnixTimeMilliseconds() ?? long.MinValue,
                                    until = window.Until?.ToUnixTimeMilliseconds() ?? long.MaxValue,
                                }
                            ),
                    ];
            }
        );

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
            SessionCount = Convert.ToInt32(row["sessions"], null),
            EventCount = Convert.ToInt64(row["events"], null),
            PatternsFound = Convert.ToInt32(row["patterns_found"], null),
            AutoApproved = Convert.ToInt32(row["auto_approved"], null),
            Pending = Convert.ToInt32(row["pending"], null),
            AutoRejected = Convert.ToInt32(row["auto_rejected"], null),
            TotalSavings = decimal.Round((decimal)Convert.ToDouble(row["total_savings_usd"], null), 2),
        };
    }

    private T Read<T>(string doing, Func<DbConnection, T> read)
    {
        try
        {
            using var connection = database.OpenForReading();
            return read(connection);
        }
        catch (DbException error)
        {
            throw database.Translate(error, doing);
        }
    }
}
