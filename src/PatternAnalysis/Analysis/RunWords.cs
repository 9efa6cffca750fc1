namespace PatternAnalysis.Analysis;

/// <summary>What the summary and every report of a run say in the same words.</summary>
internal static class RunWords
{
    /// <summary>A number of things: <c>1 turn</c>, <c>2,000 turns</c>.</summary>
    public static string Count(double count, string thing)
    {
        var shown = Text($"{count:N0}");
        return shown == "1" ? $"1 {thing}" : $"{shown} {thing}s";
    }

    /// <summary>A length of time: <c>1.5 h</c>, <c>12 min</c>.</summary>
    public static string Time(TimeSpan time) =>
        time.TotalHours >= 1 ? Text($"{time.TotalHours:0.0} h")
        : time.TotalMinutes >= 1 ? Text($"{time.TotalMinutes:0} min")
        : Text($"{time.TotalSeconds:0} s");

    /// <summary>How long was waited for what could go, with its interval.</summary>
    public static string Wait(RunSaving saving) =>
        Text($"{saving.WaitTime.TotalHours:0.0} hours (95 % interval {saving.WaitLow.TotalHours:0.0} to {saving.WaitHigh.TotalHours:0.0})");

    /// <summary>Says so when the specification's estimate is more than all that was spent; else empty.</summary>
    public static string Excess(AnalysisSummary summary) =>
        summary is { EstimateExceedsSpending: true, Spent: { } spent }
            ? Text($", more than the ${spent.Usd:N2} that were spent in all: steps times seconds times rate, no measured money")
            : "";

    /// <summary>All that came to nothing, in one sentence; null when nothing is known of any.</summary>
    public static string? WithoutProgress(RunGuidance guidance)
    {
        if (guidance.Loops.Length + guidance.FailingSteps.Length == 0)
            return null;
        var (tries, steps) = (guidance.Loops.Sum(Tries), guidance.FailingSteps.Length);
        var rechecks = guidance.Loops.Sum(loop => loop.Count) - tries;
        return tries + steps == 0
            ? $"{Count(rechecks, "check")} ran again after an edit; nothing says whether they had failed"
            : $"{(tries == 1 ? "1 loop or retry" : $"{Count(tries, "loop")} and retries")}, "
                + $"{Count(steps, "step")} that nearly always {(steps == 1 ? "fails" : "fail")}: "
                + $"{Lost(guidance.Turns, guidance.Tokens)}, {Time(guidance.Duration)} without progress";

        static int Tries(GuidanceLoop loop) => loop.Kind == LoopKind.Recheck ? 0 : loop.Count;
    }

    /// <summary>What was spent on it.</summary>
    public static string Lost(double turns, double tokens) => $"{Count(turns, "turn")}, {Count(tokens, "token")}";

    private static string Text(InvariantText text) => text.Take();
}
