using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PatternAnalysis.Mining;

/// <summary>
/// Finds a pattern's occurrences, overlapping ones included, in time linear in the steps that are searched: sessions that repeat one tool
/// a thousand times are normal input.
/// </summary>
/// <remarks>
/// Knuth, Morris and Pratt (1977); the table is made once for all sessions. A pair to begin with is sought many at a time.
/// </remarks>
internal readonly ref struct PatternMatcher
{
    private readonly ReadOnlySpan<int> _pattern;
    private readonly int[] _borders;

    public PatternMatcher(ReadOnlySpan<int> pattern)
    {
        _pattern = pattern;
        _borders = PatternText.Borders(pattern);
    }

    public Occurrences In(ReadOnlySpan<int> steps) => new(this, steps);

    /// <summary>The starts of the occurrences in a session, ascending.</summary>
    public ref struct Occurrences(PatternMatcher matcher, ReadOnlySpan<int> steps)
    {
        private readonly ReadOnlySpan<int> _pattern = matcher._pattern;
        private readonly int[] _borders = matcher._borders;
        private readonly ReadOnlySpan<int> _steps = steps;
        private int _next;
        private int _matched;

        public int Current { get; private set; }

        public readonly Occurrences GetEnumerator() => this;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public bool MoveNext()
        {
            var pattern = _pattern;
            var borders = _borders;
            var steps = _steps;
            var (next, matched) = (_next, _matched);
            while (next < steps.Length)
            {
                if (matched == 0)
                {
                    next = pattern.Length == 1 ? FindStep(steps, next, pattern[0]) : FindPair(steps, next, pattern[0], pattern[1]);
                    if (next < 0)
                        break;
                    matched = Math.Min(pattern.Length, 2);
                    next += matched;
                }
                else
                {
                    while (matched >= 0 && pattern[matched] != steps[next])
                        matched = borders[matched];
                    matched++;
                    next++;
                }

                if (matched == pattern.Length)
                {
                    Current = next - matched;
                    (_next, _matched) = (next, borders[matched]);
                    return true;
                }
            }

            _next = _steps.Length;
            return false;
        }

        private static int FindStep(ReadOnlySpan<int> steps, int from, int step) =>
            steps[from..].IndexOf(step) is >= 0 and var skip ? from + skip : -1;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static int FindPair(ReadOnlySpan<int> steps, int from, int first, int second)
        {
            ref var start = ref MemoryMarshal.GetReference(steps);
            var (firsts, seconds) = (Vector256.Create(first), Vector256.Create(second));
            for (; from + Vector256<int>.Count < steps.Length; from += Vector256<int>.Count)
            {
                var found =
                    Vector256.Equals(Vector256.LoadUnsafe(ref start, (nuint)from), firsts)
                    & Vector256.Equals(Vector256.LoadUnsafe(ref start, (nuint)from + 1), seconds);
                if (found != Vector256<int>.Zero)
                    return from + BitOperations.TrailingZeroCount(found.ExtractMostSignificantBits());
            }

            for (; from + 1 < steps.Length; from++)
            {
                if (steps[from] == first && steps[from + 1] == second)
                    return from;
            }

            return -1;
        }
    }
}
