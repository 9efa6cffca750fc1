using System.Globalization;
using PatternAnalysis.Approvals;
using PatternAnalysis.Classification;
using PatternAnalysis.Events;
using PatternAnalysis.Masking;
using PatternAnalysis.Metrics;
using PatternAnalysis.Mining;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Analysis;

/// <summary>The whole analysis in one call: events, sequences, patterns, metrics, states, rows. The pipeline of cmdlets makes the same steps one by one.</summary>
public sealed class DailyAnalysis(IHookEventReader events, IPatternApprovalStore approvals, IRunHistory? history = null)
{
    /// <summary>Runs the analysis.</summary>
    /// <exception cref="PatternAnalysisException">A store can't be read or written. When it can be written, the failed run leaves a row there.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing was saved.</exception>
    public AnalysisSummary Run(AnalysisOptions options, IProgress<AnalysisStage>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var startedAt = DateTimeOffset.UtcNow;

        // Made first: they check their options, and bad arguments must fail before any work.
        var measurer = new PatternMeasurer(options.Metric);
        var classifier = new PatternClassifier(options.Policy);
        try
        {
            progress?.Report(new AnalysisStage("Reading hook events", 0));
            var sequencer = new EventSequencer(options.Query, options.Activity);
            events.Read(sequencer.StoreQuery, sequencer, cancellationToken);
            var corpus = sequencer.Build();

            progress?.Report(new AnalysisStage(Text($"Mining {corpus.StepCount:N0} steps of {corpus.Count:N0} sessions"), 40));
            var found = PatternMiner.Mine(corpus, options.Mining, cancellationToken);

            progress?.Report(new AnalysisStage(Text($"Measuring and classifying {found.Count:N0} patterns"), 60));
            ClassifiedPattern[] patterns = [.. found.Select(pattern => measurer.MeasureShown(pattern, cancellationToken)).OfType<MeasuredPattern>().Select(classifier.Classify)];

            var run = RunRecord.Of(startedAt, corpus, patterns, options.CoincidenceLimit, cancellationToken);
            progress?.Report(new AnalysisStage(options.DryRun ? "Comparing with the stored patterns (nothing is saved)" : "Saving", 80));
            var saved = options.DryRun ? approvals.Preview(run, cancellationToken) : approvals.Save(run, cancellationToken);
            progress?.Report(new AnalysisStage("Done", 100));
            return AnalysisSummary.Of(run, saved, options.DryRun) with
            {
                Comparison = history is null ? null : RunComparison.Of(run, saved, history),
            };
        }
        catch (PatternAnalysisException error) when (!options.DryRun)
        {
            RecordFailure(startedAt, options.Query.Window, error);
            throw;
        }
    }

    private void RecordFailure(DateTimeOffset startedAt, TimeWindow window, PatternAnalysisException error)
    {
        try
        {
            approvals.SaveFailure(startedAt, window, SecretMasker.Mask(error.Message));
        }
        catch (PatternAnalysisException unsaved)
        {
            // The store itself is what failed: the first error says more, and it goes to the caller with this one attached.
            error.Data["RunNotRecorded"] = unsaved.Message;
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
