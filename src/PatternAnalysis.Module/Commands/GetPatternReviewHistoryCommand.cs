using System.Management.Automation;

namespace PatternAnalysis.Commands;

/// <summary>Get-PatternReviewHistory: what was decided on patterns, newest first.</summary>
[Cmdlet(VerbsCommon.Get, "PatternReviewHistory")]
[OutputType(typeof(ReviewHistoryEntry))]
public sealed class GetPatternReviewHistoryCommand : DatabaseCommand
{
    /// <summary>Only of these patterns.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [DatabaseOfRun]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PatternIdCompleter))]
    public string[] PatternId { get; set; } = [];

    /// <summary>At most so many entries, the newest; of each pattern, if patterns are named.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [PSDefaultValue(Help = "All")]
    public int First { get; set; } = int.MaxValue;

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Guard(
            () =>
            {
                var typed = TakeFile(PatternId);
                var database = OpenDatabase(typed);
                var store = database.Approvals;
                if (typed.Length == 0)
                    WriteObject(store.History(null, First).Select(Remember), enumerateCollection: true);
                foreach (var id in ResolveIds(database, typed, allowsWildcards: true))
                {
                    try
                    {
                        WriteObject(store.Describe(id).History.Take(First).Select(Remember), enumerateCollection: true);
                    }
                    catch (PatternAnalysisException error) when (error.Is(ErrorCatalogue.PatternNotFound))
                    {
                        WriteError(Errors.Record(error, id));
                    }
                }
            },
            Database
        );

    private ReviewHistoryEntry Remember(ReviewHistoryEntry entry) => entry with { Database = DatabaseToRemember };
}
