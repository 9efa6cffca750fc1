using System.Management.Automation;
using PatternAnalysis.Metrics;

namespace PatternAnalysis.Commands;

/// <summary>Measure-PatternMetric: how sure it is that a pattern is no chance, and what automating it would save.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "PatternMetric")]
[OutputType(typeof(MeasuredPattern))]
public sealed class MeasurePatternMetricCommand : PatternAnalysisCommand
{
    private PatternMeasurer _measurer = null!;

    /// <summary>The patterns.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public RepeatedPattern InputObject { get; set; } = null!;

    /// <summary>What the confidence states.</summary>
    [Parameter]
    public ConfidenceModel ConfidenceModel { get; set; } = ConfidenceModel.SelfSufficiency;

    /// <summary>How many times more often than by chance a pattern must occur.</summary>
    [Parameter]
    [ValidateRange(1.0, 1e9)]
    public double MinLift { get; set; } = 1;

    /// <summary>How long a step takes, in seconds.</summary>
    [Parameter]
    [ValidateRange(0.0, 1e9)]
    public double SecondsPerTool { get; set; } = 30;

    /// <summary>What an hour costs, in US dollars.</summary>
    [Parameter]
    [ValidateRange(0.0, 1e9)]
    public double HourlyRate { get; set; } = 100;

    /// <inheritdoc/>
    protected override void BeginProcessing() => _measurer = new PatternMeasurer(new MetricOptions
    {
        ConfidenceModel = ConfidenceModel, MinimumLift = MinLift, SecondsPerTool = SecondsPerTool, HourlyRate = HourlyRate,
    });

    /// <inheritdoc/>
    protected override void ProcessRecord() => Guard(() => WriteObject(_measurer.Measure(InputObject, StopToken)), InputObject);
}
