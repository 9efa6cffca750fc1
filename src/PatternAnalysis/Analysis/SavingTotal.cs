using PatternAnalysis.Events;
using PatternAnalysis.Metrics;

namespace PatternAnalysis.Analysis;

/// <summary>Adds up what routines could save. Their marginal figures share no turn, so the sum is one of turns that were made.</summary>
/// <remarks>
/// The interval is the one of <see cref="SessionSpread"/>: what a routine saves is spread over its sessions by its occurrences there.
/// </remarks>
internal static class SavingTotal
{
    /// <summary>The total of the routines that are not rejected.</summary>
    public static RunSaving Of(IReadOnlyList<ClassifiedPattern> patterns)
    {
        var routines = Routines(patterns);
        if (routines.Length == 0)
            return RunSaving.None;

        var (usd, wait) = (
            routines.Sum(routine => routine.Worth!.MarginalUsd),
            routines.Sum(routine => routine.Worth!.MarginalWait.TotalSeconds)
        );
        var all = IntervalsOf(routines);
        return new RunSaving(
            routines.Count(routine => routine.Worth!.PartOf is null),
            routines.Sum(routine => routine.Worth!.MarginalTurns),
            routines.Sum(routine => routine.Worth!.MarginalTokens),
            usd,
            all.UsdLow,
            all.UsdHigh,
            TimeSpan.FromSeconds(wait),
            routines.Any(routine => routine.Worth!.IsAssumed)
        )
        {
            WaitLow = all.WaitLow,
            WaitHigh = all.WaitHigh,
        };
    }

    /// <summary>The 95 % intervals of what a routine and its parts save beside those before it: in US dollars, and in time.</summary>
    public static (double UsdLow, double UsdHigh, TimeSpan WaitLow, TimeSpan WaitHigh) IntervalsOf(IReadOnlyList<ClassifiedPattern> routine)
    {
        var saving = Routines(routine);
        if (saving.Length == 0)
            return (0, 0, TimeSpan.Zero, TimeSpan.Zero);
        var usd = BySession(saving, pattern => pattern.Worth!.MarginalUsd);
        var wait = BySession(saving, pattern => pattern.Worth!.MarginalWait.TotalSeconds);
        var (cheapest, dearest) = SessionSpread.Of(usd, saving[0].TotalSessionCount);
        var (shortest, longest) = SessionSpread.Of(wait, saving[0].TotalSessionCount);
        var (sum, most) = (usd.Sum(), saving[0].Worth!.MostUsd ?? double.PositiveInfinity);
        return (
            Math.Min(sum * cheapest, most),
            Math.Min(sum * dearest, most),
            TimeSpan.FromSeconds(wait.Sum() * shortest),
            TimeSpan.FromSeconds(wait.Sum() * longest)
        );
    }

    /// <summary>What could go beside what was spent, by the days that sessions spent on; on no day more than was spent.</summary>
    /// <param name="patterns">The patterns of a run.</param>
    /// <param name="dayOfSession">On which day a session spent; one that nothing is known of saves on the day of its step.</param>
    /// <param name="spent">What was spent on each day, in US dollars.</param>
    public static DaySpending[] ByDay(
        IReadOnlyList<ClassifiedPattern> patterns,
        IReadOnlyDictionary<string, DateOnly> dayOfSession,
        IReadOnlyDictionary<DateOnly, double> spent
    )
    {
        var couldGo = new Dictionary<DateOnly, double>();
        foreach (var routine in Routines(patterns))
        {
            var share = routine.Worth!.MarginalUsd / Math.Max(1, routine.OccurrenceCount);
            foreach (var sighting in routine.Place.SeenIn)
            {
                if (
                    !dayOfSession.TryGetValue(sighting.SessionId, out var day)
                    && !dayOfSession.TryGetValue(CaseName.SessionOf(sighting.SessionId), out day)
                )
                    day = DateOnly.FromDateTime(new DateTime(sighting.ObservedFrom));
                couldGo[day] = couldGo.GetValueOrDefault(day) + share * sighting.Count;
            }
        }

        return
        [
            .. spent
                .OrderBy(day => day.Key)
                .Select(day => new DaySpending(day.Key, day.Value, Math.Min(day.Value, couldGo.GetValueOrDefault(day.Key)))),
        ];
    }

    private static ClassifiedPattern[] Routines(IReadOnlyList<ClassifiedPattern> patterns) =>
        [.. patterns.Where(pattern => pattern.Worth is { MarginalTurns: > 0 } && !PatternStatus.IsRejected(pattern.Status))];

    private static double[] BySession(ClassifiedPattern[] routines, Func<ClassifiedPattern, double> savedBy)
    {
        var savings = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var routine in routines)
        {
            var share = savedBy(routine) / Math.Max(1, routine.OccurrenceCount);
            foreach (var sighting in routine.Place.SeenIn)
                savings[sighting.SessionId] = savings.GetValueOrDefault(sighting.SessionId) + share * sighting.Count;
        }

        return [.. savings.OrderBy(session => session.Key, StringComparer.Ordinal).Select(session => session.Value)];
    }
}
