using PatternAnalysis.Mining;

namespace PatternAnalysis.Metrics;

/// <summary>
/// Tests whether a pattern repeats more than its parts explain: cut it in two, take the longer part out of its session and put it back at a random place;
/// would the shorter part stand beside it as often? A pattern must beat that for every way of cutting it.
/// </summary>
/// <remarks>
/// After Webb, "Self-sufficient itemsets" (2010), and Petitjean, Li, Tatti and Webb, "Skopus" (2016), with each session as its own stratum.
/// The expectation of a cut costs the length of its longer part's session list; the first cut that is not beaten ends the test,
/// so the cut that looks hardest to beat without regard to sessions is tried first. Each thread has its own instance.
/// </remarks>
internal sealed class SelfSufficiency(int minimumSessions, double minimumLift)
{
    private const double LeastDispersion = 0.001;

    // An expectation equal to the count but for rounding explains the pattern.
    private const double EqualWithin = 1e-9;

    // The nodes of the pattern's first and last so many steps, by their number.
    private int[] _prefixes = new int[16];
    private int[] _suffixes = new int[16];

    /// <summary>The outcome of the cut that is hardest to beat.</summary>
    /// <param name="LogP">The natural logarithm of the p-value; 0 when a cut is not beaten.</param>
    /// <param name="Expected">How many occurrences that cut expects by chance, at lift 1.</param>
    /// <param name="Dispersion">How much more than a Poisson count the occurrences vary over the sessions.</param>
    public readonly record struct Outcome(double LogP, double Expected, double Dispersion);

    /// <summary>Tests one closed pattern.</summary>
    public Outcome Test(IndexedPattern pattern)
    {
        var (index, node) = (pattern.Index, pattern.Node);

        // A single step has no cut, so nothing shows that it is more than chance.
        if (index[node].Length < 2)
            return new Outcome(0, index[node].OccurrenceCount, 1);

        FindParts(index, node);
        var hardest = HardestLooking(index, node);
        var worst = TestCut(index, node, hardest);
        for (var number = 0; number < CutCount(index, node) && worst.LogP < 0; number++)
        {
            if (number == hardest)
                continue;
            var outcome = TestCut(index, node, number);
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
        return number % 2 == 0
            ? new Cut(_prefixes[longer], _suffixes[shorter], longer, shorter, LongerFirst: true)
            : new Cut(_suffixes[longer], _prefixes[shorter], longer, shorter, LongerFirst: false);
    }

    /// <summary>The cut with the highest expectation over all sessions together, which costs nothing to know.</summary>
    private int HardestLooking(SequenceIndex index, int node)
    {
        var (hardest, highest) = (0, -1L);
        for (var number = 0; number < CutCount(index, node); number++)
        {
            var cut = CutOf(index, node, number);
            var product = (long)index[cut.LongerNode].RawCount * index[cut.ShorterNode].RawCount;
            if (product > highest)
                (hardest, highest) = (number, product);
        }

        return hardest;
    }

    private Outcome TestCut(SequenceIndex index, int node, int number)
    {
        var cut = CutOf(index, node, number);
        double occurrences = index[node].OccurrenceCount;
        double expected = 0;
        for (var strata = new Strata(index, node, cut); strata.MoveNext();)
            expected += strata.Mean;

        var reported = occurrences / index[node].RawCount * expected;
        var tested = minimumLift * reported;
        if (tested >= occurrences * (1 - EqualWithin))
            return new Outcome(0, reported, double.NaN);

        var dispersion = Dispersion(index, node, cut, expected);
        var logP = IncompleteGamma.LogLower(occurrences / dispersion, tested / dispersion)
            - IncompleteGamma.LogLower(minimumSessions / dispersion, tested / dispersion);
        return new Outcome(Math.Min(0, logP), reported, dispersion);
    }

    /// <summary>
    /// How much more than a Poisson count the occurrences vary: by the variance of the null model, and by how far the sessions' counts stray
    /// from their shares of the total, sum of (T_s - T E_s / sum E)^2 / T.
    /// </summary>
    private static double Dispersion(SequenceIndex index, int node, Cut cut, double expected)
    {
        double variance = 0, distance = 0;
        double occurrences = index[node].OccurrenceCount;

        // Every session that holds the pattern holds the longer part, so the pattern's sessions are among the strata, in the same order.
        var sessions = index.Sessions(node);
        sessions.MoveNext();
        for (var strata = new Strata(index, node, cut); strata.MoveNext();)
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

        var dispersion = Math.Max(Math.Max(variance / expected, distance / occurrences), LeastDispersion);
        var steps = index.Steps(node);
        return PatternText.SmallestPeriod(steps) * 2 <= steps.Length ? Math.Max(dispersion, 1) : dispersion;
    }

    /// <summary>One way of cutting the pattern in two: the nodes that stand for both parts, and the parts' lengths.</summary>
    private readonly record struct Cut(int LongerNode, int ShorterNode, int Longer, int Shorter, bool LongerFirst);

    /// <summary>The sessions that hold a cut's longer part, and the number of times that the shorter stands beside it by chance.</summary>
    private ref struct Strata
    {
        private readonly ReadOnlySpan<int> _starts;
        private readonly ReadOnlySpan<ushort> _shorterCounts;
        private readonly int _longer;
        private readonly int _inside;
        private SessionLists.Reader _sessions;
        private SessionLists.Reader _shorter;
        private double _raw;
        private double _beside;
        private double _places;

        public Strata(SequenceIndex index, int node, Cut cut)
        {
            var steps = index.Steps(node);
            _inside = cut.LongerFirst
                ? PatternText.Count(steps[..cut.Longer], steps[cut.Longer..])
                : PatternText.Count(steps[cut.Shorter..], steps[..cut.Shorter]);
            _longer = cut.Longer;
            _starts = index.Corpus.Starts;
            _sessions = index.Sessions(cut.LongerNode);
            _shorterCounts = index.DenseCounts(cut.ShorterNode);
            if (_shorterCounts.IsEmpty)
            {
                _shorter = index.Sessions(cut.ShorterNode);
                _shorter.MoveNext();
            }
        }

        public readonly int Session => _sessions.Session;

        /// <summary>E_s of the definition.</summary>
        public double Mean { get; private set; }

        /// <summary>V_s of the definition.</summary>
        public readonly double Variance
        {
            get
            {
                var both = _places > 1 ? _raw * (_raw - 1) * _beside * (_beside - 1) / (_places * (_places - 1)) : 0;
                return Math.Clamp(Mean - Mean * Mean + both, 0, Mean);
            }
        }

        public bool MoveNext()
        {
            if (!_sessions.MoveNext())
                return false;

            var session = _sessions.Session;
            _raw = _sessions.RawCount;
            _beside = Math.Max(0, ShorterCount(session) - _inside);
            _places = _starts[session + 1] - _starts[session] - _longer + 1;
            Mean = _raw * _beside / _places;
            return true;
        }

        private int ShorterCount(int session)
        {
            if (!_shorterCounts.IsEmpty)
                return _shorterCounts[session];
            while (_shorter.Session < session)
                _shorter.MoveNext();
            return _shorter.Session == session ? _shorter.RawCount : 0;
        }
    }
}
