using System.Management.Automation;
using PatternAnalysis.Classification;

namespace PatternAnalysis.Commands;

/// <summary>Set-PatternClassification: approved, rejected or left to a human by the policy, and why.</summary>
[Cmdlet(VerbsCommon.Set, "PatternClassification")]
[OutputType(typeof(ClassifiedPattern))]
[Binds(typeof(ClassificationPolicy))]
public sealed partial class SetPatternClassificationCommand : PatternAnalysisCommand
{
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private PatternClassifier _classifier = null!;

    /// <summary>The patterns.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public MeasuredPattern InputObject { get; set; } = null!;

    /// <inheritdoc/>
    protected override void BeginProcessing() => Guard(() => _classifier = new PatternClassifier(ReadClassificationPolicy()));

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        WarnOfLoss(InputObject);
        var classified = _classifier.Classify(InputObject);
        _counts[classified.Status] = _counts.GetValueOrDefault(classified.Status) + 1;
        WriteObject(classified);
    }

    /// <inheritdoc/>
    protected override void EndProcessing() =>
        WriteVerbose($"Classified: {string.Join(", ", _counts.Select(count => $"{count.Value} {count.Key}"))}.");
}
