namespace PatternAnalysis.Approvals;

/// <summary>
/// Adds what a run saw of a pattern to what was seen before, so that no occurrence is counted twice, however the windows of the runs
/// overlap.
/// </summary>
internal static class SightingMerge
{
    /// <summary>The sightings that a run adds or changes.</summary>
    public static Dictionary<string, PatternSighting> Changes(RepeatedPattern pattern, IReadOnlyDictionary<string, PatternSighting> stored)
    {
        var changes = Observe(pattern);
        if (stored.Count == 0)
            return changes;

        foreach (var (session, seen) in changes)
        {
            if (!stored.TryGetValue(session, out var before))
                continue;
            var merged =
                seen.Covers(before) ? seen
                : before.Covers(seen) ? before
                : new PatternSighting(
                    before.OccurrenceCount + pattern.Place.CountOutside(session, before.ObservedFrom, before.ObservedTo),
                    Math.Min(before.ObservedFrom, seen.ObservedFrom),
                    Math.Max(before.ObservedTo, seen.ObservedTo)
                );
            if (merged == before)
                changes.Remove(session);
            else
                changes[session] = merged;
        }

        return changes;
    }

    /// <summary>Whether a run looked at all of a pattern that was seen before.</summary>
    public static bool CoversAll(RepeatedPattern pattern, IReadOnlyDictionary<string, PatternSighting> stored)
    {
        var seen = Observe(pattern);
        return stored.All(before => seen.TryGetValue(before.Key, out var now) && now.Covers(before.Value));
    }

    /// <summary>
    /// What a run saw of a pattern in each session. Cases that are shown under one name, because it is masked, count together.
    /// </summary>
    private static Dictionary<string, PatternSighting> Observe(RepeatedPattern pattern)
    {
        var sightings = pattern.Place.SeenIn;
        var seen = new Dictionary<string, PatternSighting>(sightings.Length);
        foreach (var sighting in sightings)
        {
            if (seen.TryAdd(sighting.SessionId, new PatternSighting(sighting.Count, sighting.ObservedFrom, sighting.ObservedTo)))
                continue;
            var known = seen[sighting.SessionId];
            seen[sighting.SessionId] = new PatternSighting(
                known.OccurrenceCount + sighting.Count,
                Math.Min(known.ObservedFrom, sighting.ObservedFrom),
                Math.Max(known.ObservedTo, sighting.ObservedTo)
            );
        }

        return seen;
    }
}
