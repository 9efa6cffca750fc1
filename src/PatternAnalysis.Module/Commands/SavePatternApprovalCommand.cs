using System.Management.Automation;
using PatternAnalysis.Approvals;
using PatternAnalysis.Surfaces;

namespace PatternAnalysis.Commands;

/// <summary>Save-PatternApproval: writes the patterns of a run for review, all of them or none.</summary>
[Cmdlet(VerbsData.Save, "PatternApproval", SupportsShouldProcess = true)]
[OutputType(typeof(PatternApproval))]
[Binds(typeof(SaveOptions))]
public sealed partial class SavePatternApprovalCommand : DatabaseCommand
{
    private readonly DateTimeOffset _startedAt = DateTimeOffset.UtcNow;
    private readonly List<ClassifiedPattern> _patterns = [];

    /// <summary>The patterns.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public ClassifiedPattern InputObject { get; set; } = null!;

    /// <summary>Emits the stored rows.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        WarnOfLoss(InputObject);
        _patterns.Add(InputObject);
    }

    /// <inheritdoc/>
    protected override void EndProcessing() =>
        Guard(
            () =>
            {
                if (_patterns.Count == 0)
                {
                    WriteVerbose("There is no pattern to save.");
                    return;
                }

                var database = OpenDatabase();
                var run = CompletedRun.Of(_startedAt, _patterns, ReadSaveOptions().CoincidenceLimit, StopToken);
                var saves = ShouldProcess(database.Name, $"Save the {_patterns.Count} patterns of a run");
                var result = saves ? database.Approvals.Save(run, StopToken) : database.Approvals.Preview(run, StopToken);
                WriteVerbose(
                    $"{(saves ? "Saved" : "Would save")}: {result.Count(PatternChangeKind.New)} "
                        + $"new, {result.Count(PatternChangeKind.Updated)} updated, "
                        + $"{result.Count(PatternChangeKind.Unchanged)} unchanged, {result.NotStored} not stored."
                );
                foreach (var covered in result.Covered)
                    WriteVerbose(SurfaceText.Line(covered.ToString()));
                if (PassThru)
                    WriteObject(result.Saved.Select(saved => saved.Approval), enumerateCollection: true);
            },
            Database
        );
}
