namespace PatternAnalysis.Effect;

/// <summary>
/// Measures whether something occurs less since a moment: by work done, with an interval, and beside activities that should not change.
/// </summary>
public static class EffectMeasurer
{
    /// <summary>A stretch without any event that is longer than this, and than a quarter of the time after the cut, is a gap.</summary>
    public static TimeSpan LongestPause { get; } = TimeSpan.FromDays(7);

    private const double LongestPauseShare = 0.25;

    /// <summary>Measures an effect.</summary>
    /// <param name="sessions">All sessions around the cut, those without an occurrence included.</param>
    /// <param name="query">What is measured; either its steps or its activities.</param>
    /// <exception cref="ArgumentException">The query says neither or both.</exception>
    public static PatternEffect Measure(IReadOnlyList<ObservedSession> sessions, EffectQuery query)
    {
        ArgumentNullException.ThrowIfNull(sessions);
        ArgumentNullException.ThrowIfNull(query);
        if (query.Steps is null == query.Activity is null)
            throw new ArgumentException("An effect is measured on steps or on activities, one of them.", nameof(query));

        var tally = new OccurrenceTally(sessions, query.Cut, query.Exposure);
        var measured = Compare(tally, query);
        RateRatio[] controls = [.. ControlChoice.Of(sessions, query).Select(control => tally.Compare(control, name => name == control))];
        var adopted = query.Adopted is null ? null : tally.Compare("adopted", query.Adopted);
        var (verdict, explanation) = Judge(sessions, query, measured, controls);
        return new PatternEffect
        {
            Name = query.Name,
            Cut = query.Cut,
            Exposure = query.Exposure,
            Verdict = verdict,
            Explanation = explanation,
            Measured = measured,
            Adopted = adopted,
            Controls = controls,
            Groups =
            [
                .. sessions
                    .SelectMany(session => session.Groups)
                    .Distinct()
                    .Order(StringComparer.Ordinal)
                    .Select(group => Compare(tally, query, group))
                    .Where(ratio => !IsTooEarly(ratio)),
            ],
            Realised = Realise(query, measured, verdict, adopted),
        };
    }

    private static RateRatio Compare(OccurrenceTally tally, EffectQuery query, string? group = null)
    {
        Func<ObservedSession, bool>? isAsked = group is null ? null : session => session.Groups.Contains(group);
        var name = group ?? query.Name;
        return query.Steps is { } steps ? tally.Compare(name, steps, isAsked) : tally.Compare(name, query.Activity!, isAsked);
    }

    private static bool IsTooEarly(RateRatio ratio) =>
        Math.Min(ratio.Before.Sessions, ratio.After.Sessions) < EffectQuery.FewestSessions || ratio.Low is null;

    private static (EffectVerdict Verdict, string Explanation) Judge(
        IReadOnlyList<ObservedSession> sessions,
        EffectQuery query,
        RateRatio measured,
        IReadOnlyList<RateRatio> controls
    )
    {
        if (measured.After.Sessions < EffectQuery.FewestSessions)
            return (EffectVerdict.TooEarly, Text($"too early: {measured.After.Sessions} sessions after"));
        if (measured.Before.Sessions < EffectQuery.FewestSessions)
            return (EffectVerdict.TooEarly, Text($"too little to compare with: {measured.Before.Sessions} sessions before"));
        if (measured.Low is null)
            return (EffectVerdict.TooEarly, Text($"nothing to count against: no {query.Exposure} on one side of the cut"));
        if (FindGap(sessions, query) is { } gap)
        {
            return (
                EffectVerdict.CollectionGap,
                Text($"collection gap: no event from {gap.From:yyyy-MM-dd HH:mm}Z to {gap.To:yyyy-MM-dd HH:mm}Z")
            );
        }

        if (measured.Direction == 0)
            return (EffectVerdict.NoChangeShown, Text($"no change shown: {Interval(measured)}"));
        if (controls.FirstOrDefault(control => control.Direction == measured.Direction) is { } moved)
            return (EffectVerdict.ControlsChanged, Text($"changed ({Interval(measured)}), but so did {moved.Name} ({Interval(moved)})"));
        return measured.Direction < 0
            ? (EffectVerdict.Shrank, Text($"shrank: {Interval(measured)}"))
            : (EffectVerdict.Grew, Text($"grew: {Interval(measured)}"));
    }

    // Where the collection of events stops, every rate seems to fall.
    private static (DateTime From, DateTime To)? FindGap(IReadOnlyList<ObservedSession> sessions, EffectQuery query)
    {
        var times = sessions.SelectMany(session => session.Cases.SelectMany(steps => steps.Select(step => step.UtcTicks))).ToList();
        times.RemoveAll(ticks => ticks < query.Cut.UtcTicks);
        times.Add(query.Cut.UtcTicks);
        if (query.Until is { } until && until > query.Cut)
            times.Add(until.UtcTicks);
        times.Sort();
        var limit = Math.Max(LongestPause.Ticks, (long)(LongestPauseShare * (times[^1] - times[0])));
        for (var i = 1; i < times.Count; i++)
        {
            if (times[i] - times[i - 1] > limit)
                return (new DateTime(times[i - 1], DateTimeKind.Utc), new DateTime(times[i], DateTimeKind.Utc));
        }

        return null;
    }

    private static RealisedSavings? Realise(EffectQuery query, RateRatio measured, EffectVerdict verdict, RateRatio? adopted)
    {
        if (measured is not { Ratio: { } ratio, Low: { } low, High: { } high })
            return null;

        var expected = measured.Before.Rate!.Value * measured.After.Exposure * query.TurnsPerOccurrence;
        var (turns, least, most) = (expected * (1 - ratio), expected * (1 - high), expected * (1 - low));

        // That something has the right name is no cause: a dollar is named only where the rate shrank, the controls did not, and what
        // was adopted is used.
        var price = verdict == EffectVerdict.Shrank && adopted?.After.Count > 0 ? query.UsdPerTurn : null;
        return new RealisedSavings(turns, least, most, Usd(turns), Usd(least), Usd(most));

        decimal? Usd(double count) => price * (decimal)Math.Clamp(count, -1e12, 1e12);
    }

    private static string Interval(RateRatio ratio) => Text($"x {ratio.Ratio:0.00} [{ratio.Low:0.00}, {ratio.High:0.00}]");

    private static string Text(InvariantText text) => text.Take();
}
