using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using PatternAnalysis.Activities;
using PatternAnalysis.Events;
using PatternAnalysis.Metrics;
using PatternAnalysis.Mining;
using PatternAnalysis.Options;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Copies;

/// <summary>Where copies come from. Those of one run share one object again, by which stages know that they belong together.</summary>
internal static class CopySource
{
    private static readonly ConditionalWeakTable<MiningRun, string> s_ids = [];
    private static readonly ConcurrentDictionary<string, WeakReference<object>> s_known = new(StringComparer.Ordinal);

    public static SourceCopy Of(EventReading reading, SequenceOrigin? origin) =>
        new()
        {
            Since = reading.Window.Since?.UtcTicks,
            Until = reading.Window.Until?.UtcTicks,
            EventCount = reading.EventCount,
            Excluded = reading.Excluded,
            HasOrigin = origin is not null,
            Options = origin is null ? null : StoredOptions.Write(origin.Query, origin.Activity),
        };

    public static SourceCopy Of(MiningRun run, IReadOnlyDictionary<string, int> leftOut) =>
        Of(run.Reading, run.Origin) with
        {
            Id = s_ids.GetValue(run, _ => Guid.NewGuid().ToString("n")),
            Options = run.Origin is { } origin
                ? StoredOptions.Write(origin.Query, origin.Activity, run.Options)
                : StoredOptions.Write(run.Options),
            SessionCount = run.SessionCount,
            ObservedFrom = run.ObservedTicks.From,
            ObservedTo = run.ObservedTicks.To,
            LeftOut = leftOut,
        };

    /// <summary>The reading and the origin of sequences.</summary>
    public static CopiedReading ReadingOf(SourceCopy source) => Shared("sequences " + CopyText.Write(source), () => ReadReading(source));

    /// <summary>The run of patterns.</summary>
    public static CopiedRun RunOf(SourceCopy source)
    {
        var run = Shared("run " + CopyText.Write(source), () => ReadRun(source));
        if (source.Id is { } id)
            s_ids.TryAdd(run, id);
        return run;
    }

    private static CopiedReading ReadReading(SourceCopy source)
    {
        var window = new TimeWindow(Instant(source.Since), Instant(source.Until));
        var query = source.HasOrigin ? StoredOptions.Read<EventQuery>(source.Options) : null;
        return new CopiedReading(
            new EventReading(window, source.EventCount, source.Excluded ?? new Dictionary<string, long>()),
            query is not null && StoredOptions.Read<ActivityOptions>(source.Options) is { } activity
                ? new SequenceOrigin(query with { Window = window }, activity)
                : null
        );
    }

    private static CopiedRun ReadRun(SourceCopy source)
    {
        var (reading, origin) = ReadReading(source);
        return new CopiedRun(
            StoredOptions.Read<MiningOptions>(source.Options) ?? new MiningOptions(),
            reading,
            origin,
            source.SessionCount,
            (source.ObservedFrom, source.ObservedTo)
        )
        {
            LeftOut = source.LeftOut ?? new Dictionary<string, int>(),
        };
    }

    private static T Shared<T>(string key, Func<T> make)
        where T : class
    {
        if (s_known.TryGetValue(key, out var known) && known.TryGetTarget(out var target))
            return (T)target;
        foreach (var (gone, _) in s_known.Where(pair => !pair.Value.TryGetTarget(out _)))
            s_known.TryRemove(gone, out _);
        var made = make();
        return s_known.GetOrAdd(key, _ => new WeakReference<object>(made)).TryGetTarget(out var other) ? (T)other : made;
    }

    private static DateTimeOffset? Instant(long? ticks) => ticks is { } known ? new DateTimeOffset(known, TimeSpan.Zero) : null;
}

/// <summary>What copies of sequences come from.</summary>
internal sealed record CopiedReading(EventReading Reading, SequenceOrigin? Origin);
