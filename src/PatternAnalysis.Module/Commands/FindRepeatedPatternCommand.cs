using System.Management.Automation;
using PatternAnalysis.Mining;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Commands;

/// <summary>Find-RepeatedPattern: the steps that stand side by side in several sessions.</summary>
[Cmdlet(VerbsCommon.Find, "RepeatedPattern")]
[OutputType(typeof(RepeatedPattern))]
[Binds(typeof(MiningOptions))]
public sealed partial class FindRepeatedPatternCommand : PatternAnalysisCommand
{
    private readonly SequenceCollector _collector = new();

    /// <summary>The sequences: those of Get-ToolSequence, copies of them, or any objects that have a SessionId and Steps.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public ToolSequence InputObject { get; set; } = null!;

    /// <inheritdoc/>
    protected override void BeginProcessing() => Guard(() => ReadMiningOptions().Check());

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        WarnOfLoss(InputObject);
        _collector.Add(InputObject);
    }

    /// <inheritdoc/>
    protected override void EndProcessing() =>
        Guard(() =>
        {
            var corpus = _collector.Build();
            Stages.Report("Mining", 40);
            var patterns = PatternMiner.Mine(corpus, ReadMiningOptions(), StopToken);
            foreach (var sentence in PatternMiner.GivenUpBeside(patterns))
                WriteWarning(sentence);
            Stages.Finish($"Found {patterns.Count} patterns in {corpus.StepCount} steps of {corpus.Count} sessions");
            WriteObject(patterns, enumerateCollection: true);
        });
}
