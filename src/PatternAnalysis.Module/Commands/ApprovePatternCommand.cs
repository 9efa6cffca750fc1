using System.Management.Automation;

namespace PatternAnalysis.Commands;

/// <summary>Approve-Pattern: a human approves patterns; no run changes that.</summary>
[Cmdlet(VerbsLifecycle.Approve, "Pattern", SupportsShouldProcess = true)]
[OutputType(typeof(PatternApproval))]
public sealed class ApprovePatternCommand : DecisionCommand
{
    /// <summary>What the reviewer has to say.</summary>
    [Parameter]
    public string? Notes { get; set; }

    /// <summary>What takes its place, as wildcards of activities; runs measure from then on what becomes of the pattern.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] AdoptedAs { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord() => Decide("Approve pattern", PatternStatus.Approved, Notes, AdoptedAs);
}
