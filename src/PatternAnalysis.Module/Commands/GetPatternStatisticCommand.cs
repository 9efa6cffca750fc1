using System.Management.Automation;

namespace PatternAnalysis.Commands;

/// <summary>Get-PatternStatistic: how many stored patterns are in each state.</summary>
[Cmdlet(VerbsCommon.Get, "PatternStatistic")]
[OutputType(typeof(PatternStatistic))]
public sealed class GetPatternStatisticCommand : WholeDatabaseCommand
{
    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Guard(
            () =>
                WriteObject(
                    OpenDatabase().Approvals.CountByStatus().Select(count => count with { Database = DatabaseToRemember }),
                    enumerateCollection: true
                ),
            Database
        );
}
