using System.Management.Automation;
using PatternAnalysis.Application;
using PatternAnalysis.Scheduling;

namespace PatternAnalysis.Commands;

/// <summary>Get-PatternAnalysisStatus: whether the analysis is running.</summary>
[Cmdlet(VerbsCommon.Get, "PatternAnalysisStatus")]
[OutputType(typeof(AnalysisStatus))]
[Binds(typeof(StatusOptions))]
public sealed partial class GetPatternAnalysisStatusCommand : WholeDatabaseCommand
{
    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Guard(() => WriteObject(StatusQuery.Run(OpenDatabase(), ReadStatusOptions(), Schedulers.FindAll())), Database);
}
