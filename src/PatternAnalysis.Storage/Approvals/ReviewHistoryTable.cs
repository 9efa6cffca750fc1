using System.Data.Common;
using Dapper;

namespace PatternAnalysis.Storage.Approvals;

/// <summary>The table <c>pattern_review_history</c>: every change of a state, by a human or by a run.</summary>
internal static class ReviewHistoryTable
{
    /// <summary>The reviewer of a change that a run made.</summary>
    public const string Policy = "pattern-analysis";

    /// <summary>The action of a change that a run made: it asks for attention, and is no human's decision.</summary>
    public const string Flagged = "flagged";

    public static void Insert(
        DbConnection connection, DbTransaction transaction, string patternId, string action, string reviewer, string? notes, DateTimeOffset now) =>
        connection.Execute(
            "INSERT INTO pattern_review_history (pattern_id, action, reviewer, notes, created_at) VALUES (@patternId, @action, @reviewer, @notes, @at)",
            new { patternId, action, reviewer, notes, at = StoredInstant.Text(now) }, transaction);
}
