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
        var matcher = new PatternMatcher(wanted);
        var worst = DangerVerdict.Safe;
        foreach (var sighting in pattern.Place.Sightings)
        {
            if (corpus.IsAllSafe(sighting.Session))
                continue;

            // Occurrences overlap; a step is looked at once.
            var seen = 0;
            foreach (var start in matcher.In(corpus.Steps(sighting.Session)))
            {
                for (var step = Math.Max(start, seen); step < start + wanted.Length; step++)
                    worst = DangerVerdict.Worst(worst, corpus.Verdict(sighting.Session, step));
                if (worst.Level == DangerLevel.Destructive)
                    return worst;
                seen = start + wanted.Length;
            }
        }

        return worst;
    }
}
