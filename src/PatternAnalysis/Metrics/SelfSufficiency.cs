using PatternAnalysis.Mining;

namespace PatternAnalysis.Metrics;

/// <summary>
/// Tests whether a pattern repeats more than its parts explain: cut it in two, take the longer part out of its session and put it back at a random place;
/// would the shorter part stand beside it as often? A pattern must beat that for every way of cutting it.
/// </summary>
/// <remarks>
/// After Webb, "Self-sufficient itemsets" (2010), and Petitjean, Li, Tatti and Webb, "Skopus" (2016), with each session as its own stratum.
/// The expectation of a cut costs the length of its longer part's session list; the first cut that is not beaten ends the test.
/// </remarks>
internal sealed class SelfSufficiency(IndexedPattern pattern, int minimumSessions, double minimumLift)
{
    private const double LeastDispersion = 0.001;

    // An expectation equal to the count but for rounding explains the pattern.
    private const double EqualWithin = 1e-9;

    private readonly SequenceIndex _index = pattern.Index;
    private readonly double _occurrences = pattern.Index[pattern.Node].OccurrenceCount;
    private readonly double _raw = pattern.Index[pattern.Node].RawCount;

    /// <summary>The outcome of the cut that is hardest to beat.</summary>
    /// <param name="LogP">The natural logarithm of the p-value; 0 when a cut is not beaten.</param>
    /// <param name="Expected">How many occurrences that cut expects by chance, at lift 1.</param>
    /// <param name="Dispersion">How much more than a Poisson count the occurrences vary over the sessions.</param>
    public readonly record struct Outcome(double LogP, double Expected, double Dispersion);

    public static Outcome Test(IndexedPattern pattern, int minimumSessions, double minimumLift) =>
        new SelfSufficiency(pattern, minimumSessions, minimumLift).Worst();

    private Outcome Worst()
    {
        var worst = new Outcome(double.NegativeInfinity, double.NaN, double.NaN);
        var length = _index[pattern.Node].Length;

        // A single step has no cut, so nothing shows that it is more than chance.
        if (length < 2)
            return new Outcome(0, _occurrences, 1);

        foreach (var cut in CheapestFirst(pattern.Node))
        {
            var outcome = TestCut(cut);
            if (outcome.LogP > worst.LogP)
                worst = outcome;
            if (outcome.LogP >= 0)
                break;
        }

        return worst;
    }

    /// <summary>All cuts; those whose longer part is longest first, for it has the fewest sessions.</summary>
    private IEnumerable<Cut> CheapestFirst(int node)
    {
        var length = _index[node].Length;
        var prefixes = new int[length];
        for (int prefix = node, at = length; prefix != SequenceIndex.None; prefix = _index[prefix].Parent)
            prefixes[--at] = prefix;

        for (var shorter = 1; shorter * 2 <= length; shorter++)
        {
            var longer = length - shorter;
            yield return new Cut(prefixes[longer - 1], _index.Suffix(node, shorter), longer, shorter, LongerFirst: true);
            yield return new Cut(_index.Suffix(node, longer), prefixes[shorter - 1], longer, shorter, LongerFirst: false);
        }
    }

    private Outcome TestCut(Cut cut)
    {
        double expected = 0, variance = 0;
        foreach (var (_, mean, spread) in Strata(cut))
        {
            expected += mean;
            variance += spread;
        }

        var scale = _occurrences / _raw;
        var reported = scale * expected;
        var tested = minimumLift * reported;
        if (tested >= _occurrences * (1 - EqualWithin))
            return new Outcome(0, reported, double.NaN);

        var dispersion = Math.Max(Math.Max(variance / expected, Clustering(cut, expected)), LeastDispersion);
        var steps = _index.Steps(pattern.Node);
        if (PatternText.SmallestPeriod(steps) * 2 <= steps.Length)
            dispersion = Math.Max(dispersion, 1);

        var logP = IncompleteGamma.LogLower(_occurrences / dispersion, tested / dispersion)
            - IncompleteGamma.LogLower(minimumSessions / dispersion, tested / dispersion);
        return new Outcome(Math.Min(0, logP), reported, dispersion);
    }

    /// <summary>How far the sessions' counts stray from their shares of the total: sum of (T_s - T E_s / sum E)^2 / T.</summary>
    private double Clustering(Cut cut, double expected)
    {
        double sum = 0;
        var sightings = pattern.Sightings;
        var next = 0;
        foreach (var (session, mean, _) in Strata(cut))
        {
            // Every session that holds the pattern holds the longer part, so the sightings are among the strata, in the same order.
            double count = 0;
            if (next < sightings.Count && sightings[next].Session == (pattern.SessionOf?[session] ?? session))
                count = sightings[next++].Count;
            var difference = count - _occurrences * mean / expected;
            sum += difference * difference;
        }

        return sum / _occurrences;
    }

    /// <summary>For each session that holds the longer part: the mean and the variance of the number of times that the shorter stands beside it by chance.</summary>
    private IEnumerable<(int Session, double Mean, double Variance)> Strata(Cut cut)
    {
        var inside = CountInside(cut);
        var shorter = new SessionCursor(_index, cut.ShorterNode);
        var count = _index.Sessions(cut.LongerNode).Length;
        for (var i = 0; i < count; i++)
        {
            var (session, raw) = _index.Sessions(cut.LongerNode)[i];
            double x = raw;
            double b = Math.Max(0, shorter.CountIn(session) - inside);
            double g = _index.Corpus.Length(session) - cut.Longer + 1;
            var mean = x * b / g;
            var variance = mean - mean * mean + (g > 1 ? x * (x - 1) * b * (b - 1) / (g * (g - 1)) : 0);
            yield return (session, mean, Math.Clamp(variance, 0, mean));
        }
    }

    private int CountInside(Cut cut)
    {
        var steps = _index.Steps(pattern.Node);
        return cut.LongerFirst
            ? PatternText.Count(steps[..cut.Longer], steps[cut.Longer..])
            : PatternText.Count(steps[cut.Shorter..], steps[..cut.Shorter]);
    }

    /// <summary>One way of cutting the pattern in two: the nodes that stand for both parts, and the parts' lengths.</summary>
    private readonly record struct Cut(int LongerNode, int ShorterNode, int Longer, int Shorter, bool LongerFirst);

    /// <summary>Reads a node's session list forwards, in steps that double: cheap when few of its sessions are asked for.</summary>
    private struct SessionCursor(SequenceIndex index, int node)
    {
        private int _next;

        public int CountIn(int session)
        {
            var list = index.Sessions(node)[_next..];
            var end = 1;
            while (end < list.Length && list[end].Session < session)
                end *= 2;
            var (low, high) = (end / 2, Math.Min(end + 1, list.Length));
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (list[middle].Session < session)
                    low = middle + 1;
                else
                    high = middle;
            }

            _next += low;
            return low < list.Length && list[low].Session == session ? list[low].Count : 0;
        }
    }
}
