using System.Runtime.CompilerServices;
using PatternAnalysis.Mining;

namespace PatternAnalysis.Metrics;

/// <summary>
/// Tests whether a pattern repeats more than its parts explain: cut it in two, take the longer part out of its session and put it back at
/// a random place; would the shorter part stand beside it as often? A pattern must beat that for every way of cutting it.
/// </summary>
/// <remarks>
/// After Webb, "Self-sufficient itemsets" (2010), and Petitjean, Li, Tatti and Webb, "Skopus" (2016), with each session as its own
/// stratum. The expectation of a cut costs the length of its longer part's session list; the first cut that is not beaten ends the test.
/// Each thread has its own instance.
/// </remarks>
internal sealed class SelfSufficiency(int minimumSessions, double minimumLift)
{
    private const double LeastDispersion = 0.001;

    // An expectation equal to the count but for rounding explains the pattern.
    private const double EqualWithin = 1e-9;

    // The nodes of the pattern's first and last so many steps, by their number.
    private int[] _prefixes = new int[16];
    private int[] _suffixes = new int[16];

    /// <summary>The outcome of the cut that is hardest to beat, or of the first one that is not beaten.</summary>
    /// <param name="LogP">The natural logarithm of the p-value; 0 when a cut is not beaten.</param>
    /// <param name="Expected">How many occurrences that cut expects by chance, at lift 1.</param>
    /// <param name="Dispersion">How much more than a Poisson count the occurrences vary over the sessions.</param>
    /// <param name="LeastLogQ">The natural logarithm of the least q-value that the pattern may get.</param>
    public readonly record struct Outcome(double LogP, double Expected, double Dispersion, double LeastLogQ = double.NegativeInfinity);

    /// <summary>The cut of a closed pattern of two or more steps that its test begins with.</summary>
    public Cut FirstCut(IndexedPattern pattern)
    {
        FindParts(pattern.Index, pattern.Node);
        return MostPromising(pattern.Index, pattern.Node);
    }

    /// <summary>Tests one closed pattern.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="first">The cut to begin with.</param>
    /// <param name="expected">Its sum of <see cref="CutStrata.Mean"/> over all sessions.</param>
    public Outcome Test(IndexedPattern pattern, in Cut first, double expected)
    {
        var (index, node) = (pattern.Index, pattern.Node);
        var worst = TestCut(index, node, first, expected);
        if (worst.LogP >= 0)
            return worst;

        FindParts(index, node);
        for (var number = 0; number < CutCount(index, node) && worst.LogP < 0; number++)
        {
            if (number == first.Number)
                continue;
            var cut = CutOf(index, node, number);
            var outcome = TestCut(index, node, cut, CutStrata.SumOfMeans(index, cut));
            if (outcome.LogP > worst.LogP)
                worst = outcome;
        }

        return worst;
    }

    private void FindParts(SequenceIndex index, int node)
    {
        var length = index[node].Length;
        if (_prefixes.Length < length)
            (_prefixes, _suffixes) = (new int[length * 2], new int[length * 2]);
        var (prefix, suffix) = (index[node].Parent, node);
        for (var part = length - 1; part >= 1; part--)
        {
            _prefixes[part] = prefix;
            _suffixes[part] = suffix = index.Suffix(suffix, part);
            prefix = index[prefix].Parent;
        }
    }

    private static int CutCount(SequenceIndex index, int node) => index[node].Length / 2 * 2;

    /// <summary>A cut by its number: those whose longer part is longest come first, for it has the fewest sessions.</summary>
    private Cut CutOf(SequenceIndex index, int node, int number)
    {
        var shorter = number / 2 + 1;
        var longer = index[node].Length - shorter;
        var steps = index.Steps(node);
        return number % 2 == 0
            ? new Cut(number, _prefixes[longer], longer, _suffixes[shorter], PatternText.Count(steps[..longer], steps[longer..]))
            : new Cut(number, _suffixes[longer], longer, _prefixes[shorter], PatternText.Count(steps[shorter..], steps[..shorter]));
    }

    /// <summary>
    /// The cut that most likely ends the test at the least cost, by what it expects over all sessions together: of those that look unbeaten
    /// the one whose longer part has the fewest sessions, else the one that looks hardest to beat.
    /// </summary>
    private Cut MostPromising(SequenceIndex index, int node)
    {
        var (cheapest, fewest) = (-1, int.MaxValue);
        var (hardest, highest) = (0, -1.0);
        double steps = index.Corpus.StepCount;
        for (var number = 0; number < CutCount(index, node); number++)
        {
            var shorter = number / 2 + 1;
            var longer = index[node].Length - shorter;
            var (x, y) = number % 2 == 0 ? (_prefixes[longer], _suffixes[shorter]) : (_suffixes[longer], _prefixes[shorter]);
            var expected = index[x].RawCount * (index[y].RawCount / steps);
            if (expected > highest)
                (hardest, highest) = (number, expected);
            if (expected >= index[node].RawCount && index[x].SessionCount < fewest)
                (cheapest, fewest) = (number, index[x].SessionCount);
        }

        return CutOf(index, node, cheapest >= 0 ? cheapest : hardest);
    }

    private Outcome TestCut(SequenceIndex index, int node, in Cut cut, double expected)
    {
        var (longer, sum) = (cut, expected);
        return Judge(index[node].OccurrenceCount, index[node].RawCount, expected, () => Dispersion(index, node, longer, sum));
    }

    /// <summary>The outcome of a cut.</summary>
    /// <param name="occurrences">How often the pattern occurs, without overlap.</param>
    /// <param name="raw">How often it occurs, overlapping occurrences included.</param>
    /// <param name="expected">The sum of E_s over all sessions.</param>
    /// <param name="getDispersion">Gives the dispersion; not asked when the cut explains the pattern.</param>
    public Outcome Judge(double occurrences, double raw, double expected, Func<double> getDispersion)
    {
        var reported = occurrences / raw * expected;
        var tested = minimumLift * reported;
        if (!Beats(occurrences, raw, expected))
            return new Outcome(0, reported, double.NaN);

        var dispersion = getDispersion();
        var logP =
            IncompleteGamma.LogLower(occurrences / dispersion, tested / dispersion)
            - IncompleteGamma.LogLower(minimumSessions / dispersion, tested / dispersion);
        return new Outcome(Math.Min(0, logP), reported, dispersion);
    }

    /// <summary>Whether a pattern occurs more often than a cut expects; if not, the cut explains it.</summary>
    public bool Beats(double occurrences, double raw, double expected) =>
        minimumLift * (occurrences / raw * expected) < occurrences * (1 - EqualWithin);

    /// <summary>
    /// How much more than a Poisson count the occurrences vary: by the variance of the null model, and by how far the sessions' counts
    /// stray from their shares of the total, sum of (T_s - T E_s / sum E)^2 / T.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Dispersion(SequenceIndex index, int node, in Cut cut, double expected)
    {
        double variance = 0,
            distance = 0;
        double occurrences = index[node].OccurrenceCount;

        // Every session that holds the pattern holds the longer part, so the pattern's sessions are among the strata, in the same order.
        var sessions = index.Sessions(node);
        sessions.MoveNext();
        for (var strata = new CutStrata(index, cut); strata.MoveNext(); )
        {
            variance += strata.Variance;
            var difference = -occurrences * strata.Mean / expected;
            if (sessions.Session == strata.Session)
            {
                difference += sessions.OccurrenceCount;
                sessions.MoveNext();
            }

            distance += difference * difference;
        }

        return Dispersion(index.Steps(node), occurrences, expected, variance, distance);
    }

    /// <summary>The dispersion, from its sums.</summary>
    public static double Dispersion(ReadOnlySpan<int> steps, double occurrences, double expected, double variance, double distance)
    {
        var dispersion = Math.Max(Math.Max(variance / expected, distance / occurrences), LeastDispersion);
        return PatternText.SmallestPeriod(steps) * 2 <= steps.Length ? Math.Max(dispersion, 1) : dispersion;
    }
}
