using System.Management.Automation;
using PatternAnalysis.Classification;

namespace PatternAnalysis.Commands;

/// <summary>Set-PatternClassification: approved, rejected or left to a human by the policy, and why.</summary>
[Cmdlet(VerbsCommon.Set, "PatternClassification")]
[OutputType(typeof(ClassifiedPattern))]
public sealed class SetPatternClassificationCommand : PatternAnalysisCommand
{
    private PatternClassifier _classifier = null!;

    /// <summary>The patterns.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public MeasuredPattern InputObject { get; set; } = null!;

    /// <summary>Approved automatically only above this confidence.</summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double ApproveConfidence { get; set; } = 0.99;

    /// <summary>Approved automatically only with at least so many occurrences.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int ApproveOccurrences { get; set; } = 200;

    /// <summary>Approved automatically only with at least these savings, in US dollars.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public decimal ApproveSavings { get; set; } = 5000;

    /// <summary>Rejected automatically below this confidence.</summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double RejectConfidence { get; set; } = 0.95;

    /// <summary>Words of a tool's name that mark it as destructive.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[] DestructiveTool { get; set; } = [.. ClassificationPolicy.DefaultDestructiveTools];

    /// <inheritdoc/>
    protected override void BeginProcessing() =>
        _classifier = new PatternClassifier(
            new ClassificationPolicy
            {
                ApproveConfidence = ApproveConfidence,
                ApproveOccurrences = ApproveOccurrences,
                ApproveSavings = ApproveSavings,
                RejectConfidence = RejectConfidence,
                DestructiveTools = DestructiveTool,
            }
        );

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(_classifier.Classify(InputObject));
}
