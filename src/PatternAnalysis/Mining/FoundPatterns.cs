using PatternAnalysis.Sequences;

namespace PatternAnalysis.Mining;

/// <summary>What a search found, and what it gave up because some events have more repeats than anybody could look at.</summary>
/// <param name="Patterns">The patterns.</param>
/// <param name="GivenUp">What was given up, a sentence each; nothing on events as people's work leaves them.</param>
internal sealed record FoundPatterns(IReadOnlyList<IndexedPattern> Patterns, IReadOnlyList<string> GivenUp)
{
    /// <summary>At most so many are measured; real work has some thousands.</summary>
    public const int Most = 250_000;

    /// <summary>Cuts what a search found to what can be measured, and says so.</summary>
    /// <param name="found">All that was found. Of too many those in the fewest sessions, with the fewest occurrences, are left out.</param>
    /// <param name="longestLength">Beyond which length nothing was looked for; null when that is none.</param>
    /// <param name="most">At most so many are kept.</param>
    public static FoundPatterns Of(IReadOnlyList<FoundNode> found, int? longestLength, int most = Most)
    {
        var givenUp = new List<string>();
        if (longestLength is { } longest)
            givenUp.Add(Line($"Patterns of more than {longest:N0} steps were not looked for: these events repeat themselves too much."));
        if (found.Count <= most)
            return new FoundPatterns([.. found.Select(node => node.ToPattern())], givenUp);

        givenUp.Add(
            Line($"Of {found.Count:N0} repeated sequences the {most:N0} in the most sessions are measured; ")
                + "ask for more sessions (MinOccurrences), or for a shorter time."
        );
        FoundNode[] inOrder = [.. found];
        Array.Sort(inOrder, (one, other) => Rank(other).CompareTo(Rank(one)));
        return new FoundPatterns([.. inOrder.Take(most).Select(node => node.ToPattern())], givenUp);
    }

    // No two nodes of an index have the same first place and length, and those of several indexes have different lengths.
    private static (int, int, int, int) Rank(FoundNode found)
    {
        ref var node = ref found.Index[found.Node];
        return (node.SessionCount, node.RawCount, node.Length, -node.Position);
    }

    private static string Line(InvariantText text) => text.Take();
}

/// <summary>A node of an index that may become a pattern; there can be millions of which most are left out.</summary>
/// <param name="Index">The index.</param>
/// <param name="Node">The node.</param>
/// <param name="Corpus">The run's corpus, or null when it is the index's.</param>
/// <param name="SessionOf">The corpus's number of each of the index's sequences, or null when they are the same.</param>
internal readonly record struct FoundNode(SequenceIndex Index, int Node, SequenceCorpus? Corpus = null, int[]? SessionOf = null)
{
    /// <summary>The pattern.</summary>
    public IndexedPattern ToPattern() => new(Index, Node, Corpus, SessionOf);
}
