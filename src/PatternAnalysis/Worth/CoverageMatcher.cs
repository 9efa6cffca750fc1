using System.Runtime.CompilerServices;
using PatternAnalysis.Mining;

namespace PatternAnalysis.Worth;

/// <summary>
/// Finds the stretches of a session that a pattern explains though steps were put in, left out or replaced: executions are seldom all
/// alike.
/// </summary>
/// <remarks>
/// A stretch counts as long as it gains something. An occurrence of L steps is told by one name instead of L steps; each edit costs two,
/// what it says and the step that it spoils: L - 1 - 2 edits must be more than 0.
/// Edit distances are those of Sellers (1980), 64 at a time as by Myers (1999) in the form of Hyyrö (2003); so a session costs time linear
/// in its steps, whatever the pattern. Longer patterns than a machine word are looked for as they are, without edits. Not for several
/// threads.
/// </remarks>
/// <param name="activityCount">How many activities there are.</param>
internal sealed class CoverageMatcher(int activityCount)
{
    private const int WordLength = 64;

    // For each activity the places in the pattern where it stands, from the front and from the back.
    private readonly ulong[] _places = new ulong[activityCount];
    private readonly ulong[] _placesFromEnd = new ulong[activityCount];

    private int[] _pattern = [];

    /// <summary>The stretches that a pattern explains, from left to right and without overlap.</summary>
    /// <param name="pattern">The pattern; at least one step.</param>
    /// <param name="steps">The steps of many sessions.</param>
    /// <param name="starts">Where each session starts, and after the last one where it ends.</param>
    public CoverageOccurrence[] Find(ReadOnlySpan<int> pattern, ReadOnlySpan<int> steps, ReadOnlySpan<int> starts)
    {
        // The name of a single step is no shorter than the step.
        if (pattern.Length < 2)
            return [];

        var found = new List<CoverageOccurrence>();
        Use(pattern);
        var matcher = new PatternMatcher(pattern);
        for (var session = 0; session < starts.Length - 1; session++)
        {
            var part = steps[starts[session]..starts[session + 1]];
            if (pattern.Length > WordLength || MostEdits == 0)
                FindExact(matcher, part, starts[session], found);
            else
                FindNear(part, starts[session], found);
        }

        return [.. found];
    }

    private int MostEdits => (_pattern.Length - 2) / 2;

    private void Use(ReadOnlySpan<int> pattern)
    {
        foreach (var step in _pattern)
            (_places[step], _placesFromEnd[step]) = (0, 0);
        _pattern = [.. pattern];
        for (var i = 0; i < Math.Min(_pattern.Length, WordLength); i++)
        {
            _places[_pattern[i]] |= 1UL << i;
            _placesFromEnd[_pattern[^(i + 1)]] |= 1UL << i;
        }
    }

    private void FindExact(PatternMatcher matcher, ReadOnlySpan<int> steps, int offset, List<CoverageOccurrence> found)
    {
        var free = 0;
        foreach (var start in matcher.In(steps))
        {
            if (start < free)
                continue;
            free = start + _pattern.Length;
            found.Add(Occurrence(offset + start, _pattern.Length, 0));
        }
    }

    private void FindNear(ReadOnlySpan<int> steps, int offset, List<CoverageOccurrence> found)
    {
        var (mostEdits, free) = (MostEdits, 0);
        var distances = new Distances(_pattern.Length);
        var (fewest, end) = (int.MaxValue, -1);
        for (var at = 0; at < steps.Length; at++)
        {
            var edits = distances.Next(_places[steps[at]], startsAnywhere: true);
            if (edits <= mostEdits && edits < fewest)
                (fewest, end) = (edits, at);

            // So many steps later nothing that overlaps can be better for being longer.
            if (fewest == int.MaxValue || (fewest > 0 && at - end <= fewest && at < steps.Length - 1))
                continue;

            var length = LengthBefore(steps[free..(end + 1)], fewest);
            found.Add(Occurrence(offset + end + 1 - length, length, fewest));
            (free, at) = (end + 1, end);
            distances = new Distances(_pattern.Length);
            (fewest, end) = (int.MaxValue, -1);
        }
    }

    /// <summary>How many of the last steps the pattern explains with the fewest edits; of equals the most, up to its own length.</summary>
    private int LengthBefore(ReadOnlySpan<int> steps, int edits)
    {
        if (edits == 0)
            return _pattern.Length;

        var distances = new Distances(_pattern.Length);
        var (best, length) = (int.MaxValue, 0);
        for (var taken = 1; taken <= Math.Min(steps.Length, _pattern.Length + edits); taken++)
        {
            var distance = distances.Next(_placesFromEnd[steps[^taken]], startsAnywhere: false);
            if (distance < best || (distance == best && taken <= _pattern.Length))
                (best, length) = (distance, taken);
        }

        return length;
    }

    private CoverageOccurrence Occurrence(int start, int length, int edits) =>
        new(start, (ushort)length, (ushort)Math.Min(ushort.MaxValue, _pattern.Length - 1 - 2 * edits));

    /// <summary>One column of edit distances between a pattern and what was read so far, as differences between its rows.</summary>
    private struct Distances(int length)
    {
        private readonly ulong _lastRow = 1UL << (length - 1);
        private ulong _up = ~0UL;
        private ulong _down;
        private int _distance = length;

        /// <summary>Reads a step and gives the distance of the whole pattern.</summary>
        /// <param name="equal">Where the step stands in the pattern.</param>
        /// <param name="startsAnywhere">Whether the pattern may start at any step read, or must at the first.</param>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int Next(ulong equal, bool startsAnywhere)
        {
            var vertical = equal | _down;
            var horizontal = (((equal & _up) + _up) ^ _up) | equal;
            var right = _down | ~(horizontal | _up);
            var left = _up & horizontal;
            if ((right & _lastRow) != 0)
                _distance++;
            else if ((left & _lastRow) != 0)
                _distance--;
            right = right << 1 | (startsAnywhere ? 0UL : 1UL);
            left <<= 1;
            _up = left | ~(vertical | right);
            _down = right & vertical;
            return _distance;
        }
    }
}
