namespace PatternAnalysis.Analysis;

/// <summary>Adds up what routines could save. Their marginal figures share no turn, so the sum is one of turns that were made.</summary>
/// <remarks>
/// The interval is a percentile bootstrap over sessions with a fixed seed: what a routine saves is spread over its sessions by its
/// occurrences there, and sessions are drawn anew. O(draws x sessions) time.
/// </remarks>
internal static class SavingTotal
{
    private const int Draws = 1000;
    private const ulong Seed = 20260302;

    /// <summary>The total of the routines that are not rejected.</summary>
    public static RunSaving Of(IReadOnlyList<ClassifiedPattern> patterns)
    {
        ClassifiedPattern[] routines =
        [
            .. patterns.Where(pattern => pattern.Worth is { MarginalTurns: > 0 } && !PatternStatus.IsRejected(pattern.Status)),
        ];
        if (routines.Length == 0)
            return RunSaving.None;

        var usd = routines.Sum(routine => routine.Worth!.MarginalUsd);
        var (low, high) = Interval(BySession(routines), routines[0].TotalSessionCount, usd);
        return new RunSaving(
            routines.Count(routine => routine.Worth!.PartOf is null),
            routines.Sum(routine => routine.Worth!.MarginalTurns),
            routines.Sum(routine => routine.Worth!.MarginalTokens),
            usd,
            low,
            high,
            TimeSpan.FromSeconds(routines.Sum(routine => routine.Worth!.MarginalWait.TotalSeconds)),
            routines.Any(routine => routine.Worth!.IsAssumed)
        );
    }

    private static double[] BySession(ClassifiedPattern[] routines)
    {
        var savings = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var routine in routines)
        {
            var share = routine.Worth!.MarginalUsd / Math.Max(1, routine.OccurrenceCount);
            foreach (var sighting in routine.Place.SeenIn)
                savings[sighting.SessionId] = savings.GetValueOrDefault(sighting.SessionId) + share * sighting.Count;
        }

        return [.. savings.OrderBy(session => session.Key, StringComparer.Ordinal).Select(session => session.Value)];
    }

    // The bootstrap draws from all sessions, also from those without a routine, which save nothing.
    private static (double Low, double High) Interval(double[] savings, int sessions, double usd)
    {
        var random = new SeededRandom(Seed);
        var drawn = new double[Draws];
        sessions = Math.Max(sessions, savings.Length);
        for (var draw = 0; draw < Draws; draw++)
        {
            for (var i = 0; i < sessions; i++)
                drawn[draw] += random.Below(sessions) is var session && session < savings.Length ? savings[session] : 0;
        }

        Array.Sort(drawn);
        return (Math.Min(usd, drawn[(int)(0.025 * Draws)]), Math.Max(usd, drawn[(int)(0.975 * Draws) - 1]));
    }
}
