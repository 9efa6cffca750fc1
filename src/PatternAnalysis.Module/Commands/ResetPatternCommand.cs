using System.Management.Automation;

namespace PatternAnalysis.Commands;

/// <summary>Reset-Pattern: takes a person's decision back; the pattern is again what the policy says of it.</summary>
[Cmdlet(VerbsCommon.Reset, "Pattern", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PatternApproval))]
public sealed class ResetPatternCommand : DatabaseCommand
{
    // Who pipes a routine and its parts means them once.
    private readonly HashSet<string> _resetParts = [];

    /// <summary>The patterns, by their ids.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PatternIdCompleter))]
    public string[] PatternId { get; set; } = [];

    /// <summary>Why.</summary>
    [Parameter]
    public string? Notes { get; set; }

    /// <summary>Who takes it back.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ReviewerCompleter))]
    [PSDefaultValue(Help = "The user's name")]
    public string Reviewer { get; set; } = Environment.UserName;

    /// <summary>Emits the pattern as it is stored afterwards, and its parts that went back with it.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

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
                        var before = database.Approvals.Describe(id).Approval;
                        IReadOnlyList<PatternApproval> parts = [];
                        if (_resetParts.Contains(id))
                            continue;
                        if (!PatternStatus.IsHuman(before.Status))
                            WriteWarning($"Nobody has decided on pattern '{id}': it is {before.Status}.");
                        else if (!ShouldProcess(id, $"Take back that it is {before.Status} by {before.ReviewedBy}"))
                            continue;
                        else
                            (before, parts) = database.Approvals.Reset(id, Reviewer, Notes);
                        _resetParts.UnionWith(parts.Select(part => part.PatternId));
                        if (PassThru)
                            WriteObject(
                                parts.Prepend(before).Select(row => row with { Database = DatabaseToRemember }),
                                enumerateCollection: true
                            );
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
