using System.Runtime.InteropServices;

namespace PatternAnalysis.Worth;

/// <summary>
/// Orders what covers steps: the one that gains the most comes first and takes its steps; the others gain what is left to them, and so on.
/// What keeps too little of its own gain is part of the one that took most of it.
/// </summary>
/// <remarks>
/// Gains only fall, so a gain of before is a bound, and only the item with the highest bound is added up anew (Minoux, "Accelerated greedy
/// algorithms", 1978): O(occurrences x their length) for each time that an item reaches the top, which few do often.
/// </remarks>
internal sealed class GreedyCover
{
    private const int Nobody = -1;

    private readonly CoverageOccurrence[][] _occurrences;
    private readonly double _partShare;
    private readonly int[] _owners;
    private readonly Dictionary<int, long> _lost = [];

    private GreedyCover(CoverageOccurrence[][] occurrences, int stepCount, double partShare)
    {
        (_occurrences, _partShare) = (occurrences, partShare);
        _owners = new int[stepCount];
        Array.Fill(_owners, Nobody);
    }

    /// <summary>An item's place in the order.</summary>
    /// <param name="Item">Its number.</param>
    /// <param name="Whole">The number of the item that it is part of, or its own.</param>
    public readonly record struct Place(int Item, int Whole);

    /// <summary>The items that keep enough, then the parts by what they gain alone; of equals the lower number comes first.</summary>
    /// <param name="occurrences">Each item's occurrences, without overlap.</param>
    /// <param name="stepCount">How many steps there are.</param>
    /// <param name="partShare">The share of its own gain that an item must keep, from 0 to 1.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public static IReadOnlyList<Place> Order(
        CoverageOccurrence[][] occurrences,
        int stepCount,
        double partShare,
        CancellationToken cancellationToken
    ) => new GreedyCover(occurrences, stepCount, partShare).Order(cancellationToken);

    private List<Place> Order(CancellationToken cancellationToken)
    {
        var own = Array.ConvertAll(_occurrences, GainOf);
        var queue = new PriorityQueue<int, (long Negative, int Item)>();
        for (var item = 0; item < own.Length; item++)
            queue.Enqueue(item, (-own[item], item));

        var (wholes, parts) = (new List<Place>(), new List<Place>());
        while (queue.TryDequeue(out var item, out _))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var left = Left(item);
            if (own[item] > 0 && (left == 0 || left < _partShare * own[item]))
            {
                parts.Add(new Place(item, _lost.MaxBy(entry => (entry.Value, -entry.Key)).Key));
            }
            else if (queue.TryPeek(out _, out var next) && (-left, item).CompareTo(next) > 0)
            {
                queue.Enqueue(item, (-left, item));
            }
            else
            {
                foreach (var occurrence in _occurrences[item])
                    _owners.AsSpan(occurrence.Start, occurrence.Length).Replace(Nobody, item);
                wholes.Add(new Place(item, item));
            }
        }

        return [.. wholes, .. parts.OrderByDescending(place => own[place.Item]).ThenBy(place => place.Item)];
    }

    private static long GainOf(CoverageOccurrence[] occurrences)
    {
        long gain = 0;
        foreach (var occurrence in occurrences)
            gain += occurrence.Gain;
        return gain;
    }

    /// <summary>What is left to an item: each step that is taken spoils one. Notes to whom it lost how much.</summary>
    private long Left(int item)
    {
        long sum = 0;
        _lost.Clear();
        foreach (var occurrence in _occurrences[item])
        {
            var left = (int)occurrence.Gain;
            foreach (var owner in _owners.AsSpan(occurrence.Start, occurrence.Length))
            {
                if (owner == Nobody || left == 0)
                    continue;
                left--;
                CollectionsMarshal.GetValueRefOrAddDefault(_lost, owner, out _)++;
            }

            sum += left;
        }

        return sum;
    }
}
