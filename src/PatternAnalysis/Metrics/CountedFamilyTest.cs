using PatternAnalysis.Mining;

namespace PatternAnalysis.Metrics;

/// <summary>
/// Tests all patterns of a run whose events stay in their store, in three questions to it: what the first cut of every pattern expects,
/// which ends most of the tests; what the other cuts of the remaining patterns expect; and how much the cuts of the patterns vary that
/// beat all of theirs.
/// </summary>
internal sealed class CountedFamilyTest
{
    private readonly CountedRun _run;
    private readonly SelfSufficiency _test;
    private readonly CountedPattern[] _patterns;
    private readonly SelfSufficiency.Outcome[] _outcomes;
    private readonly CancellationToken _cancellationToken;

    private CountedFamilyTest(CountedRun run, double minimumLift, CancellationToken cancellationToken)
    {
        _run = run;
        _test = new SelfSufficiency(run.Options.MinimumSessions, minimumLift);
        _patterns = [.. run.Places];
        _outcomes = Array.ConvertAll(_patterns, pattern => new SelfSufficiency.Outcome(0, pattern.OccurrenceCount, 1));
        _cancellationToken = cancellationToken;
    }

    /// <summary>The outcome of each of the run's patterns, by its number.</summary>
    public static SelfSufficiency.Outcome[] Run(CountedRun run, double minimumLift, CancellationToken cancellationToken)
    {
        var test = new CountedFamilyTest(run, minimumLift, cancellationToken);
        test.Run();
        return test._outcomes;
    }

    private void Run()
    {
        var first = WithExpected(
            Enumerable
                .Range(0, _patterns.Length)
                .Where(number => _patterns[number].Length > 1)
                .Select(number => new TestedCut(number, CutOf(_patterns[number], MostPromising(_patterns[number], _run.StepCount))))
        );
        var beaten = Beaten(first);

        // Where a pattern occurs no more often than it must, its first cut has the last word: p is 1.
        var others = WithExpected(
            beaten
                .Where(cut => _patterns[cut.Pattern].OccurrenceCount > _run.Options.MinimumSessions)
                .SelectMany(cut =>
                    CutsOf(_patterns[cut.Pattern]).Where(other => other != cut.Cut).Select(other => new TestedCut(cut.Pattern, other))
                )
        );
        var unbeaten = others.Where(cut => !Beats(cut)).Select(cut => cut.Pattern).ToHashSet();
        Beaten(others);
        JudgeByVariance([.. beaten.Concat(others).Where(cut => !unbeaten.Contains(cut.Pattern))]);
    }

    /// <summary>The cuts that their patterns beat; the first of the others is the outcome of its pattern.</summary>
    private TestedCut[] Beaten(TestedCut[] cuts)
    {
        var ended = new HashSet<int>();
        foreach (var cut in cuts.Where(cut => !Beats(cut) && ended.Add(cut.Pattern)))
            _outcomes[cut.Pattern] = Judge(cut, default);
        return [.. cuts.Where(Beats)];
    }

    private void JudgeByVariance(TestedCut[] cuts)
    {
        var sums = _run.Counts.Counter.SumCuts(Array.ConvertAll(cuts, cut => cut.Cut), _cancellationToken);
        var judged = new HashSet<int>();
        for (var i = 0; i < cuts.Length; i++)
        {
            var outcome = Judge(cuts[i], sums[i]);
            ref var worst = ref _outcomes[cuts[i].Pattern];
            if (judged.Add(cuts[i].Pattern) || outcome.LogP > worst.LogP)
                worst = outcome;
        }
    }

    private TestedCut[] WithExpected(IEnumerable<TestedCut> tested)
    {
        TestedCut[] cuts = [.. tested];
        var expected = _run.Counts.Counter.SumExpected(Array.ConvertAll(cuts, cut => cut.Cut), _cancellationToken);
        return [.. cuts.Select((cut, i) => cut with { Expected = expected[i] })];
    }

    private bool Beats(TestedCut cut) => _test.Beats(_patterns[cut.Pattern].OccurrenceCount, _patterns[cut.Pattern].RawCount, cut.Expected);

    private SelfSufficiency.Outcome Judge(TestedCut cut, CutSums sums)
    {
        var pattern = _patterns[cut.Pattern];
        double occurrences = pattern.OccurrenceCount;
        return _test.Judge(
            occurrences,
            pattern.RawCount,
            cut.Expected,
            () =>
            {
                // The sum of (T_s - share E_s)^2, multiplied out.
                var share = occurrences / cut.Expected;
                var distance = pattern.SquaredCount - 2 * share * sums.CountTimesExpected + share * share * sums.SquaredExpected;
                return SelfSufficiency.Dispersion(pattern.StepNumbers, occurrences, cut.Expected, sums.Variance, distance);
            }
        );
    }

    private static IEnumerable<CountedCut> CutsOf(CountedPattern pattern) =>
        Enumerable.Range(0, CutCount(pattern)).Select(number => CutOf(pattern, number));

    private static int[] Numbers(string sequence) => [.. sequence.Select(step => (int)step)];

    private static int CutCount(CountedPattern pattern) => pattern.Length / 2 * 2;

    private static CountedCut CutOf(CountedPattern pattern, int number)
    {
        var (corpus, text) = (pattern.Corpus, pattern.Sequence);
        var shorter = number / 2 + 1;
        var longer = text.Length - shorter;
        return number % 2 == 0
            ? Cut(corpus.Prefix(text, longer), text[..longer], corpus.Suffix(text, shorter), text[longer..])
            : Cut(corpus.Suffix(text, longer), text[shorter..], corpus.Prefix(text, shorter), text[..shorter]);

        CountedCut Cut(SequenceCount ofLonger, string longerText, SequenceCount ofShorter, string shorterText) =>
            new(
                pattern.Node,
                ofLonger.Node,
                longerText.Length,
                ofShorter.Node,
                PatternText.Count(Numbers(longerText), Numbers(shorterText))
            );
    }

    /// <summary>The cut that <see cref="SelfSufficiency.FirstCut"/> chooses, from the same counts.</summary>
    private static int MostPromising(CountedPattern pattern, double steps)
    {
        var (cheapest, fewest) = (-1, int.MaxValue);
        var (hardest, highest) = (0, -1.0);
        for (var number = 0; number < CutCount(pattern); number++)
        {
            var shorter = number / 2 + 1;
            var longer = pattern.Length - shorter;
            var (x, y) =
                number % 2 == 0
                    ? (pattern.Corpus.Prefix(pattern.Sequence, longer), pattern.Corpus.Suffix(pattern.Sequence, shorter))
                    : (pattern.Corpus.Suffix(pattern.Sequence, longer), pattern.Corpus.Prefix(pattern.Sequence, shorter));
            var expected = x.RawCount * (y.RawCount / steps);
            if (expected > highest)
                (hardest, highest) = (number, expected);
            if (expected >= pattern.RawCount && x.SessionCount < fewest)
                (cheapest, fewest) = (number, x.SessionCount);
        }

        return cheapest >= 0 ? cheapest : hardest;
    }

    private readonly record struct TestedCut(int Pattern, CountedCut Cut, double Expected = 0);
}
