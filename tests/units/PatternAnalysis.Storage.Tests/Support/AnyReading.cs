using System.Globalization;
using System.Text.Json;
using PatternAnalysis.Activities;
using PatternAnalysis.Events;
using PatternAnalysis.Options;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Storage.Tests.Support;

/// <summary>Random readings of events, and all that is known of what they give.</summary>
internal static class AnyReading
{
    /// <summary>A query of any kind.</summary>
    public static EventQuery Query(Random random)
    {
        string[][] types =
        [
            ["tool_use", "PreToolUse"],
            ["tool_use", "PreToolUse"],
            ["PostToolUse", "PostToolUseFailure"],
            ["PreToolUse", "PostToolUse"],
            ["Notification", "PreToolUse"],
            ["UserPromptSubmit"],
            ["PreToolUse", "SessionStart"],
        ];
        var start = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero).AddSeconds(random.Next(40_000));
        return new EventQuery
        {
            EventTypes = types[random.Next(types.Length)],
            Window =
                random.Next(9) == 0 ? new TimeWindow(start.AddYears(-1), start.AddYears(-1).AddHours(1))
                : random.Next(3) == 0 ? new TimeWindow(start, start.AddHours(1 + random.Next(4)))
                : TimeWindow.Always,
            SessionFilter = random.Next(4) == 0 ? WildcardFilter.Of("t*", "five*") : null,
            SourceAppFilter = random.Next(4) == 0 ? WildcardFilter.Of("app") : null,
        };
    }

    /// <summary>All that is known of the sequences of a query.</summary>
    public static string Describe(EventDatabase events, EventQuery query, ActivityOptions activity, bool derived = true) =>
        Describe(events.Database, query, activity, derived);

    /// <summary>The same of a database.</summary>
    public static string Describe(PatternDatabase database, EventQuery query, ActivityOptions activity, bool derived = true)
    {
        var sequencer = new EventSequencer(query, activity);
        database.Events.Read(sequencer.StoreQuery, derived ? sequencer : new PlainSink(sequencer), CancellationToken.None);
        sequencer.ReadUsage(database.Usage);
        var corpus = sequencer.Build();
        return string.Join(
            '\n',
            [
                string.Create(CultureInfo.InvariantCulture, $"{corpus.Reading.EventCount} events"),
                .. corpus.Reading.Excluded.OrderBy(left => left.Key, StringComparer.Ordinal).Select(left => $"{left.Key} {left.Value}"),
                .. corpus.Sequences().Select(sequence => JsonSerializer.Serialize(sequence)),
            ]
        );
    }

    /// <summary>Takes events, and no steps.</summary>
    private sealed class PlainSink(IHookEventSink sink) : IHookEventSink
    {
        public void Add(in HookEventRow row) => sink.Add(row);

        public IHookEventSink? Fork() => sink.Fork() is { } fork ? new PlainSink(fork) : null;

        public void Restart() => sink.Restart();
    }
}
