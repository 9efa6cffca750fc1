using System.Management.Automation;
using PatternAnalysis.Application;
using PatternAnalysis.Metrics;
using PatternAnalysis.Surfaces;
using PatternAnalysis.Worth;

namespace PatternAnalysis.Commands;

/// <summary>Measure-PatternWorth: which turns of a model patterns could save, and in which order they are worth looking at.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "PatternWorth")]
[OutputType(typeof(MeasuredPattern))]
[Binds(typeof(WorthOptions))]
public sealed partial class MeasurePatternWorthCommand : PatternAnalysisCommand
{
    private readonly List<MeasuredPattern> _patterns = [];
    private PatternAppraiser _appraiser = null!;

    /// <summary>The measured patterns.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public MeasuredPattern InputObject { get; set; } = null!;

    /// <inheritdoc/>
    protected override void BeginProcessing() =>
        Guard(() =>
        {
            _appraiser = new PatternAppraiser(ReadWorthOptions().LoadFiles(out var skipped));
            foreach (var line in skipped)
                WriteWarning($"Left out {SurfaceText.Line(line)}.");
        });

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        WarnOfLoss(InputObject);
        _patterns.Add(InputObject);
    }

    /// <inheritdoc/>
    protected override void EndProcessing() =>
        Guard(() =>
        {
            // Worth is a matter of all patterns together, so nothing comes out before all went in.
            Stages.Report("Appraising", 70);
            var appraised = _appraiser.Appraise(_patterns, StopToken);
            Stages.Finish($"Appraised {_patterns.Count} patterns");
            WriteObject(appraised, enumerateCollection: true);
        });
}
