using PatternAnalysis.Danger;
using PatternAnalysis.Mining;

namespace PatternAnalysis.Classification;

/// <summary>How dangerous a pattern is: the worst step of its worst occurrence decides.</summary>
internal static class PatternDanger
{
    /// <summary>The worst verdict over all occurrences, overlapping ones included; of equals the first in the order of the sessions.</summary>
    /// <remarks>O(the steps of the sessions that hold the pattern and have a step that is not safe).</remarks>
    public static DangerVerdict Of(RepeatedPattern pattern)
    {
        var corpus = pattern.Run.Corpus;
        var wanted = pattern.Place.Index.Steps(pattern.Place.Node);

        // Most patterns are of activities that no step of which is anything but safe.
        var possible = DangerLevel.Safe;
        foreach (var activity in wanted)
            possible = (DangerLevel)Math.Max((int)possible, (int)corpus.WorstLevel(activity));
        if (possible == DangerLevel.Safe)
            return DangerVerdict.Safe;

        var matcher = new PatternMatcher(wanted);
        var worst = DangerVerdict.Safe;
        for (var sighting = pattern.Place.Read(); sighting.MoveNext();)
        {
            if (corpus.IsAllSafe(sighting.Session))
                continue;

            // Occurrences overlap; a step is looked at once.
            var seen = 0;
            foreach (var start in matcher.In(corpus.Steps(sighting.Session)))
            {
                for (var step = Math.Max(start, seen); step < start + wanted.Length; step++)
                    worst = DangerVerdict.Worst(worst, corpus.Verdict(sighting.Session, step));
                if (worst.Level == possible)
                    return worst;
                seen = start + wanted.Length;
            }
        }

        return worst;
    }
}
