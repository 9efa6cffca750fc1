using System.Runtime.CompilerServices;
using PatternAnalysis.Mining;

namespace PatternAnalysis.Metrics;

/// <summary>The sessions that hold a cut's longer part, and how often the shorter stands beside it by chance in each.</summary>
internal ref struct CutStrata
{
    private const int SessionsAtATime = 512;

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
    public readonly double Mean
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _raw * _beside / _places;
    }

    /// <summary>V_s of the definition.</summary>
    public readonly double Variance
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var both = _places > 1 ? _raw * (_raw - 1) * _beside * (_beside - 1) / (_places * (_places - 1)) : 0;
            return Math.Clamp(Mean - Mean * Mean + both, 0, Mean);
        }
    }

    /// <summary>The sum of E_s over all sessions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double SumOfMeans(SequenceIndex index, in Cut cut)
    {
        double sum = 0;
        for (var strata = new CutStrata(index, cut); strata.MoveNext(); )
            sum += strata.Mean;
        return sum;
    }

    /// <summary>
    /// The sums of E_s of several cuts with the same longer part, in one pass over its sessions; the many extensions of a sub-sequence
    /// share most of their cost so.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SumOfMeans(SequenceIndex index, ReadOnlySpan<Cut> cuts, Span<double> sums)
    {
        sums.Clear();
        Span<int> numbers = stackalloc int[SessionsAtATime];
        Span<double> rates = stackalloc double[SessionsAtATime];
        var starts = index.Corpus.Starts;
        var sessions = index.Sessions(cuts[0].LongerNode);
        for (var count = SessionsAtATime; count == SessionsAtATime; )
        {
            for (count = 0; count < SessionsAtATime && sessions.MoveNext(); count++)
            {
                numbers[count] = sessions.Session;
                rates[count] = (double)sessions.RawCount / (starts[sessions.Session + 1] - starts[sessions.Session] - cuts[0].Longer + 1);
            }

            for (var i = 0; i < cuts.Length; i++)
            {
                if (index.DenseCounts(cuts[i].ShorterNode) is { } counts)
                    sums[i] += SumOfMeans(numbers[..count], rates, counts, cuts[i].Inside);
            }
        }

        for (var i = 0; i < cuts.Length; i++)
        {
            if (index.DenseCounts(cuts[i].ShorterNode) is null)
                sums[i] = SumOfMeans(index, cuts[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SumOfMeans(ReadOnlySpan<int> sessions, ReadOnlySpan<double> rates, ushort[] counts, int inside)
    {
        rates = rates[..sessions.Length];
        double sum = 0;
        for (var i = 0; i < sessions.Length; i++)
            sum += rates[i] * Math.Max(0, counts[sessions[i]] - inside);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int ShorterCount(int session)
    {
        if (!_shorterCounts.IsEmpty)
            return _shorterCounts[session];
        while (_shorter.Session < session)
            _shorter.MoveNext();
        return _shorter.Session == session ? _shorter.RawCount : 0;
    }
}
