using System.Runtime.CompilerServices;

namespace PatternAnalysis.Mining;

/// <summary>
/// Finds a pattern's occurrences, overlapping ones included, in time linear in the steps that are searched: sessions that repeat one tool
/// a thousand times are normal input.
/// </summary>
/// <remarks>Knuth, Morris and Pratt (1977); the table is made once for all sessions.</remarks>
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
        private readonly PatternMatcher _matcher = matcher;
        private readonly ReadOnlySpan<int> _steps = steps;
        private int _next;
        private int _matched;

        public int Current { get; private set; }

        public readonly Occurrences GetEnumerator() => this;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public bool MoveNext()
        {
            var pattern = _matcher._pattern;
            var borders = _matcher._borders;
            while (_next < _steps.Length)
            {
                if (_matched == 0)
                {
                    // The first step is sought many at a time.
                    var skip = _steps[_next..].IndexOf(pattern[0]);
                    if (skip < 0)
                        break;
                    _next += skip;
                }

                while (_matched >= 0 && pattern[_matched] != _steps[_next])
                    _matched = borders[_matched];
                _matched++;
                _next++;
                if (_matched == pattern.Length)
                {
                    Current = _next - pattern.Length;
                    _matched = borders[_matched];
                    return true;
                }
            }

            _next = _steps.Length;
            return false;
        }
    }
}
