using System.Management.Automation;

namespace PatternAnalysis.Commands;

/// <summary>Get-PatternStatistic: how many stored patterns are in each state.</summary>
[Cmdlet(VerbsCommon.Get, "PatternStatistic")]
[OutputType(typeof(PatternStatistic))]
public sealed class GetPatternStatisticCommand : DatabaseCommand
{
    /// <inheritdoc/>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public override string? Database { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Guard(() => WriteObject(OpenDatabase().Approvals.CountByStatus(), enumerateCollection: true), Database);
}
