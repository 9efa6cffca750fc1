namespace PatternAnalysis.Analysis;

/// <summary>The words for work that comes to nothing.</summary>
internal static class GuidanceText
{
    public const string Introduction =
        "Where work went round: a call failed and was tried again. Guidance, not savings: what is shown as lost was spent, and no automation gives it back by itself. Calls that were refused or given up are no failures.";

    public const string FailingIntroduction =
        "Steps of which at least four of five calls fail, in several sessions: a mistake that is made again and again. Mend what they call, or tell the agent not to.";

    public const string NoErrors =
        "The events keep no texts of errors: import with --payload-mode Full, or record with the error, to see what usually fails.";

    /// <summary>A kind of loop in words.</summary>
    public static string NameOf(LoopKind kind) =>
        kind switch
        {
            LoopKind.RedToGreen => "fails, is mended, runs again",
            LoopKind.SameRetry => "fails, is tried again as it was: waste",
            LoopKind.ChangedRetry => "fails, is tried in other words",
            _ => "an edit that fails",
        };

    /// <summary>How often it came to that, and in how many sessions.</summary>
    public static string HowOften(GuidanceLoop loop) =>
        FormattableString.Invariant(
            $"{loop.Count:N0} {(loop.Count == 1 ? "time" : "times")} in {loop.SessionCount:N0} {(loop.SessionCount == 1 ? "session" : "sessions")}"
        );

    /// <summary>How often the next try passed.</summary>
    public static string Passed(GuidanceLoop loop) => loop.PassedShare is { } share ? FormattableString.Invariant($"{share:P0}") : "-";

    /// <summary>A length of time: <c>1.5 h</c>, <c>12 min</c>.</summary>
    public static string Time(TimeSpan time) =>
        time.TotalHours >= 1 ? FormattableString.Invariant($"{time.TotalHours:0.0} h")
        : time.TotalMinutes >= 1 ? FormattableString.Invariant($"{time.TotalMinutes:0} min")
        : FormattableString.Invariant($"{time.TotalSeconds:0} s");

    /// <summary>All of it in one sentence; null when there is nothing to say.</summary>
    public static string? Total(RunGuidance guidance)
    {
        if (guidance.Loops.Length + guidance.FailingSteps.Length == 0)
            return null;
        var loops = guidance.Loops.Sum(loop => loop.Count);
        return FormattableString.Invariant(
            $"{loops:N0} {(loops == 1 ? "loop" : "loops")} and retries, {guidance.FailingSteps.Length:N0} {(guidance.FailingSteps.Length == 1 ? "step" : "steps")} that nearly always {(guidance.FailingSteps.Length == 1 ? "fails" : "fail")}: {guidance.Turns:N0} turns, {guidance.Tokens:N0} tokens, {Time(guidance.Duration)} without progress"
        );
    }
}
