using PatternAnalysis.Activities;
using PatternAnalysis.Danger;
using PatternAnalysis.Sequences;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Mining;

/// <summary>What a verdict is about, in a word or two: <c>rm</c>, <c>git reset</c>, a tool's name.</summary>
internal static class OperationName
{
    private const int MaximumLength = 60;

    /// <summary>The name.</summary>
    public static string Of(DangerVerdict verdict)
    {
        var label = verdict.Segment is { } segment ? SegmentLabel.Of(ShellReader.Read(segment, ShellDialect.Posix)) : null;
        var name = label ?? verdict.Category ?? StepText.AnyDestructive;
        return name.Length <= MaximumLength ? name : name[..MaximumLength];
    }
}
