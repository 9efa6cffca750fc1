using System.Management.Automation;

namespace PatternAnalysis.Commands;

/// <summary>Get-PatternReviewHistory: what was decided on patterns, newest first.</summary>
[Cmdlet(VerbsCommon.Get, "PatternReviewHistory")]
[OutputType(typeof(ReviewHistoryEntry))]
public sealed class GetPatternReviewHistoryCommand : DatabaseCommand
{
    /// <summary>Only of these patterns.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] PatternId { get; set; } = [];

    /// <summary>At most so many entries, the newest; of each pattern, if patterns are named.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int First { get; set; } = int.MaxValue;

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Guard(
            () =>
            {
                var store = OpenDatabase().Approvals;
                if (PatternId.Length == 0)
                    WriteObject(store.History(null, First), enumerateCollection: true);
                foreach (var id in PatternId)
                {
                    try
                    {
                        WriteObject(store.Describe(id).History.Take(First), enumerateCollection: true);
                    }
                    catch (PatternAnalysisException error) when (error.Is(ErrorCatalogue.PatternNotFound))
                    {
                        WriteError(Errors.Record(error, id));
                    }
                }
            },
            Database
        );
}
