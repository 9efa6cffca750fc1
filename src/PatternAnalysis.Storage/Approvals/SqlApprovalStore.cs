using System.Data.Common;
using Dapper;
using PatternAnalysis.Approvals;
using PatternAnalysis.Storage.Events;
using PatternAnalysis.Storage.Notification;

namespace PatternAnalysis.Storage.Approvals;

/// <summary>
/// Patterns and decisions in the tables of a SQL database. What is saved is decided by <see cref="SavePlanner"/>; here it is read and
/// written.
/// </summary>
internal sealed class SqlApprovalStore(ISqlDatabase database) : IPatternApprovalStore
{
    private const int BatchSize = 200;

    public SaveResult Save(CompletedRun run, CancellationToken cancellationToken) =>
        database.Write(
            "saving patterns",
            (connection, transaction) =>
            {
                var table = new ApprovalTable(database, connection, transaction);
                var now = DateTimeOffset.UtcNow;
                var runId = RunTable.Start(connection, transaction, run);
                var saved = new List<SavedPattern>();
                var choice = Choose(connection, transaction, run);
                foreach (var change in Plan(connection, transaction, run, choice, cancellationToken))
                {
                    saved.Add(new SavedPattern(change.Row.With(change.Evidence), change.Kind));
                    Write(table, connection, transaction, change, runId, now);
                }

                CoveredTable.Write(connection, transaction, choice.Choice.Covered, run.Horizon.IsRegular);
                var ended = PlanEnded(connection, transaction, run, cancellationToken).ToArray();
                foreach (var change in ended)
                    Write(table, connection, transaction, change, runId, now);

                var result = Result(run, saved, choice, ended) with { RunId = runId };
                RunTable.Complete(connection, transaction, runId, result);
                return result;
            },
            cancellationToken
        );

    public SaveResult Preview(CompletedRun run, CancellationToken cancellationToken) =>
        database.Read(
            "comparing with the stored patterns",
            connection =>
            {
                var choice = Choose(connection, null, run);
                var changes = Plan(connection, null, run, choice, cancellationToken);
                return Result(
                    run,
                    [.. changes.Select(change => new SavedPattern(change.Row.With(change.Evidence), change.Kind))],
                    choice,
                    PlanEnded(connection, null, run, cancellationToken)
                );
            }
        );

    public void SaveFailure(DateTimeOffset startedAt, TimeWindow window, string message, string? options = null)
    {
        // A database that was named by mistake is left as it is.
        if (
            !database.Read(
                "looking for its tables",
                connection => HasTable(connection, null, HookEventInsert.Table) || HasTable(connection, null, RunTable.Name)
            )
        )
            return;

        database.Write(
            "recording a failed run",
            (connection, transaction) =>
            {
                RunTable.InsertFailure(connection, transaction, startedAt, window, message, options);
                return true;
            }
        );
    }

    public IReadOnlyList<PatternApproval> Find(ApprovalQuery query) =>
        database.Read(
            "reading patterns",
            connection =>
            {
                var table = new ApprovalTable(database, connection, null).Require();
                query = query with { Status = [.. query.Status.Select(PatternStatus.Parse)] };
                var tail = $"{table.Where(query)} {table.Order(query.SortBy)} LIMIT @limit OFFSET @Skip";
                var limit = query.First ?? long.MaxValue;
                var rows = EvidenceTable.AddTo(
                    database,
                    connection,
                    null,
                    table.Select(
                        connection,
                        null,
                        tail,
                        new
                        {
                            query.Status,
                            query.PatternId,
                            query.PartOf,
                            query.Skip,
                            limit,
                        }
                    )
                );
                return CoveredTable.AddTo(database, connection, rows);
            }
        );

    public IReadOnlyList<PatternStatistic> CountByStatus() =>
        database.Read(
            "counting patterns",
            connection =>
            {
                var rows = new ApprovalTable(database, connection, null)
                    .Require()
                    .Select(connection, null, "", null)
                    .ToLookup(row => row.Status);
                return PatternStatus
                    .All.Union(rows.Select(group => group.Key))
                    .Select(status => new PatternStatistic(
                        status,
                        rows[status].Count(),
                        rows[status].Sum(row => row.OccurrenceCount),
                        rows[status].Sum(row => row.EstimatedSavings)
                    ))
                    .ToArray();
            }
        );

    public FoldedPattern Decide(ReviewDecision decision) => new SqlDecisions(database).Decide(decision);

    public FoldedPattern Reset(string patternId, string reviewer, string? notes) =>
        new SqlDecisions(database).Reset(patternId, reviewer, notes);

    public PatternDetails Describe(string patternId) =>
        database.Read(
            $"reading pattern {patternId}",
            connection =>
            {
                var row = new ApprovalTable(database, connection, null).Require().Find(connection, null, patternId);
                row = CoveredTable.AddTo(database, connection, [row])[0];
                var stored = new StoredPatternReader(database, connection, null).Read(row);
                var days = stored
                    .Sightings.Values.Where(sighting => sighting.ObservedFrom > 0)
                    .GroupBy(sighting => DateOnly.FromDateTime(new DateTime(sighting.ObservedFrom)))
                    .OrderBy(day => day.Key)
                    .Select(day => new DayCount(day.Key, day.Count(), day.Sum(sighting => sighting.OccurrenceCount)));
                return new PatternDetails(row.With(stored.Evidence), stored.Evidence, [.. days], ReadHistory(connection, patternId, null))
                {
                    Steps = row.Worth is null ? [] : WorthTable.ReadSteps(connection, patternId),
                    Sessions = [.. stored.Sightings.Keys],
                };
            }
        );

    public IReadOnlyList<ReviewHistoryEntry> History(string? patternId = null, int? first = null) =>
        database.Read("reading the history of decisions", connection => ReadHistory(connection, patternId, first));

    private void Write(
        ApprovalTable table,
        DbConnection connection,
        DbTransaction transaction,
        PatternChange change,
        long runId,
        DateTimeOffset now
    )
    {
        if (change.Kind != PatternChangeKind.Unchanged || change.Evidence.RunId is null)
            EvidenceTable.Write(database, connection, transaction, change, runId);
        if (change is { Worth.Steps: var steps, Row.Worth: { } worth })
            WorthTable.Write(connection, transaction, change.Row.PatternId, worth, steps);
        if (change.Kind == PatternChangeKind.Unchanged)
            return;
        if (change.Kind == PatternChangeKind.New)
            table.Insert(connection, transaction, change.Row, now);
        else
            table.Update(connection, transaction, change.Row, change.PreviousStatus ?? change.Row.Status, now);
        if (PatternStatus.IsWaiting(change.Row.Status) && (change.Kind == PatternChangeKind.New || change.PreviousStatus is not null))
            OutboxTable.AddChange(connection, transaction, change.Row.PatternId, now);
        if (change.Flag is { } flag)
            ReviewHistoryTable.Insert(
                connection,
                transaction,
                change.Row.PatternId,
                ReviewHistoryEntry.Flagged,
                ReviewHistoryTable.Policy,
                flag,
                now
            );
        if (change.Baseline is { } baseline)
            BaselineTable.Write(connection, transaction, change.Row.PatternId, baseline);
        if (change.PreviousStatus is { } before)
        {
            ReviewHistoryTable.Insert(
                connection,
                transaction,
                change.Row.PatternId,
                ReviewHistoryEntry.Flagged,
                ReviewHistoryTable.Policy,
                $"{before} → {change.Row.Status}. {change.Row.PatternContext}",
                now
            );
        }
    }

    private RowsAndChoice Choose(DbConnection connection, DbTransaction? transaction, CompletedRun run)
    {
        var table = new ApprovalTable(database, connection, transaction);
        var rows = table.Exists
            ? table.Require().Select(connection, transaction, "", null).DistinctBy(row => row.PatternId).ToDictionary(row => row.PatternId)
            : [];
        string[] decided = [.. rows.Values.Where(row => PatternStatus.IsHuman(row.Status)).Select(row => row.PatternId)];
        var columns = decided.Length == 0 ? new HashSet<string>() : database.ColumnsOf(connection, EvidenceTable.Name, transaction);
        var evidence = columns.Count == 0 ? [] : EvidenceTable.ReadEvidence(database, connection, transaction, columns, decided);
        return new RowsAndChoice(rows, SaveChoice.Of(run.Patterns, rows, evidence, run.CoincidenceLimit));
    }

    // In batches: one question for each pattern would be thousands, and the sightings of all together more memory than the events.
    private IEnumerable<PatternChange> Plan(
        DbConnection connection,
        DbTransaction? transaction,
        CompletedRun run,
        RowsAndChoice chosen,
        CancellationToken cancellationToken
    )
    {
        var (rows, (stored, _)) = chosen;
        var reader = new StoredPatternReader(database, connection, transaction);
        if (stored.Count > 0)
            stored[0].Run.Prepare(stored, cancellationToken);
        foreach (var batch in stored.Chunk(BatchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var known = reader.Read([.. batch.Select(pattern => rows.GetValueOrDefault(pattern.PatternId)).OfType<PatternApproval>()]);
            foreach (var pattern in batch)
                yield return SavePlanner.Plan(pattern, known.GetValueOrDefault(pattern.PatternId), run.Horizon);
        }
    }

    // Patterns that the run does not find are looked at until their evidence has ended, and never again until a run finds them.
    private IEnumerable<PatternChange> PlanEnded(
        DbConnection connection,
        DbTransaction? transaction,
        CompletedRun run,
        CancellationToken cancellationToken
    )
    {
        if (!run.Horizon.IsRegular || run.MeasuredIds() is not { } measured)
            yield break;

        var table = new ApprovalTable(database, connection, transaction);
        if (!table.Exists)
            yield break;

        var reader = new StoredPatternReader(database, connection, transaction);
        foreach (
            var batch in EvidenceTable.ReadLasting(database, connection, transaction).Where(id => !measured.Contains(id)).Chunk(BatchSize)
        )
        {
            cancellationToken.ThrowIfCancellationRequested();
            var query = new ApprovalQuery { PatternId = batch };
            var rows = table.Select(connection, transaction, table.Where(query), new { query.PatternId }).DistinctBy(row => row.PatternId);
            foreach (var stored in reader.Read([.. rows]).Values)
            {
                if (EvidenceEnd.Plan(stored, run.Horizon) is { } change)
                    yield return change;
            }
        }
    }

    private IReadOnlyList<ReviewHistoryEntry> ReadHistory(DbConnection connection, string? patternId, int? first) =>
        HasTable(connection, null, ReviewHistoryTable.Name) ? ReviewHistoryTable.Select(connection, patternId, first) : [];

    private bool HasTable(DbConnection connection, DbTransaction? transaction, string table) =>
        database.ColumnsOf(connection, table, transaction).Count > 0;

    private static SaveResult Result(CompletedRun run, List<SavedPattern> saved, RowsAndChoice chosen, IEnumerable<PatternChange> ended) =>
        new(null, saved, run.Patterns.Count - saved.Count)
        {
            Covered = chosen.Choice.Covered,
            Ended = [.. ended.Select(change => change.Row.With(change.Evidence))],
        };

    private sealed record RowsAndChoice(IReadOnlyDictionary<string, PatternApproval> Rows, SaveChoice Choice);
}
