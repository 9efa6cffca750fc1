using System.Globalization;
using PatternAnalysis.Approvals;
using PatternAnalysis.Danger;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Review;

/// <summary>
/// A pattern in words, line by line: plain text that a screen reader reads in order, with no meaning in colour or columns.
/// </summary>
public static class ReviewText
{
    private const int ShownSteps = 20;
    private const int ShownCharacters = 200;

    /// <summary>What a reviewer sees first.</summary>
    public static IEnumerable<string> Summarize(PatternApproval pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        yield return $"Pattern {Line(pattern.PatternId)}, {Line(pattern.Status)}";
        var steps = StepText.Steps(pattern.ToolSequence).Split(StepText.Separator);
        foreach (var (step, number) in steps.Take(ShownSteps).Select((step, index) => (step, index + 1)))
            yield return Text($"  {number}. {Cut(step)}");
        if (steps.Length > ShownSteps)
            yield return Text($"  ... and {steps.Length - ShownSteps} more steps");
        if (pattern.Without is { } without)
            yield return $"  without: {Cut(without)} (a variant: occurrences with a destructive step are left out)";
        yield return Text(
            $"Confidence {Math.Floor(pattern.ConfidenceScore * 1e6) / 1e4:0.####} %, {pattern.OccurrenceCount:N0} occurrences, estimated savings ${pattern.EstimatedSavings:N2}"
        );
    }

    /// <summary>Why it has its status, how dangerous it is, where to see it, and what was decided on it.</summary>
    public static IEnumerable<string> Explain(PatternDetails details)
    {
        ArgumentNullException.ThrowIfNull(details);
        var pattern = details.Approval;
        if (pattern.PatternContext is { } context)
            yield return Line(context);
        if (details.Evidence is { } evidence)
        {
            yield return $"Danger: {Describe(evidence.Danger)}";
            if (evidence.Levels is { } levels)
                yield return $"Danger: {levels}";
            foreach (var occurrence in evidence.WorstOccurrences)
                yield return Describe(occurrence);
        }

        if (pattern.ExampleSessions.Length > 0)
            yield return $"Example sessions: {string.Join(", ", pattern.ExampleSessions.Select(Line))}";
        foreach (var day in details.Days)
            yield return Text($"Seen {day.Day:yyyy-MM-dd}: {day.OccurrenceCount:N0} times in {day.SessionCount:N0} sessions");
        if (details.History.Count == 0)
            yield return "History: nothing was decided yet.";
        foreach (var entry in details.History)
            yield return Line(
                Text(
                    $"History: {entry.CreatedAt:yyyy-MM-dd HH:mm}Z {entry.Action} by {entry.Reviewer ?? "somebody"}: {entry.Notes ?? "no notes"}"
                )
            );
    }

    /// <summary>A verdict in a sentence.</summary>
    public static string Describe(DangerVerdict danger)
    {
        ArgumentNullException.ThrowIfNull(danger);
        return danger.RuleId is null
            ? $"{danger.Level}; no rule speaks against it"
            : $"{danger.Level}; {Line(danger.Reason ?? "")} [{Line(danger.RuleId)}]: {Line(danger.Segment ?? "")}";
    }

    private static string Describe(DangerousOccurrence occurrence) =>
        Line(
            Text(
                $"{occurrence.Level} {occurrence.At:yyyy-MM-dd HH:mm:ss}Z in session {occurrence.SessionId}: {occurrence.Command} [{occurrence.RuleId}]"
            )
        );

    // Stored text may come from anywhere; what moves the cursor or turns the direction must not reach a terminal, but be seen.
    private static string Line(string text) => InvisibleText.Escape(text);

    private static string Cut(string text) => Line(text.Length <= ShownCharacters ? text : text[..ShownCharacters] + "…");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
