using System.Runtime.CompilerServices;
using PatternAnalysis.Mining;
using PatternAnalysis.Options;

namespace PatternAnalysis.Metrics;

/// <summary>
/// Measures patterns. Confidence is a statement about the whole family that the miner found, so the family is tested once, with its first
/// pattern, whichever of its patterns arrive here.
/// </summary>
public sealed class PatternMeasurer
{
    private readonly MetricOptions _options;
    private readonly ConditionalWeakTable<MiningRun, PatternFamily> _families = [];

    /// <summary>Makes a measurer.</summary>
    /// <exception cref="PatternAnalysisException"><c>InvalidOption</c>: one is out of its range.</exception>
    public PatternMeasurer(MetricOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionCatalogue.Check(options);
        _options = options;
    }

    /// <summary>Measures one pattern, whether it is to be shown or not.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public MeasuredPattern Measure(RepeatedPattern pattern, CancellationToken cancellationToken = default) =>
        new(pattern, _options, FamilyOf(pattern, cancellationToken));

    /// <summary>Measures one pattern; null when <see cref="MetricOptions.Reduction"/> leaves it out.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public MeasuredPattern? MeasureShown(RepeatedPattern pattern, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // A variant is shown beside the pattern that it is a variant of.
        var shown = pattern.Whole ?? pattern;
        return FamilyOf(shown, cancellationToken).Shows(shown) ? Measure(pattern, cancellationToken) : null;
    }

    private PatternFamily FamilyOf(RepeatedPattern pattern, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return _families.GetValue(pattern.Run, run => new PatternFamily(run, _options, cancellationToken));
    }
}
