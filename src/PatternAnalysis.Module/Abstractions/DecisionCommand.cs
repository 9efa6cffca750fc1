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
    public string Reviewer { get; set; } = Environment.UserName;

    /// <summary>Emits the pattern as it is stored afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Records the decision on each pattern; one that fails does not stop the others.</summary>
    private protected void Decide(string verb, string status, string? notes) =>
        Guard(
            () =>
            {
                var database = OpenDatabase(PatternId);
                var store = database.Approvals;
                ReviewDecision[] decisions =
                    ParameterSetName == ByObject
                        ? [new ReviewDecision(InputObject.PatternId, status, Reviewer, notes) { Shown = ShownState.Of(InputObject) }]
                        : [.. ResolveIds(database, PatternId).Select(id => new ReviewDecision(id, status, Reviewer, notes))];
                foreach (var decision in decisions)
                {
                    if (!ShouldProcess(decision.PatternId, verb))
                        continue;

                    try
                    {
                        var pattern = store.Decide(decision);
                        if (PassThru)
                            WriteObject(pattern with { Database = DatabaseToRemember });
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
