using System.Data.Common;
using Dapper;
using PatternAnalysis.Approvals;
using PatternAnalysis.Danger;
using PatternAnalysis.Masking;
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
                foreach (var change in Plan(connection, transaction, run, cancellationToken))
                {
                    saved.Add(new SavedPattern(change.Row.With(change.Evidence), change.Kind));
                    if (change.Kind != PatternChangeKind.Unchanged || change.Evidence.RunId is null)
                        EvidenceTable.Write(database, connection, transaction, change, runId);
                    if (change is { Steps: { } steps, Row.Worth: { } worth })
                        WorthTable.Write(connection, transaction, change.Row.PatternId, worth, steps);
                    if (change.Kind == PatternChangeKind.Unchanged)
                        continue;
                    if (change.Kind == PatternChangeKind.New)
                        table.Insert(connection, transaction, change.Row, now);
                    else
                        table.Update(connection, transaction, change.Row, change.PreviousStatus ?? change.Row.Status, now);
                    if (
                        PatternStatus.IsWaiting(change.Row.Status)
                        && (change.Kind == PatternChangeKind.New || change.PreviousStatus is not null)
                    )
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

                var result = Result(run, saved) with { RunId = runId };
                RunTable.Complete(connection, transaction, runId, result);
                return result;
            },
            cancellationToken
        );

    public SaveResult Preview(CompletedRun run, CancellationToken cancellationToken) =>
        database.Read(
            "comparing with the stored patterns",
            connection =>
                Result(
                    run,
                    [
                        .. Plan(connection, null, run, cancellationToken)
                            .Select(change => new SavedPattern(change.Row.With(change.Evidence), change.Kind)),
                    ]
                )
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
                return EvidenceTable.AddTo(
                    database,
                    connection,
                    table.Select(
                        connection,
                        null,
                        tail,
                        new
                        {
                            query.Status,
                            query.PatternId,
                            query.Skip,
                            limit,
                        }
                    )
                );
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

    public PatternApproval Decide(ReviewDecision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        decision.Validate();
        return database.Write(
            $"recording the decision on pattern {decision.PatternId}",
            (connection, transaction) =>
            {
                var table = new ApprovalTable(database, connection, transaction).Require();
                var row = Require(table, connection, transaction, decision.PatternId);
                decision.RequireCurrent(row);
                var now = DateTimeOffset.UtcNow;
                var decided = row with
                {
                    Status = decision.Status,
                    ReviewedBy = decision.Reviewer,
                    ReviewedAt = now,
                    ApprovalNotes = decision.Notes,
                    UpdatedAt = now,
                };
                table.Decide(connection, transaction, decided, row.Status, now);
                ReviewHistoryTable.Insert(connection, transaction, row.PatternId, decision.Status, decision.Reviewer, decision.Notes, now);
                if (ReviewBaseline.Of(ReadStored(connection, transaction, row)) is { } baseline)
                    BaselineTable.Write(connection, transaction, row.PatternId, baseline);
                return decided.With(ReadStored(connection, transaction, decided).Evidence);
            }
        );
    }

    public PatternApproval Reset(string patternId, string reviewer, string? notes)
    {
        if (string.IsNullOrWhiteSpace(reviewer))
            throw new PatternAnalysisException(ErrorCatalogue.ReviewerMissing, "Taking a decision back needs the name of who does it.");
        return database.Write(
            $"taking back the decision on pattern {patternId}",
            (connection, transaction) =>
            {
                var table = new ApprovalTable(database, connection, transaction).Require();
                var row = Require(table, connection, transaction, patternId);
                if (!PatternStatus.IsHuman(row.Status))
                    return row;
                var stored = ReadStored(connection, transaction, row);
                var now = DateTimeOffset.UtcNow;
                var reset = row with
                {
                    Status = stored.PolicyStatus,
                    ReviewedBy = null,
                    ReviewedAt = null,
                    ApprovalNotes = null,
                    UpdatedAt = now,
                };
                var note =
                    $"reset from {row.Status} to {reset.Status}{(string.IsNullOrWhiteSpace(notes) ? "" : $": {SecretMasker.Mask(notes)}")}";
                table.Decide(connection, transaction, reset, row.Status, now);
                ReviewHistoryTable.Insert(connection, transaction, row.PatternId, "commented", reviewer, note, now);
                BaselineTable.Delete(connection, transaction, row.PatternId);
                return reset;
            }
        );
    }

    public PatternDetails Describe(string patternId) =>
        database.Read(
            $"reading pattern {patternId}",
            connection =>
            {
                var row = Require(new ApprovalTable(database, connection, null).Require(), connection, null, patternId);
                var stored = ReadStored(connection, null, row);
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

    public IReadOnlyDictionary<string, DangerVerdict> FindDanger() =>
        database.Read(
            "reading the verdicts on patterns",
            connection => EvidenceTable.ReadDanger(connection, database.ColumnsOf(connection, EvidenceTable.Name))
        );

    public IReadOnlyList<ReviewHistoryEntry> History(string? patternId = null, int? first = null) =>
        database.Read("reading the history of decisions", connection => ReadHistory(connection, patternId, first));

    // In batches: one question for each pattern would be thousands, and the sightings of all together more memory than the events.
    private IEnumerable<PatternChange> Plan(
        DbConnection connection,
        DbTransaction? transaction,
        CompletedRun run,
        CancellationToken cancellationToken
    )
    {
        var table = new ApprovalTable(database, connection, transaction);
        var rows = table.Exists
            ? table.Require().Select(connection, transaction, "", null).DistinctBy(row => row.PatternId).ToDictionary(row => row.PatternId)
            : [];
        var reader = new StoredPatternReader(database, connection, transaction);
        var chosen = SavePlanner.Choose(run.Patterns, rows, run.CoincidenceLimit);
        if (chosen.Count > 0)
            chosen[0].Run.Prepare(chosen, cancellationToken);
        foreach (var batch in chosen.Chunk(BatchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var stored = reader.Read([.. batch.Select(pattern => rows.GetValueOrDefault(pattern.PatternId)).OfType<PatternApproval>()]);
            foreach (var pattern in batch)
                yield return SavePlanner.Plan(pattern, stored.GetValueOrDefault(pattern.PatternId), run.Horizon);
        }
    }

    private PatternApproval Require(ApprovalTable table, DbConnection connection, DbTransaction? transaction, string patternId) =>
        table.Select(connection, transaction, "WHERE pattern_id = @patternId", new { patternId }).FirstOrDefault()
        ?? throw new PatternAnalysisException(
            ErrorCatalogue.PatternNotFound,
            $"There is no pattern '{patternId}' in '{database.Name}'. Get-PatternApproval, or 'pattern-analysis review --list', shows the ids."
        );

    private StoredPattern ReadStored(DbConnection connection, DbTransaction? transaction, PatternApproval row) =>
        new StoredPatternReader(database, connection, transaction).Read([row])[row.PatternId];

    private IReadOnlyList<ReviewHistoryEntry> ReadHistory(DbConnection connection, string? patternId, int? first) =>
        HasTable(connection, null, ReviewHistoryTable.Name) ? ReviewHistoryTable.Select(connection, patternId, first) : [];

    private bool HasTable(DbConnection connection, DbTransaction? transaction, string table) =>
        database.ColumnsOf(connection, table, transaction).Count > 0;

    private static SaveResult Result(CompletedRun run, List<SavedPattern> saved) => new(null, saved, run.Patterns.Count - saved.Count);
}
