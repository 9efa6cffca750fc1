using System.Data.Common;
using Dapper;
using PatternAnalysis.Approvals;
using PatternAnalysis.Storage.Notification;

namespace PatternAnalysis.Storage.Approvals;

/// <summary>Patterns and decisions in the tables of a SQL database. What is saved is decided by <see cref="SavePlanner"/>; here it is read and written.</summary>
internal sealed class SqlApprovalStore(ISqlDatabase database) : IPatternApprovalStore
{
    public SaveResult Save(RunRecord run, CancellationToken cancellationToken) =>
        Write("saving patterns", (connection, transaction) =>
        {
            var changes = Plan(connection, transaction, run, cancellationToken);
            var table = new ApprovalTable(database, connection, transaction);
            var now = DateTimeOffset.UtcNow;
            foreach (var change in changes.Where(change => change.Kind != PatternChangeKind.Unchanged))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (change.Kind == PatternChangeKind.New)
                    table.Insert(connection, transaction, change.Row, now);
                else
                    table.Update(connection, transaction, change.Row, change.PreviousStatus ?? change.Row.Status, now);
                EvidenceTable.Write(connection, transaction, change);
                if (change.Row.Status == PatternStatus.Pending && (change.Kind == PatternChangeKind.New || change.PreviousStatus is not null))
                    OutboxTable.AddChange(connection, transaction, change.Row.PatternId, now);
                if (change.PreviousStatus is { } before)
                {
                    ReviewHistoryTable.Insert(connection, transaction, change.Row.PatternId, ReviewHistoryTable.Flagged, ReviewHistoryTable.Policy,
                        $"{before} → {change.Row.Status}. {change.Row.PatternContext}", now);
                }
            }

            var result = Result(run, changes);
            return result with { RunId = RunTable.Insert(connection, transaction, run, result) };
        }, cancellationToken);

    public SaveResult Preview(RunRecord run, CancellationToken cancellationToken) =>
        Read("comparing with the stored patterns", connection => Result(run, Plan(connection, null, run, cancellationToken)));

    public void SaveFailure(DateTimeOffset startedAt, TimeWindow window, string message) =>
        Write("recording a failed run", (connection, transaction) =>
        {
            RunTable.InsertFailure(connection, transaction, startedAt, window, message);
            return true;
        });

    public IReadOnlyList<PatternApproval> Find(ApprovalQuery query) =>
        Read("reading patterns", connection =>
        {
            var table = new ApprovalTable(database, connection, null).Require();
            var tail = $"{table.Where(query)} ORDER BY {table.Impact} DESC, pattern_id{(query.First is null ? "" : " LIMIT @First")}";
            return table.Select(connection, null, tail, query).ToArray();
        });

    public IReadOnlyList<PatternStatistic> CountByStatus() =>
        Read("counting patterns", connection =>
        {
            var rows = new ApprovalTable(database, connection, null).Require().Select(connection, null, "", null).ToLookup(row => row.Status);
            return PatternStatus.All.Union(rows.Select(group => group.Key)).Select(status => new PatternStatistic(
                status, rows[status].Count(), rows[status].Sum(row => row.OccurrenceCount), rows[status].Sum(row => row.EstimatedSavings))).ToArray();
        });

    public PatternApproval Decide(ReviewDecision decision) =>
        Write($"recording the decision on pattern {decision.PatternId}", (connection, transaction) =>
        {
            var table = new ApprovalTable(database, connection, transaction).Require();
            var row = table.Select(connection, transaction, "WHERE pattern_id = @PatternId", decision).FirstOrDefault()
                ?? throw new PatternAnalysisException("PatternNotFound",
                    $"There is no pattern '{decision.PatternId}' in '{database.Name}'. Get-PatternApproval, or 'pattern-analysis review --list', shows the ids.");
            var now = DateTimeOffset.UtcNow;
            var decided = row with { Status = decision.Status, ReviewedBy = decision.Reviewer, ReviewedAt = now, ApprovalNotes = decision.Notes };
            table.Decide(connection, transaction, decided, row.Status, now);
            ReviewHistoryTable.Insert(connection, transaction, row.PatternId, decision.Status, decision.Reviewer, decision.Notes, now);
            return decided with { UpdatedAt = now };
        });

    private List<PatternChange> Plan(DbConnection connection, DbTransaction? transaction, RunRecord run, CancellationToken cancellationToken)
    {
        var table = new ApprovalTable(database, connection, transaction);
        var rows = table.Exists
            ? table.Require().Select(connection, transaction, "", null).DistinctBy(row => row.PatternId).ToDictionary(row => row.PatternId)
            : [];
        var evidence = database.ColumnsOf(connection, EvidenceTable.Name, transaction);
        var changes = new List<PatternChange>();
        foreach (var pattern in SavePlanner.Choose(run.Patterns, rows.ContainsKey, run.CoincidenceLimit))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var stored = !rows.TryGetValue(pattern.PatternId, out var row) ? null
                : evidence.Count == 0 ? new StoredPattern(row, null, new Dictionary<string, PatternSighting>())
                : new StoredPattern(
                    row,
                    EvidenceTable.ReadEvidence(connection, transaction, evidence, pattern.PatternId),
                    EvidenceTable.ReadSightings(connection, transaction, pattern.PatternId));
            changes.Add(SavePlanner.Plan(pattern, stored));
        }

        return changes;
    }

    private static SaveResult Result(RunRecord run, List<PatternChange> changes) =>
        new(null, [.. changes.Select(change => new SavedPattern(change.Row, change.Kind))], run.Patterns.Count - changes.Count);

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

    private T Write<T>(string doing, Func<DbConnection, DbTransaction, T> write, CancellationToken cancellationToken = default)
    {
        try
        {
            using var connection = database.OpenForWriting();
            using var transaction = database.BeginWrite(connection, cancellationToken);
            SchemaUpgrade.Apply(database, connection, transaction);
            var result = write(connection, transaction);
            transaction.Commit();
            return result;
        }
        catch (DbException error)
        {
            throw database.Translate(error, doing);
        }
    }
}
