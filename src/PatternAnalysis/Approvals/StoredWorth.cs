namespace PatternAnalysis.Approvals;

/// <summary>What a pattern was worth in the run that its evidence comes from, and its place among the patterns of that run.</summary>
internal sealed record StoredWorth
{
    /// <summary>What can be made of it.</summary>
    public required WorthKind Kind { get; init; }

    /// <summary>Its place, from 1; parts come after all others.</summary>
    public required int Rank { get; init; }

    /// <summary>The id of the routine that it is part of.</summary>
    public string? PartOf { get; init; }

    /// <summary>How many turns of a model could go, in all occurrences.</summary>
    public double SavedTurns { get; init; }

    /// <summary>In which share of the occurrences a turn could go, from 0 to 1.</summary>
    public double HitShare { get; init; }

    /// <summary>The worth, in US dollars.</summary>
    public double WorthUsd { get; init; }

    /// <summary>The same for 30 days; null when the steps have no times.</summary>
    public double? WorthUsdPer30Days { get; init; }

    /// <summary>How long those turns were waited for, to the millisecond.</summary>
    public TimeSpan SavedWait { get; init; }

    /// <summary>The 95 % interval of the figures as multiples of them; null where it is not known.</summary>
    public (double Low, double High)? Interval { get; init; }

    /// <summary>Whether nothing says what the turns used, so that an assumed cost stands for them.</summary>
    public bool IsAssumed { get; init; }

    /// <summary>The worth of a pattern of a run; null when nobody appraised it.</summary>
    public static StoredWorth? Of(MeasuredPattern pattern) =>
        pattern.Worth is not { } worth
            ? null
            : new StoredWorth
            {
                Kind = worth.Kind,
                Rank = worth.Rank,
                PartOf = worth.PartOf,
                SavedTurns = worth.SavedTurns,
                HitShare = worth.HitShare,
                WorthUsd = worth.WorthUsd,
                WorthUsdPer30Days = worth.WorthUsdPer30Days,
                SavedWait = TimeSpan.FromMilliseconds(Math.Round(worth.SavedWait.TotalMilliseconds)),
                IsAssumed = worth.IsAssumed,
                Interval = worth is { IntervalLow: { } low, IntervalHigh: { } high } ? (low, high) : null,
            };

    /// <summary>
    /// What is known after a later run: an engine that does not see what tools were given says nothing against what another saw.
    /// </summary>
    public static StoredWorth? Newest(StoredWorth? before, StoredWorth? now) =>
        now is null || (now.Kind == WorthKind.NotAssessed && before is { Kind: not WorthKind.NotAssessed }) ? before : now;
}
