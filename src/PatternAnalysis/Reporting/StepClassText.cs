using PatternAnalysis.Analysis;
using PatternAnalysis.Metrics;

namespace PatternAnalysis.Reporting;

/// <summary>How the classes of steps are called.</summary>
internal static class StepClassText
{
    /// <summary>The short name that the definition of worth gives a class.</summary>
    public static string NameOf(StepClass stepClass) =>
        stepClass switch
        {
            StepClass.Constant => "const",
            StepClass.Bound => "bound",
            StepClass.Parameter => "param",
            StepClass.Message => "msg",
            StepClass.Look => "look",
            StepClass.Free => "free",
            _ => "unknown",
        };

    /// <summary>What the steps of a class took, in a line.</summary>
    /// <param name="spending">What they took.</param>
    /// <param name="all">The turns of all classes.</param>
    public static string Describe(ClassSpending spending, double all) =>
        $"{NameOf(spending.Class)}, {Explain(spending.Class)}: {RunWords.Count(spending.Turns, "turn")} "
        + ReportText.Text($"({spending.Turns / all:P0}), {spending.Tokens:N0} tokens");

    /// <summary>What it says of a step.</summary>
    public static string Explain(StepClass stepClass) =>
        stepClass switch
        {
            StepClass.Constant => "runs as it stands",
            StepClass.Bound => "what varies was named by the calls before: a script can fill it in",
            StepClass.Parameter => "what varies the caller gives",
            StepClass.Message => "a model writes one text, the rest is given",
            StepClass.Look => "a model reads, then decides",
            StepClass.Free => "a model thinks it up",
            _ => "the events do not say what the tool was given",
        };
}
