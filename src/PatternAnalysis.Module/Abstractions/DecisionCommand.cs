using System.ComponentModel;
using System.Management.Automation;
using PatternAnalysis.Approvals;

namespace PatternAnalysis.Commands;

/// <summary>A cmdlet that records a human's decision on patterns.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class DecisionCommand : DatabaseCommand
{
    private const string ById = "PatternId";
    private const string ByObject = "InputObject";

    // What this command decided as parts of others: who pipes a routine and its parts means them once.
    private readonly HashSet<string> _decidedParts = [];

    /// <summary>The patterns, by their ids. A decision that a person made before is not replaced then.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ById)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PatternIdCompleter))]
    public string[] PatternId { get; set; } = [];

    /// <summary>A pattern as it was shown; the decision is recorded only if nobody decided, and no run changed it, since.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ByObject)]
    [ValidateNotNull]
    public PatternApproval InputObject { get; set; } = null!;

    /// <summary>Who decides.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ReviewerCompleter))]
    [PSDefaultValue(Help = "The user's name")]
    public string Reviewer { get; set; } = Environment.UserName;

    /// <summary>Decides on the pattern alone, not on its parts.</summary>
    [Parameter]
    public SwitchParameter ExcludePart { get; set; }

    /// <summary>Emits the pattern as it is stored afterwards, and its parts that were decided with it.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Records the decision on each pattern; one that fails does not stop the others.</summary>
    private protected void Decide(string verb, string status, string? notes, params IReadOnlyList<string> adoptedAs) =>
        Guard(
            () =>
            {
                var database = OpenDatabase(PatternId);
                var store = database.Approvals;
                ReviewDecision[] decisions =
                    ParameterSetName == ByObject
                        ?
                        [
                            new ReviewDecision(InputObject.PatternId, status, Reviewer, notes)
                            {
                                Shown = ShownState.Of(InputObject),
                                AdoptedAs = adoptedAs,
                            },
                        ]
                        :
                        [
                            .. ResolveIds(database, PatternId)
                                .Select(id => new ReviewDecision(id, status, Reviewer, notes) { AdoptedAs = adoptedAs }),
                        ];
                foreach (var decision in decisions.Where(decision => !_decidedParts.Contains(decision.PatternId)))
                {
                    if (!ShouldProcess(decision.PatternId, verb))
                        continue;

                    try
                    {
                        var (pattern, parts) = store.Decide(decision with { WithParts = !ExcludePart });
                        _decidedParts.UnionWith(parts.Select(part => part.PatternId));
                        if (PassThru)
                            WriteObject(
                                parts.Prepend(pattern).Select(row => row with { Database = DatabaseToRemember }),
                                enumerateCollection: true
                            );
                    }
                    catch (PatternAnalysisException error)
                        when (error.Is(
                                ErrorCatalogue.PatternNotFound,
                                ErrorCatalogue.PatternDecidedMeanwhile,
                                ErrorCatalogue.PatternChangedMeanwhile
                            )
                        )
                    {
                        WriteError(Errors.Record(error, decision.PatternId));
                    }
                }
            },
            Database
        );
}
