using PatternAnalysis.Danger;

namespace PatternAnalysis.Sequences;

/// <summary>
/// Numbers the verdicts of steps, so that a step keeps a number only: most are safe, and of the others many are the same.
/// </summary>
internal sealed class VerdictTable
{
    /// <summary>The number of the verdict that nothing speaks against a step.</summary>
    public const int Safe = 0;

    private readonly List<DangerVerdict> _verdicts = [DangerVerdict.Safe];
    private readonly Dictionary<DangerVerdict, int> _numbers = new() { [DangerVerdict.Safe] = Safe };

    /// <summary>The rules that gave the verdicts.</summary>
    public DangerRuleSet Rules { get; set; } = DangerRuleSet.BuiltIn;

    public int Count => _verdicts.Count;

    public DangerVerdict this[int number] => _verdicts[number];

    public int Add(DangerVerdict verdict)
    {
        if (_numbers.TryGetValue(verdict, out var number))
            return number;

        _numbers.Add(verdict, _verdicts.Count);
        _verdicts.Add(verdict);
        return _verdicts.Count - 1;
    }

    /// <summary>The worse of two; of equals the first.</summary>
    public int Worst(int first, int second) => _verdicts[second].Level > _verdicts[first].Level ? second : first;
}
