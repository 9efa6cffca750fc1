using PatternAnalysis.Danger;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Tests.Danger;

internal static class DangerTests
{
    public static DangerAssessor Assessor { get; } = new(DangerRuleSet.BuiltIn);

    public static DangerVerdict Bash(string command) => Assessor.AssessCommand(command, ShellDialect.Posix);

    public static DangerVerdict PowerShell(string command) => Assessor.AssessCommand(command, ShellDialect.PowerShell);
}
