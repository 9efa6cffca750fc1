namespace PatternAnalysis.Storage.Steps;

/// <summary>A stretch of events that were derived.</summary>
/// <param name="FirstEvent">The row of the first.</param>
/// <param name="LastEvent">The row of the last.</param>
/// <param name="FirstMark">What tells the first from another event with its number.</param>
/// <param name="LastMark">The same of the last.</param>
/// <param name="EventCount">How many events of any type there were.</param>
/// <param name="FirstTicks">The first time of any step, in UTC ticks; null when none can be read.</param>
/// <param name="LastTicks">The last one.</param>
/// <param name="HasUnreadableTimes">Whether the time of one could not be read.</param>
/// <param name="Rules">The rules that they were derived by.</param>
/// <param name="DerivedAt">When, in Unix seconds.</param>
internal sealed record StepBlock(
    long FirstEvent,
    long LastEvent,
    long FirstMark,
    long LastMark,
    long EventCount,
    long? FirstTicks,
    long? LastTicks,
    bool HasUnreadableTimes,
    string Rules,
    long DerivedAt
)
{
    /// <summary>The block of these events and the next ones.</summary>
    public StepBlock And(StepBlock next) =>
        this with
        {
            LastEvent = next.LastEvent,
            LastMark = next.LastMark,
            EventCount = EventCount + next.EventCount,
            FirstTicks = Least(FirstTicks, next.FirstTicks),
            LastTicks = -Least(-LastTicks, -next.LastTicks),
            HasUnreadableTimes = HasUnreadableTimes || next.HasUnreadableTimes,
            DerivedAt = next.DerivedAt,
        };

    /// <summary>Whether a step of it may lie in a window.</summary>
    public bool MayHold(TimeWindow window) =>
        window == TimeWindow.Always
        || (
            FirstTicks is { } first
            && LastTicks is { } last
            && !(window.Since is { } since && last < since.UtcTicks)
            && !(window.Until is { } until && first >= until.UtcTicks)
        );

    private static long? Least(long? one, long? other) => one is null || other < one ? other : one;
}

/// <summary>Events that are not derived: those whose numbers lie between two, both excluded; null for no end.</summary>
internal readonly record struct EventGap(long? After, long? Before)
{
    /// <summary>Whether a number lies between.</summary>
    public bool CanHold => (Before is { } before ? (Int128)before : (Int128)long.MaxValue + 1) - (After ?? (Int128)long.MinValue - 1) > 1;

    /// <summary>The gaps between blocks.</summary>
    /// <param name="blocks">Blocks in order.</param>
    public static IEnumerable<EventGap> Between(IEnumerable<StepBlock> blocks)
    {
        long? after = null;
        foreach (var block in blocks)
        {
            var gap = new EventGap(after, block.FirstEvent);
            if (gap.CanHold)
                yield return gap;
            after = block.LastEvent;
        }

        // Nothing lies behind the largest number that there is.
        var last = new EventGap(after, null);
        if (last.CanHold)
            yield return last;
    }
}
