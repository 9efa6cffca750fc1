using System.Management.Automation;
using PatternAnalysis.Approvals;
using PatternAnalysis.Review;

namespace PatternAnalysis.Commands;

/// <summary>Start-PatternReview: goes through patterns one by one and asks what to do with each.</summary>
[Cmdlet(VerbsLifecycle.Start, "PatternReview", SupportsShouldProcess = true)]
[OutputType(typeof(PatternApproval))]
public sealed class StartPatternReviewCommand : DatabaseCommand
{
    /// <summary>What stands first.</summary>
    [Parameter]
    public ApprovalOrder SortBy { get; set; }

    /// <summary>At most so many.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? First { get; set; }

    /// <summary>These patterns, whatever their status; without, those that are pending.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PatternIdCompleter))]
    public string[] PatternId { get; set; } = [];

    /// <summary>Who decides.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ReviewerCompleter))]
    [PSDefaultValue(Help = "The user's name")]
    public string Reviewer { get; set; } = Environment.UserName;

    /// <summary>Emits the patterns that were decided on.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Guard(
            () =>
            {
                var database = OpenDatabase(PatternId);
                var store = database.Approvals;
                var patterns =
                    PatternId.Length > 0
                        ? [.. ResolveIds(database, PatternId).Select(id => store.Describe(id).Approval)]
                        : store.Find(
                            new ApprovalQuery
                            {
                                Status = [PatternStatus.Pending],
                                SortBy = SortBy,
                                First = First,
                            }
                        );
                var outcome = new ReviewDialogue(store, new HostPrompt(Host, StopToken), Reviewer, MayRecord).Run(patterns, StopToken);
                if (PassThru)
                    WriteObject(
                        outcome.Decided.Select(pattern => pattern with { Database = DatabaseToRemember }),
                        enumerateCollection: true
                    );
            },
            Database
        );

    private bool MayRecord(ReviewDecision decision) =>
        ShouldProcess(decision.PatternId, decision.Status == PatternStatus.Approved ? "Approve pattern" : "Reject pattern");
}
