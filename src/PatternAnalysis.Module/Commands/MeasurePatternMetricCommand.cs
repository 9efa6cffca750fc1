using System.Management.Automation;
using PatternAnalysis.Metrics;

namespace PatternAnalysis.Commands;

/// <summary>Measure-PatternMetric: how sure it is that a pattern is no chance, and what automating it would save.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "PatternMetric")]
[OutputType(typeof(MeasuredPattern))]
[Binds(typeof(MetricOptions))]
public sealed partial class MeasurePatternMetricCommand : PatternAnalysisCommand
{
    private PatternMeasurer _measurer = null!;
    private int _measured;
    private int _leftOut;

    /// <summary>The patterns.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public RepeatedPattern InputObject { get; set; } = null!;

    /// <inheritdoc/>
    protected override void BeginProcessing() => Guard(() => _measurer = new PatternMeasurer(ReadMetricOptions()));

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Guard(
            () =>
            {
                WarnOfLoss(InputObject);
                if (_measured++ == 0)
                    Stages.Report("Measuring", 60);
                if (_measurer.MeasureShown(InputObject, StopToken) is { } pattern)
                    WriteObject(pattern);
                else
                    _leftOut++;
            },
            InputObject
        );

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        Stages.Finish($"Measured {_measured} patterns and left out {_leftOut}, which -AllPatterns emits");
    }
}
