using PatternAnalysis.Mining;

namespace PatternAnalysis.Metrics;

/// <summary>The sessions that hold a cut's longer part, and how often the shorter stands beside it by chance in each.</summary>
internal ref struct CutStrata
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

    public CutStrata(SequenceIndex index, in Cut cut)
    {
        _longer = cut.Longer;
        _inside = cut.Inside;
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
    public readonly double Mean => _raw * _beside / _places;

    /// <summary>V_s of the definition.</summary>
    public readonly double Variance
    {
        get
        {
            var both = _places > 1 ? _raw * (_raw - 1) * _beside * (_beside - 1) / (_places * (_places - 1)) : 0;
            return Math.Clamp(Mean - Mean * Mean + both, 0, Mean);
        }
    }

    /// <summary>The sum of E_s over all sessions.</summary>
    public static double SumOfMeans(SequenceIndex index, in Cut cut)
    {
        double sum = 0;
        for (var strata = new CutStrata(index, cut); strata.MoveNext();)
            sum += strata.Mean;
        return sum;
    }

    /// <summary>
    /// The sums of E_s of several cuts with the same longer part, in one pass over its sessions; the many extensions of a sub-sequence share most of their cost so.
    /// </summary>
    public static void SumOfMeans(SequenceIndex index, ReadOnlySpan<Cut> cuts, Span<double> sums)
    {
        var counts = new ushort[cuts.Length][];
        for (var i = 0; i < cuts.Length; i++)
        {
            sums[i] = 0;
            counts[i] = index.DenseCounts(cuts[i].ShorterNode) ?? [];
            if (counts[i].Length == 0)
                sums[i] = SumOfMeans(index, cuts[i]);
        }

        var starts = index.Corpus.Starts;
        for (var sessions = index.Sessions(cuts[0].LongerNode); sessions.MoveNext();)
        {
            var session = sessions.Session;
            var rate = (double)sessions.RawCount / (starts[session + 1] - starts[session] - cuts[0].Longer + 1);
            for (var i = 0; i < counts.Length; i++)
            {
                var shorter = counts[i];
                if ((uint)session < (uint)shorter.Length)
                    sums[i] += rate * Math.Max(0, shorter[session] - cuts[i].Inside);
            }
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
