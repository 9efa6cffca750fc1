using System.Management.Automation;
using PatternAnalysis.Approvals;
using PatternAnalysis.Workflows;

namespace PatternAnalysis.Commands;

/// <summary>Export-PatternWorkflow: a draft of an automation of an approved pattern.</summary>
[Cmdlet(VerbsData.Export, "PatternWorkflow", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportPatternWorkflowCommand : DatabaseCommand
{
    /// <summary>The patterns.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PatternIdCompleter))]
    public string[] PatternId { get; set; } = null!;

    /// <summary>What the draft is written as; what the pattern's kind asks for when it is not given.</summary>
    [Parameter]
    public WorkflowFormat? Format { get; set; }

    /// <summary>The new file, or the folder that it goes to.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = ".";

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Guard(
            () =>
            {
                var database = OpenDatabase(PatternId);
                foreach (var id in ResolveIds(database, PatternId))
                {
                    try
                    {
                        var pattern = database.Approvals.Find(new ApprovalQuery { PatternId = [id] }) is [var found, ..]
                            ? found
                            : throw new PatternAnalysisException(
                                ErrorCatalogue.PatternNotFound,
                                $"There is no pattern '{id}' in '{database.Name}'. Get-PatternApproval shows the ids."
                            );
                        var draft = new WorkflowDrafter(database.Events, database.Runs).Draft(
                            pattern,
                            database.Approvals.Find(new ApprovalQuery { PartOf = id }),
                            StopToken
                        );
                        var format = Format ?? draft.Format;
                        var file = WorkflowWriters.FileOf(draft, format, Resolve(Path));
                        if (!ShouldProcess(file, $"Write the draft of {id}"))
                            continue;
                        WorkflowWriters.WriteFile(draft, format, file);
                        WriteObject(new FileInfo(file));
                    }
                    catch (PatternAnalysisException error)
                        when (error.Is(
                                ErrorCatalogue.PatternNotFound,
                                ErrorCatalogue.PatternNotApproved,
                                ErrorCatalogue.OccurrencesNotFound,
                                ErrorCatalogue.WorkflowExists,
                                ErrorCatalogue.WorkflowUnfit
                            )
                        )
                    {
                        WriteError(Errors.Record(error, id));
                    }
                }
            },
            Database
        );
}
