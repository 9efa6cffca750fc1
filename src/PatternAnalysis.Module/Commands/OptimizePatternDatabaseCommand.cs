using System.Management.Automation;
using PatternAnalysis.Storage;

namespace PatternAnalysis.Commands;

/// <summary>Optimize-PatternDatabase: makes the index that holds all that an analysis by tool names reads.</summary>
[Cmdlet(VerbsCommon.Optimize, "PatternDatabase", SupportsShouldProcess = true)]
[OutputType(typeof(EventIndexResult))]
public sealed class OptimizePatternDatabaseCommand : WholeDatabaseCommand
{
    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Guard(
            () =>
            {
                var database = OpenDatabase();
                if (ShouldProcess(database.Name, $"Create the index {EventIndex.Name} on hook_events"))
                    WriteObject(database.Index.Create(StopToken));
            },
            Database
        );
}
