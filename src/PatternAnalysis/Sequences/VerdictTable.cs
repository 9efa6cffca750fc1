using PatternAnalysis.Danger;

namespace PatternAnalysis.Sequences;

/// <summary>
/// Numbers the verdicts of steps, so that a step keeps a number only: most are safe, and of the others many are the same.
/// </summary>
internal sealed class VerdictTable
{
    /// <summary>The number of the verdict that nothing speaks against a step.</summary>
    public const int Safe = 0;

    private readonly List<JudgedStep> _steps = [new(DangerVerdict.Safe)];
    private readonly GrowingArray<DangerLevel> _levels = new();
    private readonly Dictionary<JudgedStep, int> _numbers = new() { [new JudgedStep(DangerVerdict.Safe)] = Safe };

    /// <summary>Makes a table of the one verdict that nothing speaks against a step.</summary>
    public VerdictTable() => _levels.Add(DangerLevel.Safe);

    /// <summary>The rules that gave the verdicts.</summary>
    public DangerRuleSet Rules { get; set; } = DangerRuleSet.BuiltIn;

    public int Count => _steps.Count;

    public JudgedStep this[int number] => _steps[number];

    /// <summary>The level of a verdict.</summary>
    public DangerLevel Level(int number) => _levels[number];

    public int Add(JudgedStep step)
    {
        if (_numbers.TryGetValue(step, out var number))
            return number;

        _numbers.Add(step, _steps.Count);
        _steps.Add(step);
        _levels.Add(step.Verdict.Level);
        return _steps.Count - 1;
    }

    /// <summary>The worse of two; of equals the first.</summary>
    public int Worst(int first, int second) => _levels[second] > _levels[first] ? second : first;
}

/// <summary>A verdict with what was judged.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Command">The whole command, masked, when it is destructive; null for all else, which would be too many.</param>
internal readonly record struct JudgedStep(DangerVerdict Verdict, string? Command = null);
