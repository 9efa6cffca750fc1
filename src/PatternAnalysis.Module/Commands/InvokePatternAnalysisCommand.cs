using System.Globalization;
using System.Management.Automation;
using PatternAnalysis.Analysis;
using PatternAnalysis.Classification;
using PatternAnalysis.Delivery;
using PatternAnalysis.Metrics;
using PatternAnalysis.Mining;
using PatternAnalysis.Notification;
using PatternAnalysis.Reporting;
using PatternAnalysis.Storage;
using PatternAnalysis.Storage.Recording;

namespace PatternAnalysis.Commands;

/// <summary>Invoke-PatternAnalysis: the whole analysis in one call.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "PatternAnalysis", DefaultParameterSetName = HoursSet, SupportsShouldProcess = true)]
[OutputType(typeof(AnalysisSummary))]
public sealed class InvokePatternAnalysisCommand : EventSelectionCommand, IProgress<AnalysisStage>
{
    private const string CatchUpSet = "SinceLastRun";
    private const int RunsLookedAt = 1000;

    /// <summary>The window starts where the last run's window ended, at most 30 days ago.</summary>
    [Parameter(ParameterSetName = CatchUpSet, Mandatory = true)]
    public SwitchParameter SinceLastRun { get; set; }

    /// <summary>Where patterns are counted.</summary>
    [Parameter]
    public AnalysisEngine Engine { get; set; } = AnalysisEngine.Memory;

    /// <summary>In how many sessions a pattern must occur.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MinOccurrences { get; set; } = 2;

    /// <summary>How many steps a pattern must have.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MinLength { get; set; } = 2;

    /// <summary>How many steps a pattern may have.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaxLength { get; set; } = MiningOptions.LengthGuard;

    /// <summary>Only whole sessions are patterns, as in the original.</summary>
    [Parameter]
    public SwitchParameter WholeSequence { get; set; }

    /// <summary>What the confidence states.</summary>
    [Parameter]
    public ConfidenceModel ConfidenceModel { get; set; } = ConfidenceModel.SelfSufficiency;

    /// <summary>How many times more often than by chance a pattern must occur.</summary>
    [Parameter]
    [ValidateRange(1.0, 1e9)]
    public double MinLift { get; set; } = 1;

    /// <summary>How long a step takes, in seconds.</summary>
    [Parameter]
    [ValidateRange(0.0, 1e9)]
    public double SecondsPerTool { get; set; } = 30;

    /// <summary>What an hour costs, in US dollars.</summary>
    [Parameter]
    [ValidateRange(0.0, 1e9)]
    public double HourlyRate { get; set; } = 100;

    /// <summary>Where the time of a step comes from.</summary>
    [Parameter]
    public SavingsModel SavingsModel { get; set; } = SavingsModel.Estimated;

    /// <summary>The longest pause between two steps that still counts as work, in seconds, where times are measured.</summary>
    [Parameter]
    [ValidateRange(0.0, 1e9)]
    public double IdleSeconds { get; set; } = 300;

    /// <summary>Emits every closed pattern, also those that say the same as another one.</summary>
    [Parameter]
    public SwitchParameter AllPatterns { get; set; }

    /// <summary>Keeps patterns that are another one several times over.</summary>
    [Parameter]
    public SwitchParameter KeepTandemPower { get; set; }

    /// <summary>Keeps patterns that differ in the lengths of their runs only.</summary>
    [Parameter]
    public SwitchParameter KeepRunVariant { get; set; }

    /// <summary>Drops a pattern when a longer one that holds it has at least this share of its occurrences; 0 drops none.</summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double SubsumptionShare { get; set; } = 0.8;

    /// <summary>Emits at most so many patterns, those with the highest impact; 0 for all.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Top { get; set; }

    /// <summary>Approved automatically only above this confidence.</summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double ApproveConfidence { get; set; } = 0.99;

    /// <summary>Approved automatically only with at least so many occurrences.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int ApproveOccurrences { get; set; } = 200;

    /// <summary>Approved automatically only with at least these savings, in US dollars.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public decimal ApproveSavings { get; set; } = 5000;

    /// <summary>Rejected automatically below this confidence.</summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double RejectConfidence { get; set; } = 0.95;

    /// <summary>Words of a tool's name that mark it as destructive.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[] DestructiveTool { get; set; } = [.. ClassificationPolicy.DefaultDestructiveTools];

    /// <summary>How many of the patterns that are too likely a coincidence are stored, the most valuable first.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int MaxRejected { get; set; } = 500;

    /// <summary>Analyses but saves nothing; the database is only read.</summary>
    [Parameter]
    public SwitchParameter DryRun { get; set; }

    /// <summary>Writes a report.</summary>
    [Parameter]
    public SwitchParameter Report { get; set; }

    /// <summary>The report's file; giving it asks for the report, in the format that its extension asks for.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ReportPath { get; set; }

    /// <summary>Tells reviewers of new pending patterns, once for each pattern.</summary>
    [Parameter]
    public SwitchParameter Notify { get; set; }

    /// <summary>The log file that notifications are appended to.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? NotificationPath { get; set; }

    /// <summary>Where notifications go.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public SinkKind[]? Sink { get; set; }

    /// <summary>The settings file of the notification.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? NotificationSettingsPath { get; set; }

    void IProgress<AnalysisStage>.Report(AnalysisStage value)
    {
        ShowProgress(value.Message, value.Percent);
        WriteVerbose(value.Message);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Guard(
            () =>
            {
                var options = ReadOptions();
                if (ReportPath is not null)
                    _ = ReportWriters.FormatOf(ReportPath);
                var sinks = Notify ? ReadSinks() : [];
                var database = OpenDatabase();
                if (SinceLastRun)
                    options = options with
                    {
                        Query = options.Query with { Window = CatchUpWindow.Of(database.Runs.Last(RunsLookedAt), DateTimeOffset.UtcNow) },
                    };
                options = options with { DryRun = DryRun || !ShouldProcess(database.Name, "Analyse hook events and save patterns") };
                var spool = options.DryRun ? SpoolDrain.Look(database) : SpoolDrain.Run(database, StopToken);
                if (spool.StoredCount > 0)
                    WriteVerbose($"Stored {spool.StoredCount} events that recorders had left.");
                if (spool.Warning is { } warning)
                    WriteWarning(warning);
                var summary = new DailyAnalysis(database.Events, database.Approvals, database.Runs, database.OpenCounter).Run(
                    options,
                    this,
                    StopToken
                );
                if (summary.TotalSessions == 0)
                    WriteWarning(
                        database.ExplainEmpty(options.Query, new EventReading(summary.Window, summary.EventCount, summary.Excluded))
                    );
                WriteObject(summary);
                if (Report || ReportPath is not null)
                    WriteReport(summary);
                if (Notify)
                    NotifyReviewers(summary, database, sinks);
            },
            Database
        );

    private AnalysisOptions ReadOptions() =>
        new()
        {
            Query = ReadQuery(),
            Activity = ReadActivity(),
            Engine = Engine,
            Mining = new MiningOptions
            {
                MinimumSessions = MinOccurrences,
                MinimumLength = MinLength,
                MaximumLength = MaxLength,
                WholeSequence = WholeSequence,
            },
            Metric = new MetricOptions
            {
                ConfidenceModel = ConfidenceModel,
                MinimumLift = MinLift,
                SecondsPerTool = SecondsPerTool,
                HourlyRate = HourlyRate,
                SavingsModel = SavingsModel,
                IdleSeconds = IdleSeconds,
                Reduction = ReductionOptions.Of(AllPatterns, KeepTandemPower, KeepRunVariant, SubsumptionShare, Top),
            },
            Policy = new ClassificationPolicy
            {
                ApproveConfidence = ApproveConfidence,
                ApproveOccurrences = ApproveOccurrences,
                ApproveSavings = ApproveSavings,
                RejectConfidence = RejectConfidence,
                DestructiveTools = DestructiveTool,
            },
            CoincidenceLimit = MaxRejected,
        };

    // Under -WhatIf the report is still written: it is what the user asked to see, and it is a file of its own.
    private void WriteReport(AnalysisSummary summary)
    {
        var path = Resolve(ReportPath ?? string.Create(CultureInfo.InvariantCulture, $"pattern_analysis_{summary.StartedAt:yyyyMMdd}.md"));
        ReportWriters.WriteFile(summary, path);
        WriteVerbose($"Report: {path}");
    }

    private void NotifyReviewers(AnalysisSummary summary, PatternDatabase database, IReadOnlyList<INotificationSink> sinks)
    {
        if (summary.DryRun)
        {
            WriteVerbose("Nobody is notified in a dry run.");
            return;
        }

        foreach (
            var outcome in new ReviewerNotifier(database.Outbox, sinks).Notify(summary.Saved.Select(saved => saved.Approval), StopToken)
        )
        {
            // The run is saved, and what a sink was not told of is kept for the next one: no reason to end.
            if (outcome.Error is { } error)
                WriteError(Errors.Record(error, outcome.Sink));
            else
                WriteVerbose($"Notified of {outcome.Patterns.Count} patterns: {outcome.Sink}.");
        }
    }

    private IReadOnlyList<INotificationSink> ReadSinks()
    {
        var settings = NotificationSettingsReader.Read(NotificationSettingsPath is null ? null : Resolve(NotificationSettingsPath));
        return SinkFactory.Create(
            settings with
            {
                Sinks = Sink ?? settings.Sinks,
                Log = new LogSettings { Path = Resolve(NotificationPath ?? settings.Log.Path) },
            }
        );
    }
}
