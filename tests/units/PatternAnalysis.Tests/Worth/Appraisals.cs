using PatternAnalysis.Activities;
using PatternAnalysis.Events;
using PatternAnalysis.Metrics;
using PatternAnalysis.Mining;
using PatternAnalysis.Sequences;
using PatternAnalysis.Tests.Support;
using PatternAnalysis.Worth;

namespace PatternAnalysis.Tests.Worth;

/// <summary>Appraises recorded calls, from the events on.</summary>
internal static class Appraisals
{
    public static IReadOnlyList<MeasuredPattern> Of(
        RecordedCalls calls,
        IUsageReader? usage = null,
        WorthOptions? options = null,
        ActivityModel model = ActivityModel.Adaptive
    ) => Of(Corpus(calls, usage, model), options);

    public static IReadOnlyList<MeasuredPattern> Of(SequenceCorpus corpus, WorthOptions? options = null) =>
        new PatternAppraiser(options ?? new WorthOptions()).Appraise(Measured(corpus));

    public static IReadOnlyList<MeasuredPattern> Measured(SequenceCorpus corpus)
    {
        var measurer = new PatternMeasurer(new MetricOptions());
        return
        [
            .. PatternMiner.Mine(corpus, new MiningOptions()).Select(pattern => measurer.MeasureShown(pattern)).OfType<MeasuredPattern>(),
        ];
    }

    public static SequenceCorpus Corpus(RecordedCalls calls, IUsageReader? usage = null, ActivityModel model = ActivityModel.Adaptive)
    {
        var sequencer = new EventSequencer(new EventQuery(), new ActivityOptions { Model = model, ReadsOutcomes = true });
        calls.Read(sequencer.StoreQuery, sequencer, CancellationToken.None);
        if (usage is not null)
            sequencer.ReadUsage(usage);
        return sequencer.Build();
    }

    public static PatternWorth WorthOf(this IReadOnlyList<MeasuredPattern> patterns, string steps) =>
        patterns.Single(pattern => pattern.ToolSequence == steps).Worth!;
}
