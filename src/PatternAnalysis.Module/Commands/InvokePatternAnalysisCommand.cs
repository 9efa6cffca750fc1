using System.Management.Automation;
using PatternAnalysis.Analysis;
using PatternAnalysis.Application;

namespace PatternAnalysis.Commands;

/// <summary>Invoke-PatternAnalysis: the whole analysis in one call.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "PatternAnalysis", DefaultParameterSetName = "Hours", SupportsShouldProcess = true)]
[OutputType(typeof(AnalysisSummary))]
[Binds(typeof(RunOptions))]
public sealed partial class InvokePatternAnalysisCommand : WholeDatabaseCommand, IRunListener
{
    void IProgress<AnalysisStage>.Report(AnalysisStage value)
    {
        if (value.Percent < 100)
            Stages.Report(value.Message, value.Percent);
        else
            Stages.Finish();
    }

    void IRunListener.Note(string text) => WriteVerbose(text);

    void IRunListener.Warn(string text) => WriteWarning(text);

    void IRunListener.Finish(AnalysisSummary summary) => WriteObject(summary with { Database = DatabaseToRemember });

    void IRunListener.Fail(PatternAnalysisException failure, string target) => WriteError(Errors.Record(failure, target));

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Guard(
            () =>
            {
                var run = AnalysisRun.Prepare(ReadRunOptions() with { Folder = CurrentFolder });
                var database = OpenDatabase();
                var isWanted = DryRun || ShouldProcess(database.Name, "Analyse hook events and save patterns");
                run.Execute(database, dryRun: !isWanted, this, StopToken);
            },
            Database
        );
}
