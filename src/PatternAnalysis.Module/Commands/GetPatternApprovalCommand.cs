using System.Management.Automation;
using PatternAnalysis.Approvals;

namespace PatternAnalysis.Commands;

/// <summary>Get-PatternApproval: the stored patterns, by worth or in another order.</summary>
[Cmdlet(VerbsCommon.Get, "PatternApproval")]
[OutputType(typeof(PatternApproval))]
public sealed class GetPatternApprovalCommand : DatabaseCommand
{
    /// <summary>Only patterns in these states.</summary>
    [Parameter]
    [ValidateSet(
        PatternStatus.Pending,
        PatternStatus.Approved,
        PatternStatus.Rejected,
        PatternStatus.AutoApproved,
        PatternStatus.AutoRejected
    )]
    public string[] Status { get; set; } = [];

    /// <summary>At most so many; all when not given.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? First { get; set; }

    /// <summary>How many are passed over at the front.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Skip { get; set; }

    /// <summary>What stands first.</summary>
    [Parameter]
    public ApprovalOrder SortBy { get; set; }

    /// <summary>Only these patterns.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] PatternId { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Guard(
            () =>
            {
                var database = OpenDatabase();
                var found = database.Approvals.Find(
                    new ApprovalQuery
                    {
                        Status = Status,
                        PatternId = PatternId,
                        SortBy = SortBy,
                        // Who names patterns gets them all.
                        First = PatternId.Length > 0 ? null : First,
                        Skip = PatternId.Length > 0 ? 0 : Skip,
                    }
                );
                foreach (var missing in PatternId.Except(found.Select(pattern => pattern.PatternId)))
                {
                    WriteError(
                        Errors.Record(
                            new PatternAnalysisException(
                                ErrorCatalogue.PatternNotFound,
                                $"There is no such pattern '{missing}' in '{database.Name}'{(Status.Length > 0 ? $" that is {string.Join(" or ", Status)}" : "")}."
                            ),
                            missing
                        )
                    );
                }

                WriteObject(found, enumerateCollection: true);
            },
            Database
        );
}
