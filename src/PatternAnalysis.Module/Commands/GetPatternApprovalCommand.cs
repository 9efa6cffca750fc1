using System.Management.Automation;
using PatternAnalysis.Approvals;

namespace PatternAnalysis.Commands;

/// <summary>Get-PatternApproval: the stored patterns, highest impact first.</summary>
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

    /// <summary>At most so many.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int First { get; set; } = 20;

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
                        First = First,
                    }
                );
                foreach (var missing in PatternId.Except(found.Select(pattern => pattern.PatternId)))
                {
                    WriteError(
                        Errors.Record(
                            new PatternAnalysisException(
                                "PatternNotFound",
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
