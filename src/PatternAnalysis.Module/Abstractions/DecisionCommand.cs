using System.ComponentModel;
using System.Management.Automation;
using PatternAnalysis.Approvals;

namespace PatternAnalysis.Commands;

/// <summary>A cmdlet that records a human's decision on patterns.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class DecisionCommand : DatabaseCommand
{
    /// <summary>The patterns.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] PatternId { get; set; } = null!;

    /// <summary>Who decides.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Reviewer { get; set; } = Environment.UserName;

    /// <summary>Emits the pattern as it is stored afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Records the decision on each pattern; one that fails does not stop the others.</summary>
    private protected void Decide(string verb, string status, string? notes) => Guard(() =>
    {
        var database = OpenDatabase();
        foreach (var id in PatternId)
        {
            if (!ShouldProcess(id, verb))
                continue;

            try
            {
                var pattern = database.Approvals.Decide(new ReviewDecision(id, status, Reviewer, notes));
                if (PassThru)
                    WriteObject(pattern);
            }
            catch (PatternAnalysisException error) when (error.ErrorId == "PatternNotFound")
            {
                WriteError(Errors.Record(error, id));
            }
        }
    }, Database);
}
