using System.Management.Automation;
using PatternAnalysis.Storage;

namespace PatternAnalysis.Commands;

/// <summary>Optimize-PatternDatabase: makes the index that holds all that an analysis by tool names reads.</summary>
[Cmdlet(VerbsCommon.Optimize, "PatternDatabase", SupportsShouldProcess = true)]
[OutputType(typeof(EventIndexResult))]
public sealed class OptimizePatternDatabaseCommand : WholeDatabaseCommand
{
    private protected override string ProgressTitle => "Optimizing the database";

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Guard(
            () =>
            {
                var database = OpenDatabase();
                if (!ShouldProcess(database.Name, $"Create the index {EventIndex.Name} on hook_events"))
                    return;
                Stages.Report("Making the index", 0);
                var result = database.Index.Create(StopToken);
                Stages.Finish($"{result}");
                WriteObject(result);
            },
            Database
        );
}
