using System.Collections;
using PatternAnalysis.Approvals;
using PatternAnalysis.Copies;
using PatternAnalysis.Events;
using PatternAnalysis.Reporting;
using PatternAnalysis.Tests.Reporting;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Copies;

/// <summary>What a run came to is reported as it was after it left the session.</summary>
public class SummaryCopyTests
{
    private static readonly DateTimeOffset s_monday = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_report_of_a_copy_says_all_that_the_report_of_the_summary_does()
    {
        var summary = Full(PlantedRoutines.Analyse());

        var copy = Assert.IsType<AnalysisSummary>(ObjectCopy.Read(new PropertyView(summary), typeof(AnalysisSummary)));

        var report = Reports.Write(summary, ReportFormat.Markdown);
        Assert.Contains("over time", report, StringComparison.Ordinal);
        Assert.Contains("What became of what you approved", report, StringComparison.Ordinal);
        Assert.Equal(report, Reports.Write(copy, ReportFormat.Markdown));
        Assert.Equal(summary.Comparison!.Gone[0].WorthUsdPer30DaysLow, copy.Comparison!.Gone[0].WorthUsdPer30DaysLow);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no object")]
    [InlineData("""{"Comparison": {"Runs": [{"RunId": 1, "Window": {"Since": "2026-03-03", "Until": "2026-03-02"}}]}}""")]
    public void A_copy_whose_text_nobody_can_read_keeps_its_numbers(string text)
    {
        var summary = PlantedRoutines.Analyse();

        var copy = Assert.IsType<AnalysisSummary>(ObjectCopy.Read(new PropertyView(summary, text), typeof(AnalysisSummary)));

        Assert.Equal((summary.PatternsFound, null), (copy.PatternsFound, copy.Comparison));
    }

    private static AnalysisSummary Full(AnalysisSummary summary)
    {
        var gone = new PatternApproval
        {
            PatternId = "0123456789abcdef",
            Status = PatternStatus.Pending,
            ToolSequence = "Plan→Build",
            OccurrenceCount = 7,
            LastEvidenceAt = s_monday,
            Worth = new StoredWorth
            {
                Kind = WorthKind.Script,
                Rank = 1,
                WorthUsdPer30Days = 20,
                Interval = (0.5, 2),
            },
        };
        var run = new PastRun
        {
            RunId = 1,
            StartedAt = s_monday,
            Window = new TimeWindow(s_monday, s_monday.AddDays(1)),
        };
        return summary with
        {
            SpentByDay = [new DaySpending(new DateOnly(2026, 3, 2), 3, 1), new DaySpending(new DateOnly(2026, 3, 4), 2, 1)],
            Adopted =
            [
                new AdoptedPattern
                {
                    PatternId = "x",
                    Adopted = ["make"],
                    ToolSequence = "A→B",
                },
            ],
            Comparison = new RunComparison([run], [], [gone]),
        };
    }

    // As PowerShell's serializer leaves an object: its properties, and the text beside them.
    private sealed class PropertyView(object source, string? text = null) : IObjectView
    {
        public IEnumerable<string> Names => source.GetType().GetProperties().Select(property => property.Name);

        public object? this[string name] =>
            name == ObjectCopy.PropertyName
                ? text ?? ObjectCopy.Write(source)
                : Plain(source.GetType().GetProperty(name)?.GetValue(source));

        private static object? Plain(object? value) =>
            value switch
            {
                null or string or IConvertible or DateTimeOffset or TimeSpan or TimeWindow => value,
                IDictionary counts => new CountView(counts),
                not IEnumerable => new PropertyView(value),
                IEnumerable list => list.Cast<object?>().ToArray(),
            };
    }

    private sealed class CountView(IDictionary counts) : IObjectView
    {
        public IEnumerable<string> Names => counts.Keys.OfType<string>();

        public object? this[string name] => counts[name];
    }
}
