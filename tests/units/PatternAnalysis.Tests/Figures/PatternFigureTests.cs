using System.Text.Json;
using PatternAnalysis.Figures;
using PatternAnalysis.Reporting;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Figures;

/// <summary>A figure is defined once, and every format shows it.</summary>
public class PatternFigureTests
{
    private static readonly AnalysisSummary s_summary = Reports.Analyse([
        .. Enumerable.Repeat<string[]>(["Read", "Edit", "Write"], 20),
        .. Enumerable.Repeat<string[]>(["Plan"], 22),
    ]);

    [Fact]
    public void Every_figure_has_a_name_of_its_own_and_one_sentence()
    {
        Assert.Equal(PatternFigures.All.Count, PatternFigures.All.Select(figure => figure.Name).Distinct().Count());
        Assert.All(PatternFigures.All, figure => Assert.Matches("^[a-z]+(_[a-z]+)*$", figure.Name));
        Assert.All(PatternFigures.All, figure => Assert.Matches(@"^[A-Z].*[^.]\.$", figure.Explanation));
    }

    [Fact]
    public void Files_of_data_hold_every_figure_to_its_last_digit()
    {
        var pattern = Assert.Single(s_summary.Patterns);
        var json = JsonDocument.Parse(Reports.Write(s_summary, ReportFormat.Json)).RootElement.GetProperty("patterns")[0];
        var lines = Reports.Write(s_summary, ReportFormat.Csv).TrimStart('\ufeff').Split("\r\n");
        var row = lines[0].Split(',').Zip(lines[1].Split(',')).ToDictionary(cell => cell.First, cell => cell.Second);

        foreach (var figure in PatternFigures.All)
        {
            var value = figure.Value(pattern);
            if (value is null)
            {
                Assert.Equal(JsonValueKind.Null, json.GetProperty(figure.Name).ValueKind);
                Assert.Equal("", row[figure.Name]);
                continue;
            }

            Assert.Equal(Convert.ToDouble(value), json.GetProperty(figure.Name).GetDouble());
            Assert.Equal(Convert.ToDouble(value), double.Parse(row[figure.Name], System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    [Theory]
    [InlineData(ReportFormat.Markdown)]
    [InlineData(ReportFormat.Html)]
    public void Reports_for_people_show_title_and_value_of_those_that_are_for_them(ReportFormat format)
    {
        var report = Reports.Write(s_summary, format);

        Assert.NotEmpty(PatternFigures.OfReports);
        foreach (var figure in PatternFigures.OfReports)
        {
            Assert.Contains(figure.Title, report, StringComparison.Ordinal);
            Assert.Contains(figure.ShowWithWhole(s_summary.Patterns[0]), report.Replace("&#x2B;", "+"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Where_a_value_is_not_known_a_table_shows_a_dash() =>
        Assert.Equal("-", new PatternFigure("none", "None", "Nothing is known of it.", _ => null, "N0").Show(s_summary.Patterns[0]));
}
