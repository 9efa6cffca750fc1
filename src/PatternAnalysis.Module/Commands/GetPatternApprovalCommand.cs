using System.Management.Automation;
using PatternAnalysis.Approvals;
using PatternAnalysis.Sequences;

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

    /// <summary>Only what is part of this pattern.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PatternIdCompleter))]
    public string? PartOf { get; set; }

    /// <summary>Only patterns of which a step, or the whole text, matches one of these wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ToolSequenceCompleter))]
    public string[] ToolSequence { get; set; } = [];

    /// <summary>Only patterns that were changed since.</summary>
    [Parameter]
    [UtcTime]
    public DateTimeOffset? Since { get; set; }

    /// <summary>Only these patterns.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [DatabaseOfRun]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PatternIdCompleter))]
    public string[] PatternId { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Guard(
            () =>
            {
                var typed = TakeFile(PatternId);
                var database = OpenDatabase(typed);
                var ids = ResolveIds(database, typed, allowsWildcards: true);
                if (typed.Length > 0 && ids.Length == 0)
                {
                    WriteWarning($"No pattern in '{database.Name}' matches {string.Join(", ", typed)}.");
                    return;
                }

                var filtered = ToolSequence.Length > 0 || Since is not null;
                var found = database.Approvals.Find(
                    new ApprovalQuery
                    {
                        Status = Status,
                        PatternId = ids,
                        PartOf = PartOf is null ? null : ResolveIds(database, [PartOf])[0],
                        SortBy = SortBy,
                        // Patterns that are named by their ids are shown whatever -First and -Skip say.
                        First = typed.Length > 0 || filtered ? null : First,
                        Skip = typed.Length > 0 || filtered ? 0 : Skip,
                    }
                );
                foreach (var missing in ids.Except(found.Select(pattern => pattern.PatternId)))
                {
                    WriteError(
                        Errors.Record(
                            new PatternAnalysisException(
                                ErrorCatalogue.PatternNotFound,
                                $"There is no such pattern '{missing}' in "
                                    + $"'{database.Name}'{(Status.Length > 0 ? $" that is {string.Join(" or ", Status)}" : "")}."
                            ),
                            missing
                        )
                    );
                }

                var wanted =
                    filtered && typed.Length == 0 ? found.Where(IsWanted).Skip(Skip).Take(First ?? int.MaxValue) : found.Where(IsWanted);
                PatternApproval[] shown = [.. wanted.Select(pattern => pattern with { Database = DatabaseToRemember })];
                if (shown.Length == 0 && typed.Length == 0 && (filtered || Status.Length > 0 || PartOf is not null))
                    WriteWarning($"None of the patterns in '{database.Name}' is what was asked for.");
                WriteObject(shown, enumerateCollection: true);
            },
            Database
        );

    private bool IsWanted(PatternApproval pattern) =>
        (Since is not { } since || (pattern.UpdatedAt ?? pattern.CreatedAt) >= since)
        && (
            ToolSequence.Length == 0
            || ToolSequence
                .Select(text => WildcardPattern.Get(text, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant))
                .Any(wildcard => wildcard.IsMatch(pattern.ToolSequence) || StepText.Split(pattern.ToolSequence).Any(wildcard.IsMatch))
        );
}
