namespace PatternAnalysis.Approvals;

/// <summary>What a stored pattern is worth, in words.</summary>
public static class WorthText
{
    /// <summary>What can be made of it, and what would go: the sentence that a pattern is led in with.</summary>
    public static string Describe(PatternApproval pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        var kind = $"{pattern.Kind}: {Describe(pattern.Kind)}.";
        var wait = pattern.SavedWait ?? TimeSpan.Zero;
        return pattern is { SavedTurns: > 0, WorthUsd: { } worth }
            ? $"{kind} {Turns(pattern.SavedTurns.Value)} of a model could go, worth {Money(pattern.WorthUsdPer30Days ?? worth)}"
                + (pattern.WorthUsdPer30Days is null ? "" : " in 30 days")
                + (pattern.IsWorthAssumed ? " at an assumed cost" : "")
                + Interval(pattern, "cash", share => Money((pattern.WorthUsdPer30Days ?? worth) * share))
                + $", and {Wait(wait)} of waiting{Interval(pattern, "not in the dollars", share => Wait(wait * share))}."
            : kind;
    }

    /// <summary>What can be made of a pattern of a kind.</summary>
    public static string Describe(WorthKind kind) =>
        kind switch
        {
            WorthKind.Hook => "a hook can run it",
            WorthKind.Script => "a script can run it in one call",
            WorthKind.Command => "a single command that recurs",
            WorthKind.Message => "a script but for one text, which a model writes",
            WorthKind.Guidance => "it can be made rarer, not automated",
            WorthKind.None => "true, and nothing to automate",
            _ => "nothing tells what its tools were given",
        };

    private static string Interval(PatternApproval pattern, string figure, Func<double, string> show) =>
        pattern.WorthInterval is var (low, high) ? $" ({figure}; 95 % interval {show(low)} to {show(high)})" : "";

    private static string Turns(double turns) =>
        turns < 10 ? Text($"{turns:0.#} {(Math.Abs(turns - 1) < 0.05 ? "turn" : "turns")}") : Text($"{turns:N0} turns");

    private static string Money(double usd) => usd is > 0 and < 0.01 ? "less than $0.01" : Text($"${usd:N2}");

    private static string Wait(TimeSpan wait) =>
        wait.TotalHours >= 1 ? Text($"{wait.TotalHours:N1} h")
        : wait.TotalMinutes >= 1 ? Text($"{wait.TotalMinutes:0} min")
        : Text($"{wait.TotalSeconds:0} s");

    private static string Text(InvariantText text) => text.Take();
}
