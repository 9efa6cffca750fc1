using System.Management.Automation;
using PatternAnalysis.Metrics;

namespace PatternAnalysis.Commands;

/// <summary>Measure-PatternMetric: how sure it is that a pattern is no chance, and what automating it would save.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "PatternMetric")]
[OutputType(typeof(MeasuredPattern))]
public sealed class MeasurePatternMetricCommand : PatternAnalysisCommand
{
    private PatternMeasurer _measurer = null!;
    private int _measured;
    private int _leftOut;

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

    /// <summary>Where the time of a step comes from.</summary>
    [Parameter]
    public SavingsModel SavingsModel { get; set; } = SavingsModel.Estimated;

    /// <summary>The longest pause between two steps that still counts as work, in seconds, where times are measured.</summary>
    [Parameter]
    [ValidateRange(0.0, 1e9)]
    public double IdleSeconds { get; set; } = 300;

    /// <summary>Emits every closed pattern, also those that say the same as another one.</summary>
    [Parameter]
    public SwitchParameter AllPatterns { get; set; }

    /// <summary>Keeps patterns that are another one several times over.</summary>
    [Parameter]
    public SwitchParameter KeepTandemPower { get; set; }

    /// <summary>Keeps patterns that differ in the lengths of their runs only.</summary>
    [Parameter]
    public SwitchParameter KeepRunVariant { get; set; }

    /// <summary>Drops a pattern when a longer one that holds it has at least this share of its occurrences; 0 drops none.</summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double SubsumptionShare { get; set; } = 0.8;

    /// <summary>Emits at most so many patterns, those with the highest impact; 0 for all.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Top { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() =>
        _measurer = new PatternMeasurer(
            new MetricOptions
            {
                ConfidenceModel = ConfidenceModel,
                MinimumLift = MinLift,
                SecondsPerTool = SecondsPerTool,
                HourlyRate = HourlyRate,
                SavingsModel = SavingsModel,
                IdleSeconds = IdleSeconds,
                Reduction = ReductionOptions.Of(AllPatterns, KeepTandemPower, KeepRunVariant, SubsumptionShare, Top),
            }
        );

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Guard(
            () =>
            {
                if (_measured++ == 0)
                    ShowProgress("Measuring", 60);
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
        ShowProgress("Done", 100);
        WriteVerbose($"Left out {_leftOut} of {_measured} patterns; -AllPatterns emits them all.");
    }
}
