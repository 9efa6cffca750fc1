using PatternAnalysis.Mining;

namespace PatternAnalysis.Storage.Postgres;

/// <summary>
/// Counts sub-sequences a step longer each time: the shares count how often what recurs is followed by each step, here it is added up what
/// of it recurs, and the shares go on from there.
/// </summary>
/// <param name="shares">The shares.</param>
/// <param name="minimumSessions">In how many cases what recurs must occur.</param>
internal sealed class CountedLevels(CountingShares shares, int minimumSessions)
{
    // So many counts of a case are laid side by side: of the server's integers as many as stay in the row.
    private const int MostFirst = 256;

    // By number; the first stands for no steps at all.
    private readonly List<string> _sequences = [""];
    private int _length;

    /// <summary>How many sequences, of the lowest numbers, have their counts laid side by side in each case.</summary>
    public int FirstCount { get; private set; }

    /// <summary>The sequence of a number.</summary>
    public string Sequence(int node) => _sequences[node];

    /// <summary>Counts what recurs of the next length; nothing when that is nothing.</summary>
    public SequenceCount[] CountNext(CancellationToken cancellationToken)
    {
        CountedGroup[] recurring =
        [
            .. CountGroups(cancellationToken)
                .Where(group => group.Cases >= minimumSessions && (group.Least < 0 || group.Least != group.Greatest))
                .OrderBy(group => group.Parent)
                .ThenBy(group => group.Step),
        ];
        if (recurring.Length == 0)
            return [];

        var first = _sequences.Count;
        _sequences.AddRange(recurring.Select(group => _sequences[group.Parent] + (char)(IPatternCounter.FirstCharacter - 1 + group.Step)));
        KeptGroup[] kept =
        [
            .. recurring.Select(
                (group, i) =>
                    new KeptGroup(group.Parent, group.Step, first + i, CanOverlap(_sequences[first + i]) ? _sequences[first + i] : "")
            ),
        ];
        var sums = new (long Occurrences, double Squared)[kept.Length];
        foreach (
            var (node, occurrences, squared) in shares
                .Ask(share => share.KeepLevel(_length, kept, cancellationToken))
                .SelectMany(rows => rows)
        )
        {
            ref var sum = ref sums[node - first];
            sum = (sum.Occurrences + occurrences, sum.Squared + squared);
        }

        if (_length == 1)
        {
            FirstCount = Math.Min(_sequences.Count - 1, MostFirst);
            shares.Ask(share => share.Query<int>(CountingSql.LayOutFirst, new { count = FirstCount }, cancellationToken));
        }

        _length++;
        return
        [
            .. recurring.Select(
                (group, i) =>
                    new SequenceCount(first + i, _sequences[first + i], group.Raw, sums[i].Occurrences, group.Cases, sums[i].Squared)
            ),
        ];
    }

    /// <summary>
    /// How often what recurs is followed by each step, in all shares. What is in enough cases of all is in its part of them in one share:
    /// each tells of what it has so often, and then of what another told of (Savasere, Omiecinski and Navathe, 1995).
    /// </summary>
    private Dictionary<(int Parent, int Step), CountedGroup>.ValueCollection CountGroups(CancellationToken cancellationToken)
    {
        var least = (minimumSessions + shares.Count - 1) / shares.Count;
        var groups = new Dictionary<(int Parent, int Step), CountedGroup>();
        var told = shares.Ask(share => share.CountLevel(_length, least, cancellationToken));
        foreach (var group in told.SelectMany(rows => rows))
            Add(group);

        if (least > 1)
        {
            (int Parent, int Step)[] all = [.. groups.Keys];
            foreach (
                var group in shares
                    .Ask(
                        (share, number) =>
                            share.CountGroups([.. all.Except(told[number].Select(row => (row.Parent, row.Step)))], cancellationToken)
                    )
                    .SelectMany(rows => rows)
            )
                Add(group);
        }

        return groups.Values;

        void Add(CountedGroup group)
        {
            var key = (group.Parent, group.Step);
            groups[key] = groups.TryGetValue(key, out var known) ? known.And(group) : group;
        }
    }

    /// <summary>Whether a sequence ends as it begins.</summary>
    private static bool CanOverlap(string sequence)
    {
        for (var length = 1; length < sequence.Length; length++)
        {
            if (sequence.AsSpan(0, length).SequenceEqual(sequence.AsSpan(sequence.Length - length)))
                return true;
        }

        return false;
    }
}
