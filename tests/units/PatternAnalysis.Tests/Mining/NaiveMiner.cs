namespace PatternAnalysis.Tests.Mining;

/// <summary>The miner's twin: every part of every session, looked up everywhere. Nothing is shared with the product.</summary>
internal static class NaiveMiner
{
    public sealed record Pattern(string Text, int Length, int SessionCount, int RawCount, int OccurrenceCount);

    public static List<Pattern> ClosedPatterns(string[][] sessions, int minimumSessions, int minimumLength, int maximumLength)
    {
        var activities = sessions.SelectMany(session => session).Distinct().ToArray();
        var patterns = new List<Pattern>();
        foreach (var steps in PartsOf(sessions).Where(part => part.Length >= minimumLength && part.Length <= maximumLength))
        {
            var holders = sessions.Count(session => RawCount(session, steps) > 0);
            var raw = sessions.Sum(session => RawCount(session, steps));
            var isClosed = !activities.Any(activity =>
                sessions.Sum(session => RawCount(session, [activity, .. steps])) == raw
                || sessions.Sum(session => RawCount(session, [.. steps, activity])) == raw
            );
            if (holders >= minimumSessions && isClosed)
                patterns.Add(
                    new Pattern(
                        string.Join('→', steps),
                        steps.Length,
                        holders,
                        raw,
                        sessions.Sum(session => CountWithoutOverlap(session, steps))
                    )
                );
        }

        return patterns;
    }

    public static int RawCount(string[] session, string[] steps) =>
        Enumerable.Range(0, Math.Max(0, session.Length - steps.Length + 1)).Count(at => IsAt(session, at, steps));

    public static int CountWithoutOverlap(string[] session, string[] steps)
    {
        var count = 0;
        for (var at = 0; at + steps.Length <= session.Length; at++)
        {
            if (!IsAt(session, at, steps))
                continue;
            count++;
            at += steps.Length - 1;
        }

        return count;
    }

    private static IEnumerable<string[]> PartsOf(string[][] sessions) =>
        sessions
            .SelectMany(session =>
                Enumerable
                    .Range(0, session.Length)
                    .SelectMany(from => Enumerable.Range(1, session.Length - from).Select(length => session[from..(from + length)]))
            )
            .DistinctBy(part => string.Join('→', part));

    private static bool IsAt(string[] session, int at, string[] steps)
    {
        for (var i = 0; i < steps.Length; i++)
        {
            if (session[at + i] != steps[i])
                return false;
        }

        return true;
    }
}
