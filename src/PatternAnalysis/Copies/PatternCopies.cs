using System.Runtime.CompilerServices;
using PatternAnalysis.Classification;
using PatternAnalysis.Metrics;
using PatternAnalysis.Mining;
using PatternAnalysis.Options;

namespace PatternAnalysis.Copies;

/// <summary>
/// Copies of patterns: where they occur, their danger, and what was said of them so far. One that was not measured yet is measured with the
/// defaults, because its sequences stay behind.
/// </summary>
internal static class PatternCopies
{
    private static readonly ConditionalWeakTable<MiningRun, PatternFamily> s_families = [];

    public static PatternCopy Of(RepeatedPattern pattern)
    {
        var measured = pattern as MeasuredPattern;
        var family = measured?.Family ?? s_families.GetValue(pattern.Run, run => new PatternFamily(run, new MetricOptions(), default));
        return new PatternCopy
        {
            Steps = [.. pattern.Place.Steps],
            Sessions = pattern.SessionCount,
            Occurrences = pattern.OccurrenceCount,
            Raw = pattern.RawCount,
            Sightings = Sightings(pattern.Place),
            Danger = pattern.Place is CopiedPattern { IsComplete: false } ? null : pattern.Place.Danger,
            Levels = pattern.Place.Occurrences,
            Metric = MetricOf(pattern, measured, family),
            Worth = PatternWorthCopy.Of(measured?.Worth),
            Decision = pattern is ClassifiedPattern decided
                ? new DecisionCopy(
                    decided.Status,
                    decided.IsDestructive,
                    [.. decided.Decision.Reasons],
                    decided.Danger,
                    StoredOptions.Write(decided.Policy)
                )
                : null,
            Source = CopySource.Of(pattern.Run, family.LeftOut),
        };
    }

    /// <summary>The pattern, as far as the copy tells of it: found, measured or classified.</summary>
    public static RepeatedPattern Read(PatternCopy copy)
    {
        var run = CopySource.RunOf(copy.Source);
        var options = StoredOptions.Read<MetricOptions>(copy.Metric?.Options) ?? new MetricOptions();
        var found = new RepeatedPattern(run, PlaceOf(copy, options), -1);
        if (copy.Metric?.Savings is not { } savings)
            return found;

        var measured = new MeasuredPattern(
            found,
            options,
            new PatternFamily(run, options, CancellationToken.None),
            savings,
            copy.Worth?.ToWorth()
        );
        return copy.Decision is { } decision
            ? new ClassifiedPattern(
                measured,
                StoredOptions.Read<ClassificationPolicy>(decision.Policy) ?? new ClassificationPolicy(),
                decision.Danger,
                new PolicyDecision(decision.Status, decision.IsDestructive, decision.Reasons)
            )
            : measured;
    }

    private static CopiedPattern PlaceOf(PatternCopy copy, MetricOptions options) =>
        new(
            copy.Steps,
            (copy.Sessions, copy.Occurrences, copy.Raw),
            Array.ConvertAll(
                copy.Sightings,
                seen => new CopiedSighting(
                    seen.Sequence,
                    new SessionSighting(seen.Session, seen.Count, seen.From, seen.To),
                    seen.Starts,
                    seen.Ticks
                )
            ),
            copy.Danger ?? LostDanger.Of(copy.Steps)
        )
        {
            IsComplete = copy.Danger is not null,
            CopiedOccurrences = copy.Danger is null ? null : copy.Levels,
            Metric = copy.Metric is { } metric
                ? new CopiedMetric(
                    new PatternMetric(metric.Confidence, metric.Expected, metric.PValue, metric.QValue, metric.Dispersion ?? double.NaN),
                    options.MinimumLift,
                    metric.FamilySize,
                    metric.LeftOutBecause
                )
                : null,
        };

    private static MetricCopy MetricOf(RepeatedPattern pattern, MeasuredPattern? measured, PatternFamily family)
    {
        var metric = family[pattern];
        return new MetricCopy
        {
            Confidence = metric.ConfidenceScore,
            Expected = metric.Expected,
            PValue = metric.PValue,
            QValue = metric.QValue,
            Dispersion = double.IsNaN(metric.Dispersion) ? null : metric.Dispersion,
            FamilySize = family.SizeOf(pattern),
            LeftOutBecause = measured is null ? family.LeftOutBecause(pattern) : null,
            Savings = measured?.EstimatedSavings,
            Options = StoredOptions.Write(measured?.Options ?? new MetricOptions()),
        };
    }

    private static SightingCopy[] Sightings(PatternPlace place) =>
        place switch
        {
            IndexedPattern indexed =>
            [
                .. indexed.Sightings.Zip(
                    indexed.SeenIn,
                    (sighting, seen) =>
                    {
                        var (starts, ticks) = indexed.StartsIn(sighting.Session);
                        return Copy(sighting.Session, seen, starts, ticks);
                    }
                ),
            ],
            CopiedPattern copied => [.. copied.Sightings.Select(known => Copy(known.Sequence, known.Seen, known.Starts, known.Ticks))],
            _ => [.. place.SeenIn.Select((seen, number) => Copy(number, seen, [], []))],
        };

    private static SightingCopy Copy(int sequence, SessionSighting seen, IReadOnlyList<int> starts, IReadOnlyList<long> ticks) =>
        new(sequence, seen.SessionId, seen.Count, seen.ObservedFrom, seen.ObservedTo, [.. starts], [.. ticks]);
}
