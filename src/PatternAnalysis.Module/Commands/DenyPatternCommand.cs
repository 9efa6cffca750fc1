using System.Management.Automation;

namespace PatternAnalysis.Commands;

/// <summary>Deny-Pattern: a human rejects patterns; no run changes that.</summary>
[Cmdlet(VerbsLifecycle.Deny, "Pattern", SupportsShouldProcess = true)]
[OutputType(typeof(PatternApproval))]
public sealed class DenyPatternCommand : DecisionCommand
{
    /// <summary>Why; whoever meets the pattern again must know.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Reason { get; set; } = null!;

    /// <inheritdoc/>
    protected override void ProcessRecord() => Decide("Reject pattern", PatternStatus.Rejected, Reason);
}
