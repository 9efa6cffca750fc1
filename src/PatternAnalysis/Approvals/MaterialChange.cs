using System.Globalization;
using PatternAnalysis.Danger;

namespace PatternAnalysis.Approvals;

/// <summary>
/// Whether a pattern became another than the one that a person decided on. The decision stays; the history says what changed, so that
/// somebody may look again.
/// </summary>
internal static class MaterialChange
{
    /// <summary>It must have been seen so many times as often as then...</summary>
    private const int Factor = 2;

    /// <summary>...and so many times more: from 2 to 4 is no news.</summary>
    private const int Increase = 10;

    /// <summary>What changed, in words; null when nothing did that matters.</summary>
    public static string? Describe(ReviewBaseline then, ReviewBaseline now, DangerVerdict danger)
    {
        string[] changes =
        [
            .. When(now.DangerLevel != then.DangerLevel, $"danger {then.DangerLevel} → {now.DangerLevel}{Explain(danger)}"),
            .. When(now.PolicyStatus != then.PolicyStatus, $"by policy {then.PolicyStatus} → {now.PolicyStatus}"),
            .. When(
                now.OccurrenceCount >= then.OccurrenceCount * Factor && now.OccurrenceCount >= then.OccurrenceCount + Increase,
                $"seen {then.OccurrenceCount:N0} → {now.OccurrenceCount:N0} times"
            ),
        ];
        return changes.Length == 0 ? null : string.Join("; ", changes);
    }

    private static string Explain(DangerVerdict danger) =>
        danger.RuleId is null ? "" : $" ({danger.Reason} [{danger.RuleId}]: {danger.Segment})";

    private static string[] When(bool changed, FormattableString text) => changed ? [text.ToString(CultureInfo.InvariantCulture)] : [];
}
