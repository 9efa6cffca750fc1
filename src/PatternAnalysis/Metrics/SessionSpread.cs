namespace PatternAnalysis.Metrics;

/// <summary>
/// How far the sum of something over sessions would lie from the one that was seen, had other sessions of the same kind been seen.
/// </summary>
/// <remarks>
/// A percentile bootstrap (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13): as many sessions as there are are
/// drawn anew a thousand times, always in the same way, so every figure of a run is drawn by the same draws and a repeated run gives the
/// same interval. Beyond a thousand sessions a thousand groups of them are drawn, of equal size and put together at random. How often an
/// interval holds the truth is in SessionSpreadTests. O(draws x sessions that hold it) time.
/// </remarks>
internal sealed class SessionSpread
{
    private const int Draws = 1000;
    private const int MostUnits = 1000;
    private const ulong Seed = 20260302;

    private static SessionSpread? s_latest;

    private readonly int _sessions;

    // How often each unit is drawn, draw by draw; more than 255 times of at most a thousand does not happen.
    private readonly byte[] _counts;

    // Beyond the most units: the group of each session.
    private readonly ushort[] _unitOf;

    private SessionSpread(int sessions)
    {
        _sessions = sessions;
        _unitOf = sessions > MostUnits ? Groups(sessions) : [];
        var units = Math.Min(sessions, MostUnits);
        _counts = new byte[units * Draws];
        var random = new SeededRandom(Seed);
        for (var draw = 0; draw < Draws; draw++)
        {
            for (var i = 0; i < units; i++)
                _counts[random.Below(units) * Draws + draw]++;
        }
    }

    /// <summary>The 95 % interval of a sum, as multiples of it; (1, 1) when every session has the same.</summary>
    /// <param name="values">What each session that has any has; not negative.</param>
    /// <param name="sessions">How many sessions there are, those without among them.</param>
    public static (double Low, double High) Of(ReadOnlySpan<double> values, int sessions)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += value;
        if (sum <= 0)
            return (1, 1);

        // The draws depend on the number only, so whoever made them last made them for everybody.
        sessions = Math.Max(sessions, values.Length);
        var spread = s_latest is { } latest && latest._sessions == sessions ? latest : s_latest = new SessionSpread(sessions);
        var sums = spread.Draw(values);
        Array.Sort(sums);
        return (Math.Min(1, sums[(int)(0.025 * Draws)] / sum), Math.Max(1, sums[(int)Math.Ceiling(0.975 * Draws) - 1] / sum));
    }

    private double[] Draw(ReadOnlySpan<double> values)
    {
        var sums = new double[Draws];
        var units = Units(values);
        for (var unit = 0; unit < units.Length; unit++)
        {
            if (units[unit] == 0)
                continue;
            var counts = _counts.AsSpan(unit * Draws, Draws);
            for (var draw = 0; draw < Draws; draw++)
                sums[draw] += units[unit] * counts[draw];
        }

        return sums;
    }

    private ReadOnlySpan<double> Units(ReadOnlySpan<double> values)
    {
        if (_sessions <= MostUnits)
            return values;
        var units = new double[MostUnits];
        for (var i = 0; i < values.Length; i++)
            units[_unitOf[i]] += values[i];
        return units;
    }

    // Without replacement: where every session has the same, every group has the same.
    private static ushort[] Groups(int sessions)
    {
        int[] places = [.. Enumerable.Range(0, sessions)];
        var random = new SeededRandom(Seed);
        for (var i = 0; i < sessions; i++)
        {
            var other = i + random.Below(sessions - i);
            (places[i], places[other]) = (places[other], places[i]);
        }

        return Array.ConvertAll(places, place => (ushort)(place % MostUnits));
    }
}
