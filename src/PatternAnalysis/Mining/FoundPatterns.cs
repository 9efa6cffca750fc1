using System.Globalization;

namespace PatternAnalysis.Mining;

/// <summary>What a search found, and what it gave up because some events have more repeats than anybody could look at.</summary>
internal sealed class FoundPatterns
{
    /// <summary>At most so many are measured; real work has some thousands.</summary>
    public const int Most = 250_000;

    private readonly List<string> _givenUp = [];
    private int _longestLength = int.MaxValue;

    /// <summary>The patterns.</summary>
    public List<IndexedPattern> Patterns { get; } = [];

    /// <summary>What was given up, a sentence each; nothing on events as people's work leaves them.</summary>
    public IReadOnlyList<string> GivenUp => _givenUp;

    /// <summary>Adds nodes of an index as patterns, and says where the search for longer ones ended.</summary>
    /// <param name="index">The index.</param>
    /// <param name="nodes">The nodes. Of too many those in the fewest sessions, with the fewest occurrences, are left out.</param>
    /// <param name="make">Makes a pattern.</param>
    public void Add(SequenceIndex index, List<int> nodes, Func<int, IndexedPattern> make)
    {
        if (index.LongestLength is { } longest && longest < _longestLength)
        {
            _longestLength = longest;
            _givenUp.Add(Line($"Patterns of more than {longest:N0} steps were not looked for: these events repeat themselves too much."));
        }

        var room = Most - Patterns.Count;
        if (nodes.Count > room)
        {
            _givenUp.Add(
                Line($"Of {nodes.Count:N0} repeated sequences the {room:N0} in the most sessions are measured; ")
                    + "ask for more sessions (MinOccurrences), or for a shorter time."
            );
            nodes.Sort((one, other) => Rank(index[other], index[one]));
            nodes.RemoveRange(room, nodes.Count - room);
        }

        Patterns.AddRange(nodes.Select(make));
    }

    // No two nodes have the same first place and length.
    private static int Rank(in SequenceIndex.Node one, in SequenceIndex.Node other) =>
        (one.SessionCount, one.RawCount, one.Length, other.Position).CompareTo(
            (other.SessionCount, other.RawCount, other.Length, one.Position)
        );

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
