using System.Runtime.InteropServices;
using PatternAnalysis.Danger;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Mining;

/// <summary>
/// What is left of patterns without their destructive occurrences: the same steps, found anew where a destructive step is another activity.
/// So a variant is a pattern like any other, with counts, chance and worth of its own.
/// </summary>
internal static class DestructiveVariants
{
    /// <summary>The variants of a run's patterns; null when there is none.</summary>
    /// <param name="run">The run.</param>
    /// <param name="find">Finds the patterns of a corpus.</param>
    /// <param name="givenUp">What the search for them gave up, a sentence each.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <remarks>As much as the run itself, and nothing where no pattern holds an activity that is destructive now and then.</remarks>
    public static MiningRun? Of(
        IndexedRun run,
        Func<SequenceCorpus, MiningOptions, CancellationToken, FoundPatterns> find,
        out IReadOnlyList<string> givenUp,
        CancellationToken cancellationToken
    )
    {
        givenUp = [];
        var wholes = new Dictionary<string, RepeatedPattern>(StringComparer.Ordinal);
        foreach (var pattern in run.Patterns)
        {
            if (MayBeDestructive(pattern.Place, run.Corpus))
                wholes.Add(Key(pattern.Place), pattern);
        }

        if (wholes.Count == 0 || run.Corpus.WithDestructiveApart() is not { } apart)
            return null;

        var (places, lost) = find(apart, run.Options, cancellationToken);
        givenUp = lost;
        var found = new List<IndexedPattern>();
        foreach (var place in places)
        {
            // Where as many are left nothing was destructive; what always is, is no other activity and stays.
            if (
                wholes.TryGetValue(Key(place), out var whole)
                && place.RawCount < whole.RawCount
                && place.Danger.Level != DangerLevel.Destructive
            )
                found.Add(place);
        }

        if (found.Count == 0)
            return null;

        var variants = new IndexedRun(apart, run.Options, found, run);
        foreach (var variant in variants.Patterns)
            variant.Whole = wholes[Key(variant.Place)];
        return variants;
    }

    private static bool MayBeDestructive(PatternPlace place, SequenceCorpus corpus)
    {
        foreach (var step in place.StepNumbers)
        {
            if (corpus.WorstLevel(step) == DangerLevel.Destructive)
                return true;
        }

        return false;
    }

    // Patterns of one text in other sessions are whole sequences of another length; none shares its steps with another.
    private static string Key(PatternPlace place) => new(MemoryMarshal.Cast<int, char>(place.StepNumbers));
}
