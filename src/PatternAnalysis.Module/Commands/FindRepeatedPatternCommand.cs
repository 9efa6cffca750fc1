using System.Management.Automation;
using PatternAnalysis.Mining;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Commands;

/// <summary>Find-RepeatedPattern: the steps that stand side by side in several sessions.</summary>
[Cmdlet(VerbsCommon.Find, "RepeatedPattern", DefaultParameterSetName = InputSet)]
[OutputType(typeof(RepeatedPattern))]
[Binds(typeof(MiningOptions))]
public sealed partial class FindRepeatedPatternCommand : PatternAnalysisCommand
{
    private const string InputSet = "InputObject";
    private const string PropertySet = "Property";

    private readonly SequenceCollector _collector = new();

    /// <summary>The sequences.</summary>
    [Parameter(ParameterSetName = InputSet, Mandatory = true, ValueFromPipeline = true)]
    public ToolSequence InputObject { get; set; } = null!;

    /// <summary>The session of a sequence that some other object holds.</summary>
    [Parameter(ParameterSetName = PropertySet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string SessionId { get; set; } = null!;

    /// <summary>Its steps.</summary>
    [Parameter(ParameterSetName = PropertySet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Steps { get; set; } = null!;

    /// <inheritdoc/>
    protected override void BeginProcessing() => Guard(() => ReadMiningOptions().Check());

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        _collector.Add(ParameterSetName == InputSet ? InputObject : new ToolSequence(SessionId, Steps));

    /// <inheritdoc/>
    protected override void EndProcessing() =>
        Guard(() =>
        {
            var corpus = _collector.Build();
            ShowProgress($"Mining {corpus.StepCount} steps of {corpus.Count} sessions", 40);
            var patterns = PatternMiner.Mine(corpus, ReadMiningOptions(), StopToken);
            ShowProgress("Done", 100);
            WriteVerbose($"Found {patterns.Count} patterns in {corpus.Count} sessions.");
            WriteObject(patterns, enumerateCollection: true);
        });
}
