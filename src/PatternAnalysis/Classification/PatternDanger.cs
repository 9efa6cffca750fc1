using PatternAnalysis.Danger;

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
        var worst = DangerVerdict.Safe;
        foreach (var sighting in pattern.Place.Sightings)
        {
            if (corpus.IsAllSafe(sighting.Session))
                continue;

            var steps = corpus.Steps(sighting.Session);
            for (var at = 0; steps[at..].IndexOf(wanted) is >= 0 and var found; at += found + 1)
            {
                for (var step = at + found; step < at + found + wanted.Length; step++)
                    worst = DangerVerdict.Worst(worst, corpus.Verdict(sighting.Session, step));
                if (worst.Level == DangerLevel.Destructive)
                    return worst;
            }
        }

        return worst;
    }
}
