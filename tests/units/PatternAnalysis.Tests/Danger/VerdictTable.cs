using PatternAnalysis.Danger;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Tests.Danger;

/// <summary>
/// Tables of commands with the verdicts that are right: command (<c>\n \r \t \\</c> escaped), language (or <c>tool</c> for a tool's
/// name), verdicts, and what kind of case it is.
/// </summary>
internal static class VerdictTable
{
    public static TheoryData<string, string, string> Read(string resource)
    {
        var rows = new TheoryData<string, string, string>();
        using var stream = typeof(VerdictTable).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split('\t');
            rows.Add(fields[0], fields[1], fields[2]);
        }

        return rows;
    }

    public static void AssertVerdict(string command, string language, string verdicts)
    {
        var text = Unescape(command);
        var verdict = language switch
        {
            "tool" => DangerTests.Assessor.AssessToolUse(text, []),
            "powershell" => DangerTests.Assessor.AssessCommand(text, ShellDialect.PowerShell),
            _ => DangerTests.Assessor.AssessCommand(text, ShellDialect.Posix),
        };

        Assert.Contains(verdict.Level, verdicts.Split('|').Select(name => Enum.Parse<DangerLevel>(name, ignoreCase: true)));
    }

    private static string Unescape(string text) =>
        text.Replace("\\\\", "\0", StringComparison.Ordinal)
            .Replace("\\n", "\n", StringComparison.Ordinal)
            .Replace("\\r", "\r", StringComparison.Ordinal)
            .Replace("\\t", "\t", StringComparison.Ordinal)
            .Replace('\0', '\\');
}
