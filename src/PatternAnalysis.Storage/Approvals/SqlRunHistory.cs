using System.Data.Common;
using Dapper;
using PatternAnalysis.Approvals;
using PatternAnalysis.Storage.Events;

namespace PatternAnalysis.Storage.Approvals;

/// <summary>Runs and sightings, read from the tables that saving fills.</summary>
internal sealed class SqlRunHistory(ISqlDatabase database) : IRunHistory
{
    // What came to its end as an analysis, in a table of before there were other kinds too.
    private const string LastRuns = "outcome = 'completed' ORDER BY id DESC LIMIT @count";

    private const string RunOfPattern = "WHERE id = (SELECT run_id FROM pattern_evidence WHERE pattern_id = @patternId)";

    private static readonly string[] s_analysis = [RunTable.NameOf(RunKind.Analysis)];

    private static readonly string[] s_columns =
    [
        "id",
        "kind",
        "outcome",
        "error",
        "started_at",
        "finished_at",
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
        "spent_turns",
        "spent_usd",
        "could_go_turns",
        "could_go_usd",
        "could_go_usd_low",
        "could_go_usd_high",
        "spent_by_class",
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
                var runs = Select(connection, columns => $"WHERE {OfKind(columns)}{LastRuns}", new { count, kinds = s_analysis });
                runs.Reverse();
                return runs;
            }
        );

    public IReadOnlyList<PastRun> Find(RunQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var kinds = (query.Kind ?? Enum.GetValues<RunKind>()).Select(RunTable.NameOf).ToArray();
        return database.Read(
            "reading the runs",
            connection =>
                Select(
                    connection,
                    columns =>
                        columns.Contains("kind") || kinds.Contains(s_analysis[0])
                            ? $"WHERE {OfKind(columns)}{(query.Outcome is null ? "1 = 1" : "outcome = @outcome")} "
                                + "ORDER BY id DESC LIMIT @First"
                            : "WHERE 1 = 0",
                    new
                    {
                        query.First,
                        kinds,
                        outcome = query.Outcome is { } outcome ? RunTable.NameOf(outcome) : null,
                    }
                )
        );
    }

    public void Record(FinishedRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        database.WriteBesideEvents("remembering a run", (connection, transaction) => RunTable.InsertFinished(connection, transaction, run));
    }

    public PastRun? FindRunOf(string patternId) =>
        database.Read(
            "reading the run of a pattern",
            connection =>
                database.ColumnsOf(connection, EvidenceTable.Name).Contains("run_id")
                    ? Select(connection, _ => RunOfPattern, new { patternId }).SingleOrDefault()
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
    private List<PastRun> Select(DbConnection connection, Func<IReadOnlySet<string>, string> condition, object parameters)
    {
        var columns = database.ColumnsOf(connection, RunTable.Name);
        return columns.Count == 0
            ? []
            :
            [
                .. connection
                    .Query(
                        $"SELECT {string.Join(", ", s_columns.Where(columns.Contains))} FROM {RunTable.Name} {condition(columns)}",
                        parameters
                    )
                    .Select(row => ReadRun((IDictionary<string, object?>)row)),
            ];
    }

    private string OfKind(IReadOnlySet<string> columns) => columns.Contains("kind") ? $"{database.IsAmong("kind", "@kinds")} AND " : "";

    private static PastRun ReadRun(IDictionary<string, object?> row)
    {
        var (since, until) = (StoredInstant.Parse(row["window_since"]), StoredInstant.Parse(row["window_until"]));
        return new PastRun
        {
            RunId = Convert.ToInt64(row["id"], null),
            Kind = Enum.TryParse<RunKind>(Text(row, "kind"), ignoreCase: true, out var kind) ? kind : RunKind.Analysis,
            Outcome = Text(row, "outcome") == RunTable.NameOf(RunOutcome.Failed) ? RunOutcome.Failed : RunOutcome.Completed,
            Error = Text(row, "error"),
            StartedAt = StoredInstant.Parse(row["started_at"]) ?? DateTimeOffset.UnixEpoch,
            FinishedAt = StoredInstant.Parse(row["finished_at"]) ?? DateTimeOffset.UnixEpoch,
            // Stored to the second, so a window shorter than that has lost its length. It must not seem to end later than it did: what
            // goes on from there would leave out what came in between.
            Window =
                since < until || since is null || until is null
                    ? new TimeWindow(since, until)
                    : new TimeWindow(since, since.Value.AddTicks(1)),
            Options = Text(row, "options"),
            SessionCount = Convert.ToInt32(row["sessions"], null),
            EventCount = Convert.ToInt64(row["events"], null),
            PatternsFound = Convert.ToInt32(row["patterns_found"], null),
            AutoApproved = Convert.ToInt32(row["auto_approved"], null),
            Pending = Convert.ToInt32(row["pending"], null),
            AutoRejected = Convert.ToInt32(row["auto_rejected"], null),
            TotalSavings = decimal.Round(Dollars(row["total_savings_usd"]), 2),
            Money = row.TryGetValue("spent_turns", out var turns) && turns is not null ? ReadMoney(row) : null,
            SpentByClass = RunTable.ReadClasses(Text(row, "spent_by_class")),
        };
    }

    private static RunMoney ReadMoney(IDictionary<string, object?> row) =>
        new(
            Convert.ToInt64(row["spent_turns"], null),
            Dollars(row["spent_usd"]),
            Convert.ToDouble(row["could_go_turns"], null),
            Dollars(row["could_go_usd"]),
            Dollars(row["could_go_usd_low"]),
            Dollars(row["could_go_usd_high"])
        );

    private static decimal Dollars(object? stored) => decimal.Round((decimal)Convert.ToDouble(stored, null), 6);

    private static string? Text(IDictionary<string, object?> row, string column) =>
        row.TryGetValue(column, out var value) ? value as string : null;
}
