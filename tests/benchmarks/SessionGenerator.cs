namespace PatternAnalysis.Benchmarks;

/// <summary>
/// Makes sessions like those of coding agents: each has its own mix of tools, tools come in runs, some routines repeat across sessions.
/// The same seed gives the same sessions on every machine.
/// </summary>
internal sealed class SessionGenerator(int seed)
{
    private static readonly (string Tool, double Weight)[] s_tools =
    [
        ("Bash", 30),
        ("Read", 22),
        ("Edit", 16),
        ("Grep", 9),
        ("TodoWrite", 7),
        ("Write", 5),
        ("Glob", 4),
        ("Task", 2),
        ("WebFetch", 1.5),
        ("WebSearch", 1),
        ("MultiEdit", 1),
        ("LS", 1),
        ("NotebookEdit", 0.3),
        ("mcp__files__search", 0.8),
        ("mcp__git__diff", 0.6),
        ("ExitPlanMode", 0.4),
    ];

    private static readonly string[][] s_routines =
    [
        ["Read", "Edit", "Bash"],
        ["Grep", "Read", "Edit", "Bash"],
        ["TodoWrite", "Write", "TodoWrite"],
        ["Glob", "Grep", "Read"],
        ["mcp__git__diff", "Bash", "TodoWrite"],
    ];

    private const double RunShare = 0.3;
    private const double RoutineShare = 0.04;

    private readonly Random _random = new(seed);

    /// <summary>One session's tools; 83 on average, a few sessions ten times as long.</summary>
    public string[] Next()
    {
        var length = Math.Clamp((int)Math.Exp(4 + 0.9 * Normal()), 1, 5000);
        var limits = Limits();
        var steps = new List<string>(length + 3);
        while (steps.Count < length)
        {
            var chance = _random.NextDouble();
            if (chance < RoutineShare)
                steps.AddRange(s_routines[_random.Next(s_routines.Length)]);
            else if (chance < RoutineShare + RunShare && steps.Count > 0)
                steps.Add(steps[^1]);
            else
                steps.Add(s_tools[Math.Min(s_tools.Length - 1, ~Array.BinarySearch(limits, _random.NextDouble()) & int.MaxValue)].Tool);
        }

        return [.. steps];
    }

    // The session's own mix: the common weights, each stretched at random.
    private double[] Limits()
    {
        var limits = new double[s_tools.Length];
        double sum = 0;
        for (var i = 0; i < limits.Length; i++)
            limits[i] = sum += s_tools[i].Weight * Math.Exp(Normal());
        return Array.ConvertAll(limits, limit => limit / sum);
    }

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
