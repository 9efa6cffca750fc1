namespace PatternAnalysis;

/// <summary>Chooses the sessions that stand for all that hold a pattern: those that hold it most often, then by id.</summary>
internal static class ExampleSessions
{
    private const int MostCount = 10;

    /// <summary>The chosen ones, the first first.</summary>
    /// <param name="sessions">The sessions, and how often each holds the pattern.</param>
    public static string[] Of(IEnumerable<(string Id, long Count)> sessions)
    {
        var chosen = new List<(string Id, long Count)>(MostCount + 1);
        foreach (var session in sessions)
        {
            if (chosen.Count == MostCount && Compare(session, chosen[^1]) >= 0)
                continue;
            var place = chosen.Count;
            while (place > 0 && Compare(session, chosen[place - 1]) < 0)
                place--;
            chosen.Insert(place, session);
            if (chosen.Count > MostCount)
                chosen.RemoveAt(MostCount);
        }

        return [.. chosen.Select(session => session.Id)];
    }

    private static int Compare((string Id, long Count) a, (string Id, long Count) b) =>
        a.Count != b.Count ? b.Count.CompareTo(a.Count) : string.CompareOrdinal(a.Id, b.Id);
}
