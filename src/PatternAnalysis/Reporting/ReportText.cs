using PatternAnalysis.Analysis;
using PatternAnalysis.Danger;
using PatternAnalysis.Surfaces;

namespace PatternAnalysis.Reporting;

/// <summary>The sentences that every format says in the same words.</summary>
internal static class ReportText
{
    private const int LongestName = 400;

    /// <summary>What confidence means in this run.</summary>
    public static string Confidence(AnalysisSummary summary) =>
        summary.Patterns is [{ ConfidenceModel: ConfidenceModel.Frequency }, ..]
            ? "Confidence here is the original's: the share of sessions that hold "
                + "the pattern, boosted for many. It does not tell a routine from chance."
            : "Confidence: of the patterns shown with confidence c or more, at most a share 1 - c is expected "
                + "to be coincidence: steps that stand side by side only because the sessions contain many of them.";

    /// <summary>The ground that every number stands on: window, sessions, events, what was left out.</summary>
    public static string Ground(AnalysisSummary summary) =>
        Text(
            $"{summary.TotalSessions:N0} sessions, {summary.EventCount:N0} events, "
                + $"{summary.Excluded.Values.Sum():N0} of them left out; window {SummaryText.FormatWindow(summary.Window)}"
        );

    /// <summary>Names the danger rules that are disabled; what they would have caught may be called safe.</summary>
    public static string DisabledRules(AnalysisSummary summary) =>
        $"Danger rules that a rule file has disabled, so that what they would have "
        + $"caught may be called safe: {string.Join(", ", summary.DisabledRules)}.";

    /// <summary>What the savings are, and what they are not.</summary>
    public static string Savings(AnalysisSummary summary) =>
        Text(
            $"Of the estimated savings, ${summary.WorthAutomating:N2} come from patterns that are approved or wait for review. The "
                + $"total counts each step once, however many patterns share it; the savings of a single pattern count all of its steps."
        );

    /// <summary>One of the worst occurrences in a line: when, in which session, and the command.</summary>
    public static string Describe(DangerousOccurrence occurrence) =>
        Text(
            $"{(occurrence.At is { } at ? Text($"{at.UtcDateTime:yyyy-MM-dd HH:mm:ss'Z'}") : "no time")}, "
                + $"session {Show(occurrence.SessionId)}: "
        ) + $"{Show(occurrence.Command, DangerVerdict.MaximumCommandLength)} [{occurrence.RuleId}]";

    /// <summary>Until when there was evidence of a stored pattern, to stand behind its name; nothing while there is.</summary>
    public static string LastEvidence(PatternApproval pattern) =>
        pattern.LastEvidenceAt is { } at ? Text($", last evidence until {at.UtcDateTime:yyyy-MM-dd HH:mm} UTC") : "";

    /// <summary>A name or an id as it may be shown: masked, without control characters, and not longer than a reader reads.</summary>
    public static string Show(string text, int maximumLength = LongestName) => SurfaceText.Masked(text, maximumLength);

    public static string Text(InvariantText text) => text.Take();
}
