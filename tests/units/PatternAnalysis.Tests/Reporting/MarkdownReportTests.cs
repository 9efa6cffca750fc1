using PatternAnalysis.Classification;
using PatternAnalysis.Metrics;
using PatternAnalysis.Mining;
using PatternAnalysis.Reporting;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Reporting;

public class MarkdownReportTests
{
    [Fact]
    public void The_report_shows_each_pattern_with_its_numbers_and_reasons()
    {
        var report = Report([.. Corpus.Repeat("Read Edit Write", 20), .. Corpus.Repeat("Plan delete_branch", 5)]);

        Assert.Contains("| Read→Edit→Write | 20 of 25 | 20 |", report, StringComparison.Ordinal);
        Assert.Contains("## Rejected: destructive (1)", report, StringComparison.Ordinal);
        Assert.Contains("20 occurrences are fewer than 200; savings of $50.00 are below $5,000.00", report, StringComparison.Ordinal);
        Assert.Contains("at most a share 1 - c is expected to be coincidence", report, StringComparison.Ordinal);
        Assert.Contains("0 events were read in the window; 0 of them were left out.", report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a|b")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("[x](http://x)")]
    [InlineData("`code`")]
    [InlineData("line\nbreak")]
    public void A_hostile_name_stays_in_its_cell(string name)
    {
        var corpus = new PatternAnalysis.Sequences.SequenceCollector();
        for (var i = 0; i < 30; i++)
            corpus.Add(new ToolSequence($"s|{i}", [name, "Read"]));

        var row = Report(corpus.Build())
            .Split('\n')
            .Single(line => line.StartsWith("| ", StringComparison.Ordinal) && line.Contains("30 of 30", StringComparison.Ordinal));

        Assert.Equal(15, row.Replace("\\|", "", StringComparison.Ordinal).Count(character => character == '|'));
        Assert.DoesNotContain("<script", row, StringComparison.Ordinal);
        Assert.DoesNotContain("[x](", row, StringComparison.Ordinal);
        Assert.DoesNotContain(" `code", row, StringComparison.Ordinal);
    }

    private static string Report(IEnumerable<string> sequences) => Report(Corpus.Of([.. sequences]));

    private static string Report(PatternAnalysis.Sequences.SequenceCorpus corpus)
    {
        var (measurer, classifier) = (new PatternMeasurer(new MetricOptions()), new PatternClassifier(new ClassificationPolicy()));
        var writer = new StringWriter();
        MarkdownReportWriter.Write(
            AnalysisSummary.Of([
                .. PatternMiner.Mine(corpus, new MiningOptions()).Select(pattern => classifier.Classify(measurer.Measure(pattern))),
            ]),
            writer
        );
        return writer.ToString();
    }
}
