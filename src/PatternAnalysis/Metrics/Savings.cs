using PatternAnalysis.Mining;

namespace PatternAnalysis.Metrics;

/// <summary>What automating patterns of one run would save.</summary>
public sealed class Savings
{
    private readonly MetricOptions _options;
    private readonly StepTimes? _times;

    internal Savings(MiningRun run, MetricOptions options)
    {
        _options = options;
        _times =
            options.SavingsModel == SavingsModel.Measured && run.Corpus is { } corpus ? new StepTimes(corpus, options.IdleSeconds) : null;
    }

    /// <summary>
    /// The savings in US dollars, to the cent, when every step takes the same time: steps x seconds x rate / 3600 x occurrences.
    /// </summary>
    public static decimal Estimate(long steps, long occurrences, MetricOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return decimal.Round(steps * occurrences * (decimal)options.SecondsPerTool * (decimal)options.HourlyRate / 3600m, 2);
    }

    /// <summary>The savings of a pattern's occurrences without overlap, in US dollars, to the cent.</summary>
    internal decimal Of(RepeatedPattern pattern)
    {
        if (_options.SavingsModel == SavingsModel.Measured && _times is null)
        {
            throw new PatternAnalysisException(
                ErrorCatalogue.SequencesNeeded,
                "The patterns are copies, and how long their steps took did not come along. "
                    + "Measure them where the sequences are: pipe Get-ToolSequence to Find-RepeatedPattern in this session."
            );
        }

        if (_times is null)
            return Estimate(pattern.Length, pattern.OccurrenceCount, _options);

        var corpus = pattern.Run.Corpus!;
        var matcher = new PatternMatcher(pattern.Place.StepNumbers);
        long milliseconds = 0;
        for (var sightings = pattern.Place.Read(); sightings.MoveNext(); )
        {
            var free = 0;
            foreach (var at in matcher.In(corpus.Steps(sightings.Session)))
            {
                if (at < free)
                    continue;
                milliseconds += _times.Milliseconds(corpus.Starts[sightings.Session] + at, pattern.Length);
                free = at + pattern.Length;
            }
        }

        return Price(milliseconds);
    }

    /// <summary>The time of some steps of the corpus, in units of its own; <see cref="Price"/> makes money of it.</summary>
    internal long Units(int position, int length) => _times?.Milliseconds(position, length) ?? length;

    /// <summary>What a number of units costs, in US dollars, to the cent.</summary>
    internal decimal Price(long units) =>
        _times is null ? Estimate(units, 1, _options) : decimal.Round(units * (decimal)_options.HourlyRate / 3_600_000m, 2);
}
