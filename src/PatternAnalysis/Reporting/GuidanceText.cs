using PatternAnalysis.Analysis;

namespace PatternAnalysis.Reporting;

/// <summary>The words for work that comes to nothing.</summary>
internal static class GuidanceText
{
    public const string Introduction =
        "Where work went round: a call failed and was tried again. Guidance, not savings: what is shown as lost was spent, "
        + "and no automation gives it back by itself. Calls that were refused or given up are no failures.";

    public const string FailingIntroduction =
        "Steps of which at least four of five calls fail, in several sessions: a mistake that is made again and again. "
        + "Mend what they call, or tell the agent not to.";

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
        $"{RunWords.Count(loop.Count, "time")} in {RunWords.Count(loop.SessionCount, "session")}";

    /// <summary>How often the next try passed.</summary>
    public static string Passed(GuidanceLoop loop) => loop.PassedShare is { } share ? ReportText.Text($"{share:P0}") : "-";

    /// <summary>A loop in a line, but for its name and its errors.</summary>
    public static string Describe(GuidanceLoop loop) =>
        $"{NameOf(loop.Kind)}: {HowOften(loop)}; lost {RunWords.Time(loop.Duration)}, {RunWords.Lost(loop.Turns, loop.Tokens)}; "
        + $"the next try passed: {Passed(loop)}";

    /// <summary>A step that fails in a line, but for its name and its errors.</summary>
    public static string Describe(FailingStep step) =>
        ReportText.Text($"{step.FailedCount:N0} of {step.CallCount:N0} calls, in {RunWords.Count(step.SessionCount, "session")}; ")
        + $"lost {RunWords.Time(step.Duration)}, {RunWords.Lost(step.Turns, step.Tokens)}";
}
