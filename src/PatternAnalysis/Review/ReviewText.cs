using PatternAnalysis.Approvals;
using PatternAnalysis.Danger;
using PatternAnalysis.Metrics;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Review;

/// <summary>
/// A pattern in words, line by line: plain text that a screen reader reads in order, with no meaning in colour or columns.
/// </summary>
public static class ReviewText
{
    private const int ShownSteps = 20;
    private const int ShownCharacters = 200;
    private const int ShownParts = 10;

    /// <summary>What a reviewer sees first.</summary>
    public static IEnumerable<string> Summarize(PatternApproval pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        yield return $"Pattern {Line(pattern.PatternId)}, {Line(pattern.Status)}";
        yield return WorthText.Describe(pattern);
        if (pattern.PartOf is { } whole)
            yield return $"Part of {Line(whole)}";
        var steps = StepText.Steps(pattern.ToolSequence).Split(StepText.Separator);
        foreach (var (step, number) in steps.Take(ShownSteps).Select((step, index) => (step, index + 1)))
            yield return Text($"  {number}. {Cut(step)}");
        if (steps.Length > ShownSteps)
            yield return Text($"  ... and {steps.Length - ShownSteps} more steps");
        if (pattern.Without is { } without)
            yield return $"  without: {Cut(without)} (a variant: occurrences with a destructive step are left out)";
        yield return Text(
            $"Confidence {Math.Floor(pattern.ConfidenceScore * 1e6) / 1e4:0.####} %, "
                + $"{pattern.OccurrenceCount:N0} occurrences, estimated savings ${pattern.EstimatedSavings:N2}"
        );
    }

    /// <summary>The parts that are decided with a pattern, a line for each.</summary>
    public static IEnumerable<string> ListParts(IReadOnlyList<PatternApproval> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count > 0)
            yield return Text($"Decided with it, as parts of it: {parts.Count:N0}");
        foreach (var part in parts.Take(ShownParts))
            yield return Text($"  {Line(part.PatternId)} {Cut(part.ToolSequence)}, {part.OccurrenceCount:N0} occurrences");
        if (parts.Count > ShownParts)
            yield return Text($"  ... and {parts.Count - ShownParts:N0} more");
    }

    /// <summary>How many parts were decided with a pattern, as the end of a sentence; empty for none.</summary>
    public static string WithParts(IReadOnlyList<PatternApproval> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return parts.Count == 0 ? "" : Text($", with {parts.Count:N0} {(parts.Count == 1 ? "part" : "parts")} of it");
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

        foreach (var (step, number) in details.Steps.Take(ShownSteps).Select((step, index) => (step, index + 1)))
            yield return Text(
                $"Step {number}, {Describe(step.Class)} in {step.Share * 100:0} % of "
                    + $"the occurrences: {Cut(step.Template ?? step.Activity)}{Examples(step)}"
            );
        if (pattern.ExampleSessions.Length > 0)
            yield return $"Example sessions: {string.Join(", ", pattern.ExampleSessions.Select(Line))}";
        foreach (var day in details.Days)
            yield return Text($"Seen {day.Day:yyyy-MM-dd}: {day.OccurrenceCount:N0} times in {day.SessionCount:N0} sessions");
        foreach (var covered in pattern.Covers.Take(ShownParts))
            yield return Text(
                $"Covers as well: {Cut(covered.ToolSequence)}, {covered.OccurrenceCount:N0} occurrences ({Line(covered.PatternId)})"
            );
        if (pattern.Covers.Length > ShownParts)
            yield return Text($"Covers {pattern.Covers.Length - ShownParts:N0} more");
        if (details.History.Count == 0)
            yield return "History: nothing was decided yet.";
        foreach (var entry in details.History)
            yield return Line(
                Text(
                    $"History: {entry.CreatedAt:yyyy-MM-dd HH:mm}Z {entry.Action} "
                        + $"by {entry.Reviewer ?? "somebody"}: {entry.Notes ?? "no notes"}"
                )
            );
    }

    /// <summary>A verdict in a sentence.</summary>
    public static string Describe(DangerVerdict danger)
    {
        ArgumentNullException.ThrowIfNull(danger);
        return danger.RuleId is null
            ? $"{danger.Level}; {Line(danger.Reason ?? "no rule speaks against it")}"
            : $"{danger.Level}; {Line(danger.Reason ?? "")} [{Line(danger.RuleId)}]: {Line(danger.Segment ?? "")}";
    }

    /// <summary>What a step of a class is, in words.</summary>
    public static string Describe(StepClass step) =>
        step switch
        {
            StepClass.Constant => "as it stands",
            StepClass.Bound => "filled in from the steps before",
            StepClass.Parameter => "with a value that the caller gives",
            StepClass.Message => "with a text that a model writes",
            StepClass.Look => "a look that a model decides by",
            StepClass.Free => "thought up by a model",
            _ => "of unknown content",
        };

    private static string Examples(StepWorth step) =>
        step.Class is StepClass.Constant || step.Examples.Length == 0
            ? ""
            : $" (for example {string.Join(" | ", step.Examples.Select(Cut))})";

    private static string Describe(DangerousOccurrence occurrence)
    {
        var time = occurrence.At is { } at ? Text($"{at:yyyy-MM-dd HH:mm:ss}Z ") : "";
        return Line($"{occurrence.Level} {time}in session {occurrence.SessionId}: {occurrence.Command} [{occurrence.RuleId}]");
    }

    // Stored text may come from anywhere; what moves the cursor or turns the direction must not reach a terminal, but be seen.
    private static string Line(string text) => InvisibleText.Escape(text);

    private static string Cut(string text) => Line(text.Length <= ShownCharacters ? text : text[..ShownCharacters] + "…");

    private static string Text(InvariantText text) => text.Take();
}
