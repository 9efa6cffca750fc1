using System.Globalization;
using PatternAnalysis.Activities;
using PatternAnalysis.Events;

namespace PatternAnalysis.Sequences;

/// <summary>
/// Cuts the steps of a session, or of one of its sub-agents, into cases, and names them. A session that is named only "unknown" is no
/// session but whatever
/// had no name: it is cut at pauses in any case.
/// </summary>
internal sealed class CaseSplitter(CaseKind kind, TimeSpan idleGap, StepTables tables)
{
    /// <summary>What stands for the name of a session that has none, in any case of letters.</summary>
    public static IReadOnlyList<string> Nameless { get; } = ["unknown", "none", "null", "undefined", "n/a"];

    /// <summary>The events that end a case without being a call.</summary>
    public static IReadOnlyList<string> BorderTypes(CaseKind kind) =>
        kind == CaseKind.Prompt ? [HookEventType.UserPromptSubmit, HookEventType.Stop] : [];

    /// <summary>Cuts the steps of one source.</summary>
    /// <param name="source">The source's number.</param>
    /// <param name="steps">Its steps by time; at least one.</param>
    /// <returns>The cases: their names, and where they begin in <paramref name="steps"/>.</returns>
    public List<(int Start, string Id)> Split(int source, ReadOnlySpan<TimedStep> steps)
    {
        var name = tables.Sources[source];
        var isNameless = Nameless.Any(none => IsOf(name, none));
        if (kind == CaseKind.Session && !isNameless)
            return [(0, name)];

        var borders = tables.Borders.GetValueOrDefault(source, []);
        borders.Sort();
        var cases = new List<(int, string)>();
        for (var position = 0; position < steps.Length; position++)
        {
            if (position == 0 || IsBorder(steps[position - 1], steps[position], borders, isNameless))
                cases.Add((position, $"{name}#{Label(steps[position])}"));
        }

        return cases;
    }

    // The session, or a sub-agent of it.
    private static bool IsOf(string source, string session) =>
        source.StartsWith(session, StringComparison.OrdinalIgnoreCase)
        && (source.Length == session.Length || source[session.Length] == '/');

    private bool IsBorder(in TimedStep before, in TimedStep step, List<long> borders, bool isNameless)
    {
        if ((kind == CaseKind.Idle || isNameless) && step.Ticks - before.Ticks > idleGap.Ticks)
            return true;
        if (kind != CaseKind.Prompt)
            return false;

        // Where both steps name their prompt, nothing else counts: what a prompt started may go on after the next one.
        var (promptBefore, prompt) = (tables.ContextOf(before).Prompt, tables.ContextOf(step).Prompt);
        if (promptBefore >= 0 && prompt >= 0)
            return promptBefore != prompt;

        var next = borders.BinarySearch(before.Ticks);
        next = next < 0 ? ~next : next;
        return next < borders.Count && borders[next] <= step.Ticks && before.Ticks < step.Ticks;
    }

    // The same in every window that holds the case's start, so that a case is not counted as two.
    private string Label(in TimedStep step) =>
        kind == CaseKind.Prompt && tables.ContextOf(step).Prompt is >= 0 and var prompt
            ? tables.Prompts[prompt]
            : new DateTime(step.Ticks, DateTimeKind.Utc).ToString("yyyyMMdd'T'HHmmss.fff'Z'", CultureInfo.InvariantCulture);
}
