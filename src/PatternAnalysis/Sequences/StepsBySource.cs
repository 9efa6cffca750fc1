using System.Runtime.CompilerServices;

namespace PatternAnalysis.Sequences;

/// <summary>
/// The steps of all parts, source by source, by a counting sort of where they lie: the steps themselves stay in their blocks, and one
/// source at a time
/// is laid out side by side. Steps of calls that were not made are left out. Linear in the steps; four bytes a step beyond the steps.
/// </summary>
internal sealed class StepsBySource
{
    private readonly TimedStep[][] _blocks;
    private readonly int[] _places;
    private readonly int[] _starts;
    private readonly long[] _firstTicks;
    private readonly int[] _countByFacts;
    private TimedStep[] _buffer = [];

    public StepsBySource(IReadOnlyList<EventPart> parts, StepTables tables)
    {
        ArraySegment<TimedStep>[] blocks = [.. parts.SelectMany(part => part.Steps.Blocks())];
        _blocks = [.. blocks.Select(block => block.Array!)];
        _countByFacts = new int[tables.Facts.Count];
        (_starts, _firstTicks) = Count(blocks, tables);
        _places = Place(blocks, tables);
    }

    /// <summary>How many steps were left out because their calls were not made, by <see cref="NotMade"/>.</summary>
    public long[] NotMadeCounts { get; } = new long[3];

    /// <summary>How many steps have a name, of the sources that were asked for.</summary>
    public int CountNamed(StepTables tables) => _countByFacts.Where((_, facts) => tables.ActivityOf(facts) >= 0).Sum();

    /// <summary>How many steps a source has.</summary>
    public int Count(int source) => _starts[source + 1] - _starts[source];

    /// <summary>When the first step of a source happened, in UTC ticks.</summary>
    public long FirstTicks(int source) => _firstTicks[source];

    /// <summary>The steps of a source by time and then by insertion; valid until the next call.</summary>
    public Span<TimedStep> this[int source]
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        get
        {
            var places = _places.AsSpan(_starts[source], Count(source));
            if (_buffer.Length < places.Length)
                _buffer = new TimedStep[Math.Max(places.Length, _buffer.Length * 2)];
            var steps = _buffer.AsSpan(0, places.Length);
            var isSorted = true;
            for (var i = 0; i < places.Length; i++)
            {
                steps[i] = Step(places[i]);
                isSorted &= i == 0 || TimedStep.Compare(steps[i - 1], steps[i]) <= 0;
            }

            // Stores hand over most sessions in order.
            if (!isSorted)
                steps.Sort(static (a, b) => TimedStep.Compare(a, b));
            return steps;
        }
    }

    private ref TimedStep Step(int place) =>
        ref _blocks[place >> BlockList<TimedStep>.BlockBits][place & (BlockList<TimedStep>.BlockLength - 1)];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (int[] Starts, long[] FirstTicks) Count(ArraySegment<TimedStep>[] blocks, StepTables tables)
    {
        var starts = new int[tables.Sources.Count + 1];
        var firstTicks = new long[tables.Sources.Count];
        Array.Fill(firstTicks, long.MaxValue);
        foreach (var block in blocks)
        {
            foreach (ref var step in block.AsSpan())
            {
                if (tables.NotMadeOf(step) is not NotMade.No and var why)
                {
                    NotMadeCounts[(int)why] += tables.Others.Contains(step.Source) ? 0 : 1;
                    continue;
                }

                starts[step.Source + 1]++;
                if (tables.Others.Count == 0 || !tables.Others.Contains(step.Source))
                    _countByFacts[step.Facts]++;
                ref var first = ref firstTicks[step.Source];
                first = Math.Min(first, step.Ticks);
            }
        }

        for (var source = 0; source < firstTicks.Length; source++)
            starts[source + 1] += starts[source];
        return (starts, firstTicks);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int[] Place(ArraySegment<TimedStep>[] blocks, StepTables tables)
    {
        var places = new int[_starts[^1]];
        var next = _starts.AsSpan(.._firstTicks.Length).ToArray();
        for (var block = 0; block < blocks.Length; block++)
        {
            var steps = blocks[block].AsSpan();
            for (var i = 0; i < steps.Length; i++)
            {
                if (tables.NotMadeOf(steps[i]) == NotMade.No)
                    places[next[steps[i].Source]++] = (block << BlockList<TimedStep>.BlockBits) + i;
            }
        }

        return places;
    }
}
