using System.Management.Automation;
using PatternAnalysis.Application;

namespace PatternAnalysis.Commands;

/// <summary>Export-PatternPermission: allow rules for what agents ask for again and again; nothing is installed.</summary>
[Cmdlet(VerbsData.Export, "PatternPermission")]
[OutputType(typeof(PermissionRule))]
[Binds(typeof(PermissionOptions))]
public sealed partial class ExportPatternPermissionCommand : WholeDatabaseCommand
{
    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Guard(
            () => WriteObject(PermissionQuery.Run(OpenDatabase(), ReadPermissionOptions(), StopToken), enumerateCollection: true),
            Database
        );
}
