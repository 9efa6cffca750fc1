using System.Data.Common;
using Dapper;

namespace PatternAnalysis.Storage.Approvals;

/// <summary>The table <c>pattern_review_history</c>: every change of a state, by a human or by a run.</summary>
internal static class ReviewHistoryTable
{
    public const string Name = "pattern_review_history";

    /// <summary>The reviewer of a change that a run made.</summary>
    public const string Policy = "pattern-analysis";

    public static void Insert(
        DbConnection connection,
        DbTransaction transaction,
        string patternId,
        string action,
        string reviewer,
        string? notes,
        DateTimeOffset now
    ) =>
        connection.Execute(
            "INSERT INTO pattern_review_history (pattern_id, action, reviewer, "
                + "notes, created_at) VALUES (@patternId, @action, @reviewer, @notes, @at)",
            new
            {
                patternId,
                action,
                reviewer,
                notes,
                at = StoredInstant.Text(now),
            },
            transaction
        );

    /// <summary>The entries of a pattern, or of all, newest first.</summary>
    public static IReadOnlyList<ReviewHistoryEntry> Select(DbConnection connection, string? patternId, int? first) =>
        [
            .. connection
                .Query<Row>(
                    $"""
                    SELECT pattern_id AS PatternId, action AS Action, reviewer AS Reviewer, notes AS Notes, created_at AS CreatedAt
                        FROM pattern_review_history
                    {(patternId is null ? "" : "WHERE pattern_id = @patternId")} ORDER BY id DESC{(first is null ? "" : " LIMIT @first")}
                    """,
                    new { patternId, first }
                )
                .Select(row => new ReviewHistoryEntry(
                    row.PatternId,
                    row.Action,
                    row.Reviewer,
                    row.Notes,
                    StoredInstant.Parse(row.CreatedAt)
                )),
        ];

    private sealed class Row
    {
        public string PatternId { get; init; } = "";
        public string Action { get; init; } = "";
        public string? Reviewer { get; init; }
        public string? Notes { get; init; }
        public object? CreatedAt { get; init; }
    }
}
