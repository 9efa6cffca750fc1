using System.Data.Common;
using PatternAnalysis.Approvals;
using PatternAnalysis.Masking;

namespace PatternAnalysis.Storage.Approvals;

/// <summary>What people decide on patterns and their parts, and take back, in one transaction each.</summary>
internal sealed class SqlDecisions(ISqlDatabase database)
{
    public FoldedPattern Decide(ReviewDecision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        decision.Validate();
        return database.Write(
            $"recording the decision on pattern {decision.PatternId}",
            (connection, transaction) =>
            {
                var table = new ApprovalTable(database, connection, transaction).Require();
                var row = table.Find(connection, transaction, decision.PatternId);
                decision.RequireCurrent(row);
                var now = DateTimeOffset.UtcNow;
                var parts = decision.WithParts ? PartsOf(table, connection, transaction, row.PatternId) : [];
                return new FoldedPattern(
                    Record(table, connection, transaction, decision, row, null, now),
                    [
                        .. parts
                            .Where(part => decision.HoldsFor(part.Row, part.DecidedWith))
                            .Select(part => Record(table, connection, transaction, decision.On(part.Row), part.Row, row.PatternId, now)),
                    ]
                );
            }
        );
    }

    public FoldedPattern Reset(string patternId, string reviewer, string? notes)
    {
        if (string.IsNullOrWhiteSpace(reviewer))
            throw new PatternAnalysisException(ErrorCatalogue.ReviewerMissing, "Taking a decision back needs the name of who does it.");
        return database.Write(
            $"taking back the decision on pattern {patternId}",
            (connection, transaction) =>
            {
                var table = new ApprovalTable(database, connection, transaction).Require();
                var row = table.Find(connection, transaction, patternId);
                if (!PatternStatus.IsHuman(row.Status))
                    return new FoldedPattern(row, []);
                var now = DateTimeOffset.UtcNow;
                var why = string.IsNullOrWhiteSpace(notes) ? "" : $": {SecretMasker.Mask(notes)}";

                // Also those that a later run calls part of another, or of none: they were decided with it.
                var parts = BaselineTable
                    .FindDecidedWith(connection, transaction, patternId)
                    .SelectMany(id => table.Select(connection, transaction, "WHERE pattern_id = @id", new { id }))
                    .Where(part => PatternStatus.IsHuman(part.Status));
                return new FoldedPattern(
                    TakeBack(table, connection, transaction, row, reviewer, why, now),
                    [
                        .. parts.Select(part =>
                            TakeBack(table, connection, transaction, part, reviewer, $" with {patternId}, which it is part of{why}", now)
                        ),
                    ]
                );
            }
        );
    }

    /// <summary>The parts of a pattern, each with the pattern that it was decided with, if it was.</summary>
    private (PatternApproval Row, string? DecidedWith)[] PartsOf(
        ApprovalTable table,
        DbConnection connection,
        DbTransaction transaction,
        string patternId
    )
    {
        var query = new ApprovalQuery { PartOf = patternId };
        var parts = EvidenceTable.AddTo(
            database,
            connection,
            transaction,
            table.Select(connection, transaction, $"{table.Where(query)} {table.Order(ApprovalOrder.Worth)}", new { query.PartOf })
        );
        var decidedWith = BaselineTable.ReadDecidedWith(database, connection, transaction, Array.ConvertAll(parts, part => part.PatternId));
        return Array.ConvertAll(parts, part => (part, decidedWith.GetValueOrDefault(part.PatternId)));
    }

    private PatternApproval Record(
        ApprovalTable table,
        DbConnection connection,
        DbTransaction transaction,
        ReviewDecision decision,
        PatternApproval row,
        string? decidedWith,
        DateTimeOffset now
    )
    {
        var decided = row with
        {
            Status = decision.Status,
            ReviewedBy = decision.Reviewer,
            ReviewedAt = now,
            ApprovalNotes = decision.Notes,
            UpdatedAt = now,
        };
        table.Decide(connection, transaction, decided, row.Status, now);
        if (decision.AdoptedAs.Count > 0)
            EffectTable.Adopt(connection, transaction, row.PatternId, decision.AdoptedAs);
        if (decision.Status != PatternStatus.Approved)
            EffectTable.Forget(database, connection, transaction, row.PatternId);
        ReviewHistoryTable.Insert(connection, transaction, row.PatternId, decision.Status, decision.Reviewer, decision.Notes, now);
        var stored = new StoredPatternReader(database, connection, transaction).Read(row);
        if (ReviewBaseline.Of(stored) is { } baseline)
        {
            BaselineTable.Write(connection, transaction, row.PatternId, baseline);
            BaselineTable.WriteDecidedWith(connection, transaction, row.PatternId, decidedWith);
        }

        return decided.With(stored.Evidence);
    }

    private PatternApproval TakeBack(
        ApprovalTable table,
        DbConnection connection,
        DbTransaction transaction,
        PatternApproval row,
        string reviewer,
        string why,
        DateTimeOffset now
    )
    {
        var reset = row with
        {
            Status = new StoredPatternReader(database, connection, transaction).Read(row).PolicyStatus,
            ReviewedBy = null,
            ReviewedAt = null,
            ApprovalNotes = null,
            UpdatedAt = now,
        };
        table.Decide(connection, transaction, reset, row.Status, now);
        var note = $"reset from {row.Status} to {reset.Status}{why}";
        ReviewHistoryTable.Insert(connection, transaction, row.PatternId, "commented", reviewer, note, now);
        BaselineTable.Delete(connection, transaction, row.PatternId);
        EffectTable.Forget(database, connection, transaction, row.PatternId);
        return reset;
    }
}
