using PatternAnalysis.Mining;

namespace PatternAnalysis.Metrics;

/// <summary>
/// The short sessions of a run, and what they say of a pattern that is most of each of them. There the insertion null has two or three
/// places to put a part back, so that even fifteen sessions that are nothing but the routine look like much chance.
/// </summary>
/// <remarks>
/// Sessions of at most <see cref="TimesAsLong"/> times the pattern's length are short for it. In them two expectations must be beaten
/// together, by the larger one: E = max over cuts of the sum of C_s(x) C(y) / N, the longer part taken as given, the shorter as often as
/// anywhere in the log; and the mean count when each session's steps are shuffled, sum of (n - m + 1) x the product of what is left of each
/// step / what is left of all. The first asks whether the parts belong together, the second keeps a session's mix of tools from being taken
/// for a routine. p = P(T/phi, E/phi) / P(T0/phi, E/phi); phi is the sum of (T_s - T E_s / sum E)^2 / T over the hardest cut, at least 1.
/// Each text is kept once, with how many sessions have it.
/// </remarks>
internal sealed class ShortSessions
{
    /// <summary>How many times as long as a pattern a session may be to be short for it.</summary>
    public const int TimesAsLong = 3;

    /// <summary>For longer patterns sessions have places enough.</summary>
    public const int LongestPattern = 32;

    // Sums that differ by rounding only are equal.
    private const double EqualWithin = 1e-9;

    private readonly (int[] Steps, long Count)[] _texts;
    private readonly Dictionary<int, List<int>> _textsByStep = [];
    private readonly double _stepCount;

    /// <summary>Gathers the sessions.</summary>
    /// <param name="texts">The steps of the short sessions, and how many sessions have just those.</param>
    /// <param name="stepCount">The steps of all sessions, short or long.</param>
    public ShortSessions(IEnumerable<(int[] Steps, long Count)> texts, double stepCount)
    {
        _texts = [.. texts];
        _stepCount = stepCount;
        for (var text = 0; text < _texts.Length; text++)
        {
            foreach (var step in _texts[text].Steps)
            {
                if (!_textsByStep.TryGetValue(step, out var list))
                    _textsByStep.Add(step, list = []);
                if (list.Count == 0 || list[^1] != text)
                    list.Add(text);
            }
        }
    }

    /// <summary>
    /// What the short sessions say of a pattern; null when they don't hold half of its occurrences, or when those that hold it are more
    /// than a third of the log's steps: then the log is the routine and has nothing to compare it with.
    /// </summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="occurrences">How often it occurs in all sessions, without overlap.</param>
    /// <param name="rawCount">How often its first (or, from the end, last) so many steps occur in all sessions.</param>
    /// <param name="test">Judges a count by its expectation.</param>
    public SelfSufficiency.Outcome? Test(int[] pattern, double occurrences, Func<int, bool, double> rawCount, SelfSufficiency test)
    {
        var (count, shuffled, steps) = (0.0, 0.0, 0.0);
        foreach (var (text, sessions) in Holding(pattern, pattern.Length))
        {
            shuffled += sessions * ShuffledMean(text, pattern);
            var here = CountWithoutOverlap(text, pattern);
            count += sessions * here;
            steps += here > 0 ? sessions * text.Length : 0;
        }

        if (count * 2 < occurrences || steps * 3 > _stepCount)
            return null;

        (double Expected, double Distance)[] cuts =
        [
            .. Enumerable
                .Range(1, pattern.Length / 2)
                .SelectMany(shorter =>
                    new[]
                    {
                        Cut(pattern, pattern[..^shorter], rawCount(shorter, true), count),
                        Cut(pattern, pattern[shorter..], rawCount(shorter, false), count),
                    }
                ),
        ];
        var hardest = cuts.Max(cut => cut.Expected);
        var distance = cuts.Where(cut => cut.Expected >= hardest * (1 - EqualWithin)).Max(cut => cut.Distance);
        var outcome = test.Judge(count, count, Math.Max(hardest, shuffled), () => Math.Max(1, distance / count));
        return outcome with { Expected = outcome.Expected * occurrences / count };
    }

    /// <summary>The sum of E_s of a cut, and that of (T_s - T E_s / sum E)^2.</summary>
    private (double Expected, double Distance) Cut(int[] pattern, int[] longer, double shorterCount, double count)
    {
        var rate = shorterCount / _stepCount;
        (int[] Steps, long Sessions, double Mean)[] strata =
        [
            .. Holding(longer, pattern.Length).Select(text => (text.Steps, text.Count, PatternText.Count(text.Steps, longer) * rate)),
        ];
        var expected = strata.Sum(stratum => stratum.Sessions * stratum.Mean);
        return (
            expected,
            strata
                .Where(stratum => stratum.Mean > 0)
                .Sum(stratum =>
                    stratum.Sessions * Math.Pow(CountWithoutOverlap(stratum.Steps, pattern) - count * stratum.Mean / expected, 2)
                )
        );
    }

    /// <summary>The texts, short for a pattern of so many steps, that hold the rarest step of a part of it.</summary>
    private IEnumerable<(int[] Steps, long Count)> Holding(int[] part, int length)
    {
        var fewest = part.Select(step => _textsByStep.GetValueOrDefault(step)).MinBy(list => list?.Count ?? 0) ?? [];
        return fewest.Select(text => _texts[text]).Where(text => text.Steps.Length <= TimesAsLong * length);
    }

    /// <summary>How often a pattern occurs on average when the steps of a session are shuffled, overlapping occurrences included.</summary>
    private static double ShuffledMean(int[] text, int[] pattern)
    {
        double mean = Math.Max(0, text.Length - pattern.Length + 1);
        for (var i = 0; i < pattern.Length && mean > 0; i++)
        {
            var left = text.AsSpan().Count(pattern[i]) - pattern.AsSpan(0, i).Count(pattern[i]);
            mean *= Math.Max(0.0, left) / (text.Length - i);
        }

        return mean;
    }

    private static int CountWithoutOverlap(int[] text, int[] pattern)
    {
        var (count, free) = (0, 0);
        foreach (var at in new PatternMatcher(pattern).In(text))
        {
            if (at < free)
                continue;
            (count, free) = (count + 1, at + pattern.Length);
        }

        return count;
    }
}
