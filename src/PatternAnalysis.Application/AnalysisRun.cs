using System.Globalization;
using System.Runtime.ExceptionServices;
using PatternAnalysis.Analysis;
using PatternAnalysis.Masking;
using PatternAnalysis.Metrics;
using PatternAnalysis.Notification;
using PatternAnalysis.Options;
using PatternAnalysis.Reporting;
using PatternAnalysis.Sequences;
using PatternAnalysis.Storage;
using PatternAnalysis.Storage.Recording;
using PatternAnalysis.Storage.Rules;
using PatternAnalysis.Storage.Steps;
using PatternAnalysis.Surfaces;

namespace PatternAnalysis.Application;

/// <summary>
/// A run from its options to the notification: what <c>Invoke-PatternAnalysis</c> and <c>analyze</c> both do. The fronts bind options and
/// show what is told.
/// </summary>
public sealed class AnalysisRun
{
    private readonly RunOptions _options;
    private readonly IReadOnlyList<INotificationSink> _sinks;
    private readonly IReadOnlyList<string> _skippedFiles;

    private AnalysisRun(RunOptions options, IReadOnlyList<INotificationSink> sinks, IReadOnlyList<string> skippedFiles)
    {
        _options = options;
        _sinks = sinks;
        _skippedFiles = skippedFiles;
    }

    /// <summary>Prepares a run: what can't work fails here, before a database is opened.</summary>
    /// <exception cref="PatternAnalysisException">The options, a rule file or the settings of the notification can't work.</exception>
    public static AnalysisRun Prepare(RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionCatalogue.Check(options);
        options.Window.Check(DateTimeOffset.UtcNow);
        options.Analysis.Check();
        options.Report.Check();
        var analysis = options.Analysis with
        {
            Activity = options.Analysis.Activity.LoadRules(),
            Worth = options.Analysis.Worth.LoadFiles(out var skipped),
        };
        return new AnalysisRun(options with { Analysis = analysis }, options.Notification.CreateSinks(options.Folder), skipped);
    }

    /// <summary>Runs it.</summary>
    /// <param name="database">The database; nothing is changed in it in a dry run.</param>
    /// <param name="dryRun">Whether nothing is saved, even when the options do not say so.</param>
    /// <param name="listener">The front.</param>
    /// <param name="cancellationToken">Ends it; nothing is saved then.</param>
    /// <exception cref="PatternAnalysisException">The database can't be read or written.</exception>
    /// <exception cref="IOException">The report can't be written; the run is saved all the same.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Execute(PatternDatabase database, bool dryRun, IRunListener listener, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(listener);
        if (!dryRun && !_options.Analysis.DryRun)
            database.FinishInterruptedWrite();
        var window = _options.Window.Resolve(DateTimeOffset.UtcNow, database.Runs);
        var analysis = _options.Analysis with
        {
            Query = _options.Analysis.Query with { Window = _options.Horizon.Of(window) },
            ReportWindow = _options.Horizon.EvidenceDays > 0 ? window : null,
            DryRun = _options.Analysis.DryRun || dryRun,
        };
        listener.Note($"Database: {database.Name}");
        foreach (var skipped in _skippedFiles)
            listener.Warn($"Left out {SurfaceText.Line(skipped)}.");
        var spool = analysis.DryRun ? SpoolDrain.Look(database) : SpoolDrain.Run(database, cancellationToken);
        if (spool.StoredCount > 0)
            listener.Note($"Stored {spool.StoredCount} events that recorders had left.");
        if (spool.Warning is { } warning)
            listener.Warn(warning);

        if (!analysis.DryRun)
            DeriveSteps(analysis, database, listener, cancellationToken);
        if (_options.FindAutomation)
            analysis = analysis with { Worth = FindAutomations(analysis, database, listener, cancellationToken) };
        var summary = new DailyAnalysis(
            database.Events,
            database.Approvals,
            database.Runs,
            database.OpenCounter,
            database.Usage,
            database.NodeEvents,
            database.Origins
        ).Run(analysis, listener, cancellationToken);
        if (summary.TotalSessions == 0)
            listener.Warn(database.ExplainEmpty(analysis.Query, new EventReading(summary.Window, summary.EventCount, summary.Excluded)));

        // The run is saved: it is reported and told of whatever becomes of measuring, which reads the events of all time.
        var interruption = summary.DryRun ? null : MeasureEffects(database, listener, cancellationToken);
        summary = summary with { Adopted = ReadEffects(database, listener) };
        listener.Finish(summary);
        WriteReport(summary, listener);

        // Whoever stops a run waits for no server; the next one tells what this one did not.
        if (!cancellationToken.IsCancellationRequested)
            NotifyReviewers(summary, database, listener, cancellationToken);
        interruption?.Throw();
    }

    private static WorthOptions FindAutomations(
        AnalysisOptions analysis,
        PatternDatabase database,
        IRunListener listener,
        CancellationToken cancellationToken
    )
    {
        var projects = WorkingFolders.Find(database, analysis.Query.Window, cancellationToken);
        listener.Note($"Looked for automations in: {SurfaceText.Line(SecretMasker.Mask(string.Join(", ", projects)))}");
        var worth = analysis.Worth.LookInto([.. analysis.Worth.AutomationPath.Union(projects)], out var skipped);
        foreach (var line in skipped)
            listener.Warn($"Left out {SurfaceText.Line(line)}.");
        return worth;
    }

    // Without them a run reads the events themselves; what can't take them does so anyway, and would only pay for them.
    private static void DeriveSteps(
        AnalysisOptions analysis,
        PatternDatabase database,
        IRunListener listener,
        CancellationToken cancellationToken
    )
    {
        if (!EventSequencer.TakesDerivedSteps(analysis.Query, analysis.Activity))
            return;
        try
        {
            var derived = database.Steps.Derive(analysis.Activity.Rules, new DerivingStage(listener), cancellationToken);
            if (derived.OtherRules is not null)
                listener.Warn(SurfaceText.Sentence(derived.ToString()));
            else if (derived.EventCount > 0)
                listener.Note($"{derived}.");
        }
        catch (PatternAnalysisException error)
        {
            // Whatever it is, the run reads the events themselves, and says so better where it ends that as well.
            listener.Note($"Steps could not be derived: {SurfaceText.Sentence(error.Message)}");
        }
    }

    /// <summary>Shows how far deriving is, where it takes long enough to be seen.</summary>
    private sealed class DerivingStage(IRunListener listener) : IProgress<StepProgress>
    {
        private const long WorthShowing = 10_000;

        public void Report(StepProgress value)
        {
            if (value.Total > WorthShowing)
                listener.Report(
                    new AnalysisStage(
                        string.Create(CultureInfo.InvariantCulture, $"Deriving steps: {value.Done:N0} of {value.Total:N0} events"),
                        0
                    )
                );
        }
    }

    // In a dry run as the last run that saved measured them.
    private static AdoptedPattern[] ReadEffects(PatternDatabase database, IRunListener listener)
    {
        try
        {
            return [.. database.Effects.Find()];
        }
        catch (PatternAnalysisException error)
        {
            listener.Fail(error, database.Name);
            return [];
        }
    }

    private static ExceptionDispatchInfo? MeasureEffects(
        PatternDatabase database,
        IRunListener listener,
        CancellationToken cancellationToken
    )
    {
        try
        {
            EffectSweep.Run(database, listener.Warn, cancellationToken);
        }
        catch (PatternAnalysisException error)
        {
            listener.Fail(error, database.Name);
        }
#pragma warning disable CA1031 // It is thrown again when the run is told of.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return ExceptionDispatchInfo.Capture(error);
        }

        return null;
    }

    // In a dry run too: it is what the user asked to see, and it is a file of its own.
    private void WriteReport(AnalysisSummary summary, IRunListener listener)
    {
        if (!_options.Report.IsWanted)
            return;

        var file = _options.Report.FileOf(summary.StartedAt, _options.Folder);
        ReportWriters.WriteFile(summary, file, _options.Report.Format);
        listener.Note($"Report: {file}");
    }

    private void NotifyReviewers(
        AnalysisSummary summary,
        PatternDatabase database,
        IRunListener listener,
        CancellationToken cancellationToken
    )
    {
        if (_sinks.Count == 0)
            return;
        if (summary.DryRun)
        {
            listener.Note("Nobody is notified in a dry run.");
            return;
        }

        // Every night tests anew: people are told of what is no coincidence in the whole series, of the rest once nights have confirmed it.
        // Of what ended no night confirms anything any more.
        var notifier = new ReviewerNotifier(database.Outbox, _sinks);
        var isConfirmed = summary
            .Saved.Select(saved => saved.Approval)
            .ToLookup(pattern => !(pattern.SeriesConfidence < _options.Analysis.Policy.RejectConfidence));
        var waiting = notifier.CountUntold(isConfirmed[false]);
        if (waiting > 0)
        {
            listener.Note(
                waiting == 1
                    ? "1 pending pattern is told of once later nights confirm it."
                    : $"{waiting} pending patterns are told of once later nights confirm them."
            );
        }

        foreach (var outcome in notifier.Notify([.. isConfirmed[true], .. summary.Ended], cancellationToken))
        {
            // The run is saved, and what a sink was not told of is kept for the next one: no reason to end.
            if (outcome.Error is { } error)
                listener.Fail(error, outcome.Sink);
            else
                listener.Note($"Notified of {outcome.Patterns.Count} patterns: {outcome.Sink}.");
        }
    }
}
