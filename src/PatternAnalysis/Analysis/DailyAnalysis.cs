using System.Runtime.CompilerServices;
using PatternAnalysis.Approvals;
using PatternAnalysis.Classification;
using PatternAnalysis.Events;
using PatternAnalysis.Masking;
using PatternAnalysis.Metrics;
using PatternAnalysis.Mining;
using PatternAnalysis.Options;
using PatternAnalysis.Sequences;
using PatternAnalysis.Worth;

namespace PatternAnalysis.Analysis;

/// <summary>
/// The whole analysis in one call: events, sequences, patterns, metrics, states, rows. The pipeline of cmdlets makes the same steps one by
/// one.
/// </summary>
/// <param name="events">The events.</param>
/// <param name="approvals">The stored patterns.</param>
/// <param name="history">The runs that were saved, to compare with.</param>
/// <param name="usage">What messages used and calls answered, to price turns by; without it a cost is assumed.</param>
/// <param name="nodeEvents">
/// The events, read from each server that holds some, for what takes more than <see cref="AnalysisEngine.Database"/> can count.
/// </param>
/// <param name="origins">Tells reports where the sessions come from.</param>
/// <param name="openCounter">Opens what counts where the events are, for <see cref="AnalysisEngine.Database"/>.</param>
public sealed class DailyAnalysis(
    IHookEventReader events,
    IPatternApprovalStore approvals,
    IRunHistory? history = null,
    Func<IPatternCounter>? openCounter = null,
    IUsageReader? usage = null,
    IHookEventReader? nodeEvents = null,
    ISessionOriginReader? origins = null
)
{
    // Measuring begins at this percent of the run and takes that many; progress is told after each so many patterns.
    private const int MeasuringFrom = 60;
    private const int MeasuringShare = 20;
    private const int ReportedPatterns = 100;

    // What fewer steps leave is no more than a collector lets lie anyway.
    private const int StepsWorthCollecting = 1_000_000;

    /// <summary>Runs the analysis.</summary>
    /// <exception cref="PatternAnalysisException">A store can't be read or written. When it can be written, the failed run leaves a row
    /// there.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing was saved.</exception>
    public AnalysisSummary Run(
        AnalysisOptions options,
        IProgress<AnalysisStage>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        var startedAt = DateTimeOffset.UtcNow;

        // First: bad arguments must fail before any work.
        options.Check();
        var measurer = new PatternMeasurer(options.Metric);
        var appraiser = new PatternAppraiser(options.Worth);
        var classifier = new PatternClassifier(options.Policy);
        try
        {
            using var counter = options.Engine == AnalysisEngine.Database ? OpenCounter(options) : null;
            var found =
                (counter is null ? null : Count(counter, options, progress, cancellationToken))
                ?? Read(options, counter?.Declined, progress, cancellationToken);

            var measuring = new AnalysisStage(Text($"Measuring and classifying {found.Patterns.Count:N0} patterns"), MeasuringFrom);
            progress?.Report(measuring);
            var inOrder = PatternMiner.InOrder(found, cancellationToken);
            var measured = new List<MeasuredPattern>();
            for (var done = 0; done < inOrder.Count; done++)
            {
                if (done > 0 && done % ReportedPatterns == 0)
                    progress?.Report(measuring with { Percent = MeasuringFrom + done * MeasuringShare / inOrder.Count });
                if (measurer.MeasureShown(inOrder[done], cancellationToken) is { } shown)
                    measured.Add(shown);
            }

            ClassifiedPattern[] patterns = [.. appraiser.Appraise(measured, cancellationToken).Select(classifier.Classify)];

            var spending = usage is null
                ? null
                : SpendingMeter.Measure(usage, options.Query.Window, appraiser.ValuesOf(found), options.Worth, cancellationToken);
            var spent = spending?.Total;
            var couldGo = spent is null ? SavingTotal.Of(patterns) : SavingTotal.Of(patterns).AtMost(spent);
            var byClass = appraiser.SpentByClass(found);
            var run = CompletedRun.Of(startedAt, found, patterns, options.Saving.CoincidenceLimit, cancellationToken) with
            {
                Money = spent is null ? null : couldGo.Beside(spent),
                SpentByClass = byClass,
                Origins = origins,
                ReportWindow = options.ReportWindow,
                WindowActivity = options.ReportWindow is { } window ? found.CountIn(window) : null,
                Options = StoredOptions.Write(options),
            };
            progress?.Report(new AnalysisStage(options.DryRun ? "Comparing with the stored patterns (nothing is saved)" : "Saving", 80));
            var saved = options.DryRun ? approvals.Preview(run, cancellationToken) : approvals.Save(run, cancellationToken);
            progress?.Report(new AnalysisStage("Done", 100));
            return AnalysisSummary.Of(run, saved, options.DryRun) with
            {
                Spent = spent,
                SpentByDay = spending is { } known ? SavingTotal.ByDay(patterns, known.DayOfSession, known.ByDay) : [],
                CouldGo = couldGo,
                Guidance = appraiser.FindGuidance(found),
                SpentByClass = byClass,
                Comparison = history is null ? null : RunComparison.Of(run, saved, history),
            };
        }
        catch (PatternAnalysisException error) when (!options.DryRun)
        {
            RecordFailure(startedAt, options, error);
            throw;
        }
    }

    private MiningRun Read(
        AnalysisOptions options,
        string? because,
        IProgress<AnalysisStage>? progress,
        CancellationToken cancellationToken
    )
    {
        progress?.Report(new AnalysisStage(because is null ? "Reading hook events" : $"Reading hook events: {because}", 0));
        var corpus = ReadCorpus(options, cancellationToken);
        if (corpus.StepCount > StepsWorthCollecting)
        {
            // Twice what is kept was only read, and nothing shows the collector that it is no longer needed. It would also keep the room.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }

        progress?.Report(new AnalysisStage(Text($"Mining {corpus.StepCount:N0} steps of {corpus.Count:N0} sessions"), 40));
        return PatternMiner.Run(corpus, options.Mining, cancellationToken);
    }

    // By itself, so that nothing of a reading is held behind its end.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private SequenceCorpus ReadCorpus(AnalysisOptions options, CancellationToken cancellationToken)
    {
        var sequencer = new EventSequencer(options.Query, options.Activity with { ReadsOutcomes = true });
        var reader = options.Engine == AnalysisEngine.Database ? nodeEvents! : events;
        reader.Read(sequencer.StoreQuery, sequencer, cancellationToken);
        if (usage is not null)
            sequencer.ReadUsage(usage, cancellationToken);
        return sequencer.Build();
    }

    private static MiningRun? Count(
        IPatternCounter counter,
        AnalysisOptions options,
        IProgress<AnalysisStage>? progress,
        CancellationToken cancellationToken
    )
    {
        progress?.Report(new AnalysisStage("Counting sub-sequences in the database", 0));
        return CountingMiner.Run(counter, options.Query, options.Activity, options.Mining, cancellationToken);
    }

    /// <summary>What counts in the database; null when it takes the steps themselves, which are read from where they lie.</summary>
    private IPatternCounter? OpenCounter(AnalysisOptions options)
    {
        if (openCounter is null || nodeEvents is null)
        {
            throw new PatternAnalysisException(
                ErrorCatalogue.EngineUnsupported,
                "This database can't count patterns itself: it takes PostgreSQL. Use the engine Memory (-Engine Memory)."
            );
        }

        var onlyCounts =
            options.Metric.SavingsModel != SavingsModel.Measured && CountingMiner.Suffices(options.Query, options.Activity, options.Mining);
        return onlyCounts ? openCounter() : null;
    }

    private void RecordFailure(DateTimeOffset startedAt, AnalysisOptions options, PatternAnalysisException error)
    {
        try
        {
            approvals.SaveFailure(
                startedAt,
                options.ReportWindow ?? options.Query.Window,
                SecretMasker.Mask(error.Message),
                StoredOptions.Write(options)
            );
        }
        catch (PatternAnalysisException unsaved)
        {
            // The store itself is what failed: the first error says more, and it goes to the caller with this one attached.
            error.Data["RunNotRecorded"] = unsaved.Message;
        }
    }

    private static string Text(InvariantText text) => text.Take();
}
