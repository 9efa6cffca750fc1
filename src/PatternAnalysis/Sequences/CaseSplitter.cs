using System.Globalization;

namespace PatternAnalysis.Sequences;

/// <summary>
/// Cuts the steps of a session, or of one of its sub-agents, into cases, and names them. A session that is named only "unknown" is no session but whatever
/// had no name: it is cut at pauses in any case.
/// </summary>
internal sealed class CaseSplitter(CaseKind kind, TimeSpan idleGap)
{
    private static readonly string[] s_nameless = ["unknown", "none", "null", "undefined", "n/a"];

    private readonly Utf8Interner _promptIds = new();
    private readonly List<int> _promptOfStep = [];
    private readonly Dictionary<int, List<long>> _borders = [];

    /// <summary>The events that end a case without being a call.</summary>
    public static IReadOnlyList<string> BorderTypes(CaseKind kind) => kind == CaseKind.Prompt ? ["UserPromptSubmit", "Stop"] : [];

    /// <summary>Takes note of which prompt the next step serves; empty when its event doesn't say.</summary>
    public void AddStep(ReadOnlySpan<byte> promptId)
    {
        if (kind == CaseKind.Prompt)
            _promptOfStep.Add(promptId.IsEmpty ? -1 : _promptIds.Add(promptId));
    }

    /// <summary>Takes note of a border.</summary>
    public void AddBorder(int source, long ticks)
    {
        if (!_borders.TryGetValue(source, out var borders))
            _borders.Add(source, borders = []);
        borders.Add(ticks);
    }

    /// <summary>Whether a source's steps may be more than one case.</summary>
    public bool Splits(string source) => kind != CaseKind.Session || s_nameless.Contains(source, StringComparer.OrdinalIgnoreCase);

    /// <summary>Cuts the steps of one source.</summary>
    /// <param name="table">The steps.</param>
    /// <param name="source">The source's number.</param>
    /// <param name="name">Its name.</param>
    /// <param name="ordered">Its steps in order.</param>
    /// <returns>The cases, by where they begin in <paramref name="ordered"/>.</returns>
    public List<(int Start, string Id)> Split(StepTable table, int source, string name, ReadOnlySpan<int> ordered)
    {
        var borders = _borders.GetValueOrDefault(source, []);
        borders.Sort();
        var isNameless = s_nameless.Contains(name, StringComparer.OrdinalIgnoreCase);
        var cases = new List<(int, string)>();
        for (var position = 0; position < ordered.Length; position++)
        {
            var step = ordered[position];
            if (position == 0 || IsBorder(table, ordered[position - 1], step, borders, isNameless))
                cases.Add((position, $"{name}#{Label(table, step)}"));
        }

        return cases;
    }

    private bool IsBorder(StepTable table, int before, int step, List<long> borders, bool isNameless)
    {
        var (from, to) = (table.Ticks(before), table.Ticks(step));
        if ((kind == CaseKind.Idle || isNameless) && to - from > idleGap.Ticks)
            return true;
        if (kind != CaseKind.Prompt)
            return false;

        // Where both steps name their prompt, nothing else counts: what a prompt started may go on after the next one.
        if (_promptOfStep[before] >= 0 && _promptOfStep[step] >= 0)
            return _promptOfStep[before] != _promptOfStep[step];

        var next = borders.BinarySearch(from);
        next = next < 0 ? ~next : next;
        return next < borders.Count && borders[next] <= to && from < to;
    }

    // The same in every window that holds the case's start, so that a case is not counted as two.
    private string Label(StepTable table, int step) =>
        kind == CaseKind.Prompt && _promptOfStep[step] >= 0 ? _promptIds[_promptOfStep[step]]
        : new DateTime(table.Ticks(step), DateTimeKind.Utc).ToString("yyyyMMdd'T'HHmmss.fff'Z'", CultureInfo.InvariantCulture);
}
