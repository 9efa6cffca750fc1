using System.ComponentModel;
using System.Management.Automation;

namespace PatternAnalysis.Commands;

/// <summary>A cmdlet that works on a database as such: files come down the pipeline, and one that fails does not stop the others.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class WholeDatabaseCommand : DatabaseCommand
{
    /// <inheritdoc/>
    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    public override string? Database { get; set; }

    /// <inheritdoc/>
    private protected override bool GoesOnAfterError => MyInvocation.ExpectingInput;
}
