using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using PatternAnalysis.Effect;
using PatternAnalysis.Events;
using PatternAnalysis.Import;
using PatternAnalysis.Reporting;
using PatternAnalysis.Reporting.Html;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Reporting;

/// <summary>What reports say of money over time and of what became of approvals.</summary>
public class MoneyReportTests
{
    private static readonly AnalysisSummary s_summary = PlantedRoutines.Analyse();

    [Theory]
    [InlineData(ReportFormat.Markdown)]
    [InlineData(ReportFormat.Html)]
    public void What_became_of_an_approval_stands_in_the_report_with_its_controls_and_its_cash(ReportFormat format)
    {
        var report = Reports.Write(s_summary with { Adopted = [Adopted("make check")] }, format);

        Assert.Contains("What became of what you approved", report, StringComparison.Ordinal);
        Assert.Contains("make check", report, StringComparison.Ordinal);
        Assert.Contains("shrank", report, StringComparison.Ordinal);
        Assert.Contains("control: Look", report, StringComparison.Ordinal);
        Assert.Contains("12.00 to 34.00", report, StringComparison.Ordinal);
        Assert.Contains("cash: $1.50 (1.00 to 2.00)", report, StringComparison.Ordinal);
    }

    [Fact]
    public void The_object_for_scripts_holds_the_measurement_as_effect_prints_it()
    {
        var json = Reports.Write(s_summary with { Adopted = [Adopted("make check")] }, ReportFormat.Json);
        var effect = JsonDocument.Parse(json).RootElement.GetProperty("effects")[0];

        Assert.Equal("make check", effect.GetProperty("adopted_as")[0].GetString());
        Assert.Equal("Shrank", effect.GetProperty("effect").GetProperty("verdict_id").GetString());
    }

    [Theory]
    [InlineData(ReportFormat.Markdown)]
    [InlineData(ReportFormat.Html)]
    [InlineData(ReportFormat.Json)]
    [InlineData(ReportFormat.Csv)]
    public void A_measurement_that_nobody_can_read_ends_no_report(ReportFormat format)
    {
        foreach (var stored in new[] { null, "", "{", "[]", "7", "{}", """{"verdict": 7}""" })
            Assert.NotEmpty(Reports.Write(s_summary with { Adopted = [Adopted("x") with { Effect = stored }] }, format));
    }

    [Fact]
    public void What_has_no_interval_yet_shows_none()
    {
        var early = EffectOf("Look").Replace("0.05", "null", StringComparison.Ordinal).Replace("0.2,", "null,", StringComparison.Ordinal);

        var rows = StoredEffect.Read(early)!.Rows;

        Assert.Contains("–", rows.Select(row => row.Interval));
        Assert.DoesNotContain("– to –", rows.Select(row => row.Interval));
    }

    [Theory]
    [MemberData(nameof(HostileNames.All), MemberType = typeof(HostileNames))]
    public void A_hostile_name_stays_text(string name)
    {
        var page = new StringWriter();
        HtmlEffects.Write(page, s_summary with { Adopted = [Adopted(name) with { ToolSequence = name, Effect = EffectOf(name) }] });

        var text = XElement.Parse($"<page>{page}</page>");
        Assert.DoesNotContain(text.Descendants(), element => element.Name.LocalName is "script" or "img" or "svg");
    }

    [Fact]
    public void Days_are_drawn_and_listed_and_those_without_spending_have_their_place()
    {
        var summary = s_summary with { SpentByDay = [Day(2, 3, 1), Day(5, 4, 0.5)] };

        Assert.Equal(4, XElement.Parse(MoneyOverTimeChart.Draw(MoneyPeriod.Of(summary.SpentByDay)).ToString()).Elements().Count(IsBar) / 2);
        Assert.Contains("| 2026-03-02 | $3.00 | $1.00 |", Reports.Write(summary, ReportFormat.Markdown), StringComparison.Ordinal);
        Assert.Contains("2026-03-05: $4.00 spent, $0.50 could go", Reports.Write(summary, ReportFormat.Html), StringComparison.Ordinal);
        Assert.Contains("\"could_go_usd\": 0.5", Reports.Write(summary, ReportFormat.Json), StringComparison.Ordinal);
    }

    [Fact]
    public void Many_days_are_told_by_weeks_that_begin_on_monday_and_add_up_to_the_same()
    {
        DaySpending[] days = [.. Enumerable.Range(0, 100).Select(day => Day(day, day, day / 2.0))];

        var weeks = MoneyPeriod.Of(days);

        Assert.All(weeks, week => Assert.Equal((DayOfWeek.Monday, 7), (week.From.DayOfWeek, week.Days)));
        Assert.Equal(days.Sum(day => day.SpentUsd), weeks.Sum(week => week.SpentUsd), 9);
        Assert.Equal(days.Sum(day => day.CouldGoUsd), weeks.Sum(week => week.CouldGoUsd), 9);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3_652_058)]
    public void A_wrong_clock_neither_ends_the_report_nor_fills_it_with_empty_weeks(int dayNumber)
    {
        var wrong = new DaySpending(DateOnly.FromDayNumber(dayNumber), 1, 0.5);
        DaySpending[] days = [.. Enumerable.Range(0, 100).Select(day => Day(day, 2, 1)).Append(wrong).OrderBy(day => day.Day)];

        var weeks = MoneyPeriod.Of(days);

        Assert.InRange(weeks.Count, 15, 104);
        Assert.Equal(days.Sum(day => day.SpentUsd), weeks.Sum(week => week.SpentUsd), 9);
        Assert.Contains("in which something was spent are shown.", MoneyPeriod.Explanation(days), StringComparison.Ordinal);
        Assert.NotEmpty(Reports.Write(s_summary with { SpentByDay = days }, ReportFormat.Html));
    }

    [Fact]
    public void A_routine_of_one_person_or_one_application_among_several_says_so()
    {
        var pattern = s_summary.Patterns.First(pattern => pattern.Worth!.Kind == WorthKind.Hook);
        var holds = pattern.Place.SeenIn.Select(sighting => (sighting.SessionId, new SessionOrigin("app", "person 1"))).ToArray();

        var few = RoutineText.Against(pattern, new SessionOrigins([.. holds, ("other", new SessionOrigin("another", "person 2"))]));
        var alone = RoutineText.Against(pattern, new SessionOrigins(holds));

        Assert.Contains("done by one of 2 people only (person 1)", few);
        Assert.Contains("seen in one of 2 applications only (app)", few);
        Assert.DoesNotContain(alone, reason => reason.Contains("person 1", StringComparison.Ordinal));
    }

    [Fact]
    public void People_are_numbered_and_a_session_is_found_by_its_whole_name_first()
    {
        var origins = new SessionOrigins([
            ("team/1", new SessionOrigin("app", "ada@example.com")),
            ("s", new SessionOrigin("app", "bob")),
            ("t", new SessionOrigin("app", "ada@example.com")),
        ]);

        Assert.Equal("person 1", origins.Of("team/1").Person);
        Assert.Equal("person 2", origins.Of("s/agent#2").Person);
        Assert.Equal("person 1", origins.Of("t").Person);
        Assert.Equal(2, origins.PersonCount);
    }

    [Fact]
    public void An_imports_object_says_what_could_not_be_done_beside_it()
    {
        using var stream = new MemoryStream();
        ImportJson.Write(new ImportResult { Warning = "the run was not recorded" }, stream);

        Assert.Equal("the run was not recorded", JsonDocument.Parse(stream.ToArray()).RootElement.GetProperty("warning").GetString());
    }

    private static bool IsBar(XElement element) => element.Name.LocalName == "rect";

    private static DaySpending Day(int day, double spent, double couldGo) => new(new DateOnly(2026, 2, 28).AddDays(day), spent, couldGo);

    private static AdoptedPattern Adopted(string name) =>
        new()
        {
            PatternId = "0123456789abcdef",
            Adopted = [name],
            ToolSequence = "Format→Test",
            ApprovedAt = new DateTimeOffset(2026, 3, 22, 0, 0, 0, TimeSpan.Zero),
            MeasuredAt = new DateTimeOffset(2026, 4, 22, 0, 0, 0, TimeSpan.Zero),
            Effect = EffectOf("Look"),
        };

    private static string EffectOf(string control)
    {
        using var stream = new MemoryStream();
        EffectJson.Write(
            new PatternEffect
            {
                Name = "Format→Test",
                Cut = new DateTimeOffset(2026, 3, 22, 0, 0, 0, TimeSpan.Zero),
                Exposure = ExposureKind.Edit,
                Verdict = EffectVerdict.Shrank,
                Explanation = "shrank: x 0.10 [0.05, 0.20]",
                Measured = Ratio("Format→Test"),
                Adopted = Ratio("adopted"),
                Controls = [Ratio(control)],
                Groups = [Ratio("person 1")],
                Realised = new RealisedSavings(20, 12, 34, 1.5m, 1, 2),
            },
            stream
        );
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static RateRatio Ratio(string name) => new(name, new RateSide(20, 40, 20), new RateSide(20, 40, 2), 0.1, 0.05, 0.2);
}
