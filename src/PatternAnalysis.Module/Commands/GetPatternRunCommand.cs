using System.Management.Automation;
using PatternAnalysis.Approvals;

namespace PatternAnalysis.Commands;

/// <summary>Get-PatternRun: what ran, newest first, failed runs with their reason.</summary>
[Cmdlet(VerbsCommon.Get, "PatternRun")]
[OutputType(typeof(PastRun))]
[Binds(typeof(RunQuery))]
public sealed partial class GetPatternRunCommand : WholeDatabaseCommand
{
    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Guard(() => WriteObject(OpenDatabase().Runs.Find(ReadRunQuery()), enumerateCollection: true), Database);
}
