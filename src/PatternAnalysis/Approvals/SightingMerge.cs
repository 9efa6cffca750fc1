using PatternAnalysis.Mining;

namespace PatternAnalysis.Approvals;

/// <summary>Adds what a run saw of a pattern to what was seen before, so that no occurrence is counted twice, however the windows of the runs overlap.</summary>
internal static class SightingMerge
{
    /// <summary>The sightings that a run adds or changes.</summary>
    public static Dictionary<string, PatternSighting> Changes(RepeatedPattern pattern, IReadOnlyDictionary<string, PatternSighting> stored)
    {
        var changes = new Dictionary<string, PatternSighting>();
        foreach (var group in pattern.Place.Sightings.GroupBy(sighting => pattern.Run.Corpus.SessionId(sighting.Session)))
        {
            var seen = group
                .Select(sighting => Observe(pattern, sighting))
                .Aggregate((a, b) => new PatternSighting(
                    a.OccurrenceCount + b.OccurrenceCount, Math.Min(a.ObservedFrom, b.ObservedFrom), Math.Max(a.ObservedTo, b.ObservedTo)));
            var known = stored.TryGetValue(group.Key, out var before);
            var merged = !known || seen.Covers(before) ? seen
                : before.Covers(seen) ? before
                : new PatternSighting(
                    before.OccurrenceCount + group.Sum(sighting => CountOutside(pattern, sighting.Session, before)),
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
        var seen = pattern.Place.Sightings.ToLookup(sighting => pattern.Run.Corpus.SessionId(sighting.Session), sighting => Observe(pattern, sighting));
        return stored.All(before => seen[before.Key].Any(now => now.Covers(before.Value)));
    }

    private static PatternSighting Observe(RepeatedPattern pattern, IndexedPattern.Sighting sighting)
    {
        var corpus = pattern.Run.Corpus;
        return new PatternSighting(
            sighting.Count, corpus.UtcTicks(sighting.Session, 0), corpus.UtcTicks(sighting.Session, corpus.Length(sighting.Session) - 1));
    }

    /// <summary>How many occurrences start where nothing was looked at before.</summary>
    private static int CountOutside(RepeatedPattern pattern, int session, PatternSighting before)
    {
        var corpus = pattern.Run.Corpus;
        var steps = corpus.Steps(session);
        var wanted = pattern.Place.Index.Steps(pattern.Place.Node);
        var count = 0;
        var free = 0;
        foreach (var at in new PatternMatcher(wanted).In(steps))
        {
            if (at < free)
                continue;
            free = at + wanted.Length;
            var start = corpus.UtcTicks(session, at);
            if (start < before.ObservedFrom || start > before.ObservedTo)
                count++;
        }

        return count;
    }
}
