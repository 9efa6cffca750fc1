namespace PatternAnalysis.Copies;

/// <summary>Reads stored patterns of their properties.</summary>
internal static class ApprovalViews
{
    /// <summary>The stored pattern; null when the properties tell of none.</summary>
    public static PatternApproval? Read(IObjectView view) =>
        view.Text("PatternId") is { Length: > 0 } id && view.Text("Status") is { } status && view.Text("ToolSequence") is { } sequence
            ? new PatternApproval
            {
                PatternId = id,
                Status = status,
                ToolSequence = sequence,
                ConfidenceScore = view.Number("ConfidenceScore") ?? 0,
                OccurrenceCount = view.Whole("OccurrenceCount") ?? 0,
                EstimatedSavings = (decimal)Math.Clamp(view.Number("EstimatedSavings") ?? 0, 0, 1e15),
                PatternContext = view.Text("PatternContext"),
                ExampleSessions = view.Texts("ExampleSessions"),
                ReviewedBy = view.Text("ReviewedBy"),
                ReviewedAt = view.Time("ReviewedAt"),
                ApprovalNotes = view.Text("ApprovalNotes"),
                CreatedAt = view.Time("CreatedAt"),
                UpdatedAt = view.Time("UpdatedAt"),
                Database = view.Text("Database"),
            }
            : null;
}
