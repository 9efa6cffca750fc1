using PatternAnalysis.Approvals;
using PatternAnalysis.Danger;

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
                SeriesConfidence = view.Number("SeriesConfidence"),
                LastEvidenceAt = view.Time("LastEvidenceAt"),
                OccurrenceCount = view.Whole("OccurrenceCount") ?? 0,
                EstimatedSavings = (decimal)Math.Clamp(view.Number("EstimatedSavings") ?? 0, 0, 1e15),
                PatternContext = view.Text("PatternContext"),
                ExampleSessions = view.Texts("ExampleSessions"),
                DangerLevel = ViewValues.Choice<DangerLevel>(view["DangerLevel"]),
                DangerRule = view.Text("DangerRule"),
                SafeOccurrenceCount = view.Whole("SafeOccurrenceCount"),
                UnknownOccurrenceCount = view.Whole("UnknownOccurrenceCount"),
                DestructiveOccurrenceCount = view.Whole("DestructiveOccurrenceCount"),
                WorstOccurrences = [.. view.List("WorstOccurrences").Select(ReadOccurrence).OfType<DangerousOccurrence>()],
                Covers = [.. view.List("Covers").Select(ReadCovered).OfType<CoveredPattern>()],
                Worth = ReadWorth(view),
                ReviewedBy = view.Text("ReviewedBy"),
                ReviewedAt = view.Time("ReviewedAt"),
                ApprovalNotes = view.Text("ApprovalNotes"),
                CreatedAt = view.Time("CreatedAt"),
                UpdatedAt = view.Time("UpdatedAt"),
                Database = view.Text("Database"),
            }
            : null;

    /// <summary>What a decision covers under another name; null when the properties tell of nothing such.</summary>
    public static CoveredPattern? ReadCovered(object? value) =>
        value switch
        {
            CoveredPattern covered => covered,
            IObjectView view when view.Text("PatternId") is { } id && view.Text("DecidedId") is { } decided => new CoveredPattern
            {
                PatternId = id,
                ToolSequence = view.Text("ToolSequence") ?? "",
                OccurrenceCount = view.Whole("OccurrenceCount") ?? 0,
                DecidedId = decided,
                DecidedSequence = view.Text("DecidedSequence") ?? "",
                Decision = view.Text("Decision") ?? "",
            },
            _ => null,
        };

    private static StoredWorth? ReadWorth(IObjectView view) =>
        ViewValues.Choice<WorthKind>(view["Kind"]) is { } kind && view.Whole("Rank") is not null
            ? new StoredWorth
            {
                Kind = kind,
                Rank = view.Count("Rank"),
                PartOf = view.Text("PartOf"),
                SavedTurns = view.Number("SavedTurns") ?? 0,
                HitShare = view.Number("HitShare") ?? 0,
                WorthUsd = view.Number("WorthUsd") ?? 0,
                WorthUsdPer30Days = view.Number("WorthUsdPer30Days"),
                SavedWait = ViewValues.AsDuration(view["SavedWait"]) ?? TimeSpan.Zero,
                IsAssumed = view.Flag("IsWorthAssumed"),
                Interval =
                    view.Number("WorthUsdPer30Days") is > 0 and var usd
                    && view.Number("WorthUsdPer30DaysLow") is { } low
                    && view.Number("WorthUsdPer30DaysHigh") is { } high
                        ? (low / usd, high / usd)
                        : null,
            }
            : null;

    private static DangerousOccurrence? ReadOccurrence(object? value) =>
        value switch
        {
            DangerousOccurrence occurrence => occurrence,
            IObjectView view
                when view.Text("SessionId") is { } session
                    && view.Text("Command") is { } command
                    && ViewValues.Choice<DangerLevel>(view["Level"]) is { } level => new DangerousOccurrence
            {
                SessionId = session,
                At = view.Time("At"),
                Command = command,
                Level = level,
                RuleId = view.Text("RuleId"),
            },
            _ => null,
        };
}
