using PatternAnalysis.Danger;
using PatternAnalysis.Payloads;

namespace PatternAnalysis.Activities;

/// <summary>How dangerous an activity is as far as its name tells.</summary>
internal static class ActivityVerdict
{
    /// <summary>
    /// The verdict on a name such as <c>mcp__files__delete</c> or <c>Bash(rm)+</c>. What a shell was told beside the program is not in the
    /// name, so the name can make it worse than unknown but never safe.
    /// </summary>
    public static DangerVerdict Of(string activity, DangerAssessor assessor)
    {
        var name = activity.EndsWith('+') ? activity[..^1] : activity;
        var detail = name.EndsWith(')') ? name.IndexOf('(', StringComparison.Ordinal) : -1;
        if (detail <= 0)
            return assessor.AssessToolUse(name, []);

        var tool = name[..detail];
        var verdict = assessor.AssessToolUse(tool, []);
        return ShellTool.DialectOf(tool) is { } dialect
            ? DangerVerdict.Worst(verdict, assessor.AssessCommand(name[(detail + 1)..^1], dialect))
            : verdict;
    }
}
