using PatternAnalysis.Mining;

namespace PatternAnalysis.Approvals;

/// <summary>Adds what a run saw of a pattern to what was seen before, so that no occurrence is counted twice, however the windows of the runs overlap.</summary>
internal static class SightingMerge
{
    /// <summary>The sightings that a run adds or changes.</summary>
    public static Dictionary<string, PatternSighting> Changes(RepeatedPattern pattern, IReadOnlyDictionary<string, PatternSighting> stored)
    {
        var changes = new Dictionary<string, PatternSighting>();
        foreach (var group in pattern.Place.SeenIn.GroupBy(sighting => sighting.SessionId))
        {
            var seen = group
                .Select(Observe)
                .Aggregate((a, b) => new PatternSighting(
                    a.OccurrenceCount + b.OccurrenceCount, Math.Min(a.ObservedFrom, b.ObservedFrom), Math.Max(a.ObservedTo, b.ObservedTo)));
            var known = stored.TryGetValue(group.Key, out var before);
            var merged = !known || seen.Covers(before) ? seen
                : before.Covers(seen) ? before
                : new PatternSighting(
                    before.OccurrenceCount + pattern.Place.CountOutside(group.Key, before.ObservedFrom, before.ObservedTo),
                    Math.Min(before.ObservedFrom, seen.ObservedFrom),
                    Math.Max(before.ObservedTo, seen.ObservedTo));
            if (!known || merged != before)
                changes.Add(group.Key, merged);
        }

        return changes;
    }

    /// <summary>Whether a run looked at all of a pattern that was seen before.</summary>
    public static bool CoversAll(RepeatedPattern pattern, IReadOnlyDictionary<string, PatternSighting> stored)
    {
        var seen = pattern.Place.SeenIn.ToLookup(sighting => sighting.SessionId, Observe);
        return stored.All(before => seen[before.Key].Any(now => now.Covers(before.Value)));
    }

    private static PatternSighting Observe(SessionSighting sighting) => new(sighting.Count, sighting.ObservedFrom, sighting.ObservedTo);
}
