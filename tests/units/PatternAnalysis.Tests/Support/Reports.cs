using System.Text;
using PatternAnalysis.Classification;
using PatternAnalysis.Metrics;
using PatternAnalysis.Mining;
using PatternAnalysis.Reporting;

namespace PatternAnalysis.Tests.Support;

/// <summary>Runs over sequences that a test writes down, and their reports.</summary>
internal static class Reports
{
    public static AnalysisSummary Analyse(IEnumerable<IReadOnlyList<string>> sequences, ClassificationPolicy? policy = null)
    {
        var measurer = new PatternMeasurer(new MetricOptions());
        var classifier = new PatternClassifier(policy ?? new ClassificationPolicy());
        return AnalysisSummary.Of([
            .. PatternMiner
                .Mine(Corpus.Of(sequences), new MiningOptions())
                .Select(pattern => classifier.Classify(measurer.Measure(pattern))),
        ]);
    }

    /// <summary>Twenty sessions that do the same thing, so that it waits for review.</summary>
    public static AnalysisSummary Routine(params string[] steps) => Analyse(Enumerable.Repeat(steps, 20));

    public static string Write(AnalysisSummary summary, ReportFormat format)
    {
        using var stream = new MemoryStream();
        ReportWriters.For(format).Write(summary, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
