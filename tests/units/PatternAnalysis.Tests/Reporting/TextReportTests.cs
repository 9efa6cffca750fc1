using System.Text.Json;
using PatternAnalysis.Reporting;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Reporting;

public class TextReportTests
{
    [Theory]
    [MemberData(nameof(HostileNames.All), MemberType = typeof(HostileNames))]
    public void A_hostile_name_stays_in_its_cell_of_a_Markdown_table(string name)
    {
        var report = Reports.Write(Reports.Routine("Read", name, "Write"), ReportFormat.Markdown);
        var rows = report
            .Split('\n')
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| Pattern", StringComparison.Ordinal))
            .ToArray();

        Assert.NotEmpty(rows);
        Assert.All(
            rows,
            row =>
                Assert.Equal(
                    15,
                    row.Replace("\\\\", "", StringComparison.Ordinal)
                        .Replace("\\|", "", StringComparison.Ordinal)
                        .Count(character => character == '|')
                )
        );
        Assert.DoesNotContain(rows, row => row.Contains('<', StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(HostileNames.All), MemberType = typeof(HostileNames))]
    public void A_hostile_name_is_one_field_of_CSV(string name)
    {
        var rows = ParseCsv(Reports.Write(Reports.Routine("Read", name, "Write"), ReportFormat.Csv));

        Assert.True(rows.Count >= 2);
        Assert.All(rows, row => Assert.Equal(rows[0].Count, row.Count));
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1+1")]
    [InlineData("  =1+1")]
    [InlineData("＝1+1")]
    public void No_field_of_CSV_begins_a_formula(string name)
    {
        var rows = ParseCsv(Reports.Write(Reports.Routine(name, "Write"), ReportFormat.Csv));
        var sequence = rows[1][rows[0].IndexOf("tool_sequence")];

        Assert.True(sequence.StartsWith('\'') || sequence.StartsWith('\\'), sequence);
    }

    [Fact]
    public void CSV_has_the_numbers_in_full()
    {
        var summary = Reports.Routine("Read", "Edit");
        var rows = ParseCsv(Reports.Write(summary, ReportFormat.Csv));

        Assert.Equal(
            summary.Patterns[0].PValue,
            double.Parse(rows[1][rows[0].IndexOf("p_value")], System.Globalization.CultureInfo.InvariantCulture)
        );
        Assert.Equal(summary.Patterns[0].PatternId, rows[1][0]);
    }

    [Theory]
    [InlineData(ReportFormat.Html, "ghp_***")]
    [InlineData(ReportFormat.Markdown, "ghp\\_\\*\\*\\*")]
    [InlineData(ReportFormat.Csv, "ghp_***")]
    [InlineData(ReportFormat.Json, "ghp_***")]
    public void Secrets_are_masked_in_every_format(ReportFormat format, string shown)
    {
        const string Secret = "ghp_abcdefghijklmnopqrstuvwxyz0123456789";
        // One in a name, and one in what came with the pattern from elsewhere.
        var summary = Reports.Routine("Read", Secret, "Write");
        summary = AnalysisSummary.Of([
            .. summary.Patterns.Select(pattern => new ClassifiedPattern(
                pattern,
                pattern.Policy,
                pattern.Danger,
                pattern.Decision with
                {
                    Reasons = [$"seen: {Secret}"],
                }
            )),
        ]);

        var report = Reports.Write(summary, format);

        Assert.Contains(shown, report, StringComparison.Ordinal);
        Assert.DoesNotContain("abcdefghijklmnop", report, StringComparison.Ordinal);
    }

    [Fact]
    public void JSON_is_one_object()
    {
        using var json = JsonDocument.Parse(Reports.Write(Reports.Routine("Read", "</script>"), ReportFormat.Json));

        Assert.Equal("Read→</script>", json.RootElement.GetProperty("patterns")[0].GetProperty("tool_sequence").GetString());
    }

    [Theory]
    [InlineData("a.md", ReportFormat.Markdown)]
    [InlineData("a", ReportFormat.Markdown)]
    [InlineData("a.HTML", ReportFormat.Html)]
    [InlineData("a.htm", ReportFormat.Html)]
    [InlineData("a.b/c.json", ReportFormat.Json)]
    [InlineData("a.csv", ReportFormat.Csv)]
    public void The_extension_asks_for_a_format(string path, ReportFormat format) => Assert.Equal(format, ReportWriters.FormatOf(path));

    [Fact]
    public void An_extension_of_no_format_is_refused() =>
        Assert.Equal("UnknownReportFormat", Assert.Throws<PatternAnalysisException>(() => ReportWriters.FormatOf("report.pdf")).ErrorId);

    // RFC 4180, read strictly: text outside quotes holds neither quotes nor line ends.
    private static List<List<string>> ParseCsv(string text)
    {
        Assert.StartsWith("\uFEFF", text, StringComparison.Ordinal);
        var rows = new List<List<string>> { new() };
        for (var at = 1; at < text.Length; )
        {
            if (text[at] == '"')
            {
                var end = at + 1;
                while (text[end] != '"' || (end + 1 < text.Length && text[end + 1] == '"'))
                    end += text[end] == '"' ? 2 : 1;
                rows[^1].Add(text[(at + 1)..end].Replace("\"\"", "\"", StringComparison.Ordinal));
                at = end + 1;
            }
            else
            {
                var end = text.IndexOfAny([',', '\r', '"', '\n'], at);
                Assert.True(text[end] is ',' or '\r');
                rows[^1].Add(text[at..end]);
                at = end;
            }

            if (text[at] == ',')
            {
                at++;
                continue;
            }

            Assert.Equal("\r\n", text.Substring(at, 2));
            at += 2;
            if (at < text.Length)
                rows.Add([]);
        }

        return rows;
    }
}
