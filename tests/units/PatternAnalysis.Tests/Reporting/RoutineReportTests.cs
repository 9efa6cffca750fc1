using System.Text.Json;
using PatternAnalysis.Analysis;
using PatternAnalysis.Reporting;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Reporting;

public class RoutineReportTests
{
    private static readonly AnalysisSummary s_summary = PlantedRoutines.Analyse();

    [Theory]
    [InlineData(ReportFormat.Markdown)]
    [InlineData(ReportFormat.Html)]
    public void A_report_opens_with_the_routines_then_loops_then_what_is_not_automatable_then_the_states(ReportFormat format)
    {
        var report = Reports.Write(s_summary, format);
        var heads = new[]
        {
            "Routines, by what they are worth",
            "Loops and retries",
            "Steps that nearly always fail",
            "True, and nothing to automate",
            "Approved by policy (",
            "Waiting for review (",
        };

        var places = heads.Select(head => report.IndexOf(head, StringComparison.Ordinal)).ToArray();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    [Theory]
    [InlineData(ReportFormat.Markdown)]
    [InlineData(ReportFormat.Html)]
    public void A_routine_says_what_it_is_what_goes_away_and_what_to_build(ReportFormat format)
    {
        var report = Reports.Write(s_summary, format);

        Assert.Contains("make lint", report, StringComparison.Ordinal);
        Assert.Contains("a hook that runs it after edits", report, StringComparison.Ordinal);
        Assert.Contains("a skill or a slash command: a model writes the message", report, StringComparison.Ordinal);
        Assert.Contains("of cash (assumed; 95 % interval $", report, StringComparison.Ordinal);
        Assert.Contains("lint: ", report, StringComparison.Ordinal);
    }

    [Fact]
    public void The_object_for_scripts_holds_loops_and_failing_steps()
    {
        using var json = JsonDocument.Parse(Reports.Write(s_summary, ReportFormat.Json));
        var loop = json.RootElement.GetProperty("loops").EnumerateArray().First();
        var step = json.RootElement.GetProperty("failing_steps").EnumerateArray().Single();

        Assert.Equal("RedToGreen", loop.GetProperty("kind").GetString());
        Assert.Equal("Bash(make lint)", loop.GetProperty("activity").GetString());
        Assert.Equal(6, loop.GetProperty("count").GetInt32());
        Assert.Equal("Bash(tool sync)", step.GetProperty("activity").GetString());
        Assert.Equal(1, step.GetProperty("failure_share").GetDouble());
        Assert.Equal("unknown command sync", step.GetProperty("errors")[0].GetString());
    }

    [Fact]
    public void The_summary_says_in_one_line_what_went_round()
    {
        var lines = SummaryText.Format(s_summary).Split('\n').Where(line => line.StartsWith("Loops: ", StringComparison.Ordinal));

        Assert.Contains("6 loops and retries, 1 step that nearly always fails", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_for_spreadsheets_has_rank_kind_and_worth()
    {
        var lines = Reports.Write(s_summary, ReportFormat.Csv).TrimStart('\ufeff').Split("\r\n");

        foreach (var column in new[] { "rank", "part_of", "kind", "saved_turns", "hit_share", "worth_usd", "worth_usd_30d" })
            Assert.Contains(column, lines[0].Split(','));
        Assert.Contains("\"Hook\"", lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(HostileNames.All), MemberType = typeof(HostileNames))]
    public void A_hostile_error_or_command_stays_text(string name)
    {
        var guidance = new RunGuidance(
            [new GuidanceLoop(LoopKind.RedToGreen, name, 1, 1, 1, 1, 1, TimeSpan.FromMinutes(1), null, [name])],
            [new FailingStep(name, 5, 5, 3, 1, 1, 1, TimeSpan.FromMinutes(1), [name])],
            2,
            2,
            TimeSpan.FromMinutes(2)
        );
        var page = new StringWriter();
        PatternAnalysis.Reporting.Html.HtmlGuidance.Write(page, guidance);

        var text = System.Xml.Linq.XElement.Parse($"<page>{page}</page>");
        Assert.Equal(
            ["bdi", "div", "h2", "p", "page", "table", "tbody", "td", "th", "thead", "tr"],
            text.DescendantsAndSelf().Select(element => element.Name.LocalName).Distinct().Order()
        );
    }
}
