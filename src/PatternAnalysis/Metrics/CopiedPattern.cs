using PatternAnalysis.Danger;
using PatternAnalysis.Mining;

namespace PatternAnalysis.Metrics;

/// <summary>A pattern as its copy tells of it.</summary>
internal sealed class CopiedPattern(
    IReadOnlyList<string> steps,
    (int Sessions, int Occurrences, int Raw) counts,
    IReadOnlyList<CopiedSighting> sightings,
    DangerVerdict danger
) : PatternPlace
{
    private readonly int[] _stepNumbers = [.. Enumerable.Range(0, steps.Count)];

    public override int Node => -1;

    public override ReadOnlySpan<int> StepNumbers => _stepNumbers;

    public override int Length => steps.Count;

    public override int SessionCount => counts.Sessions;

    public override int OccurrenceCount => counts.Occurrences;

    public override int RawCount => counts.Raw;

    public override IReadOnlyList<string> Steps => steps;

    public override SessionSighting[] SeenIn { get; } = [.. sightings.Select(sighting => sighting.Seen)];

    /// <summary>Where it stands in each sequence that holds it.</summary>
    public IReadOnlyList<CopiedSighting> Sightings => sightings;

    public override DangerVerdict Danger => danger;

    // Where it did not come along which occurrence was how dangerous, all count as the worst.
    public override OccurrenceDanger Occurrences => CopiedOccurrences ?? OccurrenceDanger.Of(Danger.Level, OccurrenceCount);

    /// <summary>How dangerous its occurrences are, if that came along.</summary>
    public OccurrenceDanger? CopiedOccurrences { get; init; }

    /// <summary>What was measured before it was copied, and with which lift; null when nothing was.</summary>
    public CopiedMetric? Metric { get; init; }

    /// <summary>Whether all came along that later stages need.</summary>
    public bool IsComplete { get; init; } = true;

    public override int RawCountOfEnd(int length, bool last) => RawCount;

    public override int PrefixNode(int length) => Node;

    public override IEnumerable<int> Parts(double mostOften) => [];

    // A start that did not come along is not counted: it may have been counted before.
    public override int CountOutside(string sessionId, long earliest, long latest)
    {
        var count = 0;
        foreach (var sighting in sightings.Where(sighting => sighting.Seen.SessionId == sessionId))
        {
            var free = 0;
            for (var i = 0; i < sighting.Starts.Count; i++)
            {
                if (sighting.Starts[i] < free)
                    continue;
                free = sighting.Starts[i] + Length;
                count += sighting.Ticks[i] < earliest || sighting.Ticks[i] > latest ? 1 : 0;
            }
        }

        return count;
    }
}

/// <summary>Where a copied pattern stands in a sequence.</summary>
/// <param name="Sequence">The sequence's number in its run.</param>
/// <param name="Seen">How often it holds the pattern.</param>
/// <param name="Starts">The steps that occurrences start at, overlapping ones included, ascending; empty when that did not
/// come along.</param>
/// <param name="Ticks">When each of them happened, in UTC ticks to the millisecond.</param>
internal sealed record CopiedSighting(int Sequence, SessionSighting Seen, IReadOnlyList<int> Starts, IReadOnlyList<long> Ticks);

/// <summary>What a copy says of its pattern's statistics.</summary>
/// <param name="Metric">The statistics.</param>
/// <param name="MinimumLift">The lift that they were asked for.</param>
/// <param name="FamilySize">How many patterns were tested together.</param>
/// <param name="LeftOutBecause">Why the run did not show it; null when it did.</param>
internal sealed record CopiedMetric(PatternMetric Metric, double MinimumLift, int FamilySize, string? LeftOutBecause);
