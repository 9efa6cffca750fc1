using PatternAnalysis.Danger;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Tests.Danger;

/// <summary>
/// Commands that an earlier version judged wrongly, in <c>judged-wrong-before.tsv</c>: command (<c>\n \r \t \\</c> escaped), language
/// (or <c>tool</c> for a tool's name), the verdicts that are right, why.
/// </summary>
public class JudgedWrongBeforeTests
{
    public static TheoryData<string, string, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string, string>();
            using var stream = typeof(JudgedWrongBeforeTests).Assembly.GetManifestResourceStream("judged-wrong-before.tsv")!;
            using var reader = new StreamReader(stream);
            reader.ReadLine();
            while (reader.ReadLine() is { } line)
            {
                var fields = line.Split('\t');
                rows.Add(fields[0], fields[1], fields[2]);
            }

            return rows;
        }
    }

    [Fact]
    public void The_table_is_there() => Assert.Equal(277, Rows.Count);

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_command_that_was_judged_wrongly_is_judged_rightly(string command, string language, string verdicts)
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
