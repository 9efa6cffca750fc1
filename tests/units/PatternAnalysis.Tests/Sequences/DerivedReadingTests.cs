using System.Text;
using System.Text.Json;
using PatternAnalysis.Activities;
using PatternAnalysis.Danger;
using PatternAnalysis.Events;
using PatternAnalysis.Options;
using PatternAnalysis.Sequences;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Sequences;

/// <summary>
/// Whatever is asked for, events that were derived earlier give what the events themselves give, and the number of readers does not matter.
/// </summary>
public class DerivedReadingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Any_query_finds_the_same_in_events_in_what_was_derived_of_them_and_in_both_together(int seed)
    {
        var random = new Random(seed);
        AnyEvent[] events = [.. Enumerable.Range(0, 100).Select(number => AnyEvent.Next(random, number))];
        var deriver = new StepDeriver(new StepRules(DangerRuleSet.BuiltIn));
        Derived[] derived = Array.ConvertAll(
            events,
            any => new Derived(deriver.Derive(any.Row(withPayload: true, withApplication: true))!)
        );
        for (var round = 0; round < 8; round++)
        {
            var (query, options) = (AnyQuery(random), AnyActivity.Options(random));

            var expected = Describe(events, derived, query, options, readers: 1, _ => false);

            Assert.Equal(expected, Describe(events, derived, query, options, readers: 1, _ => true));
            Assert.Equal(expected, Describe(events, derived, query, options, readers: 1 + random.Next(3), _ => random.Next(2) == 0));
        }
    }

    [Fact]
    public void Bare_names_calls_that_are_joined_while_they_are_read_and_types_that_nobody_knows_take_events_only()
    {
        var usual = new EventQuery();

        Assert.True(EventSequencer.TakesDerivedSteps(usual, new ActivityOptions()));
        Assert.True(EventSequencer.TakesDerivedSteps(usual, new ActivityOptions { Model = ActivityModel.Operation }));
        Assert.False(EventSequencer.TakesDerivedSteps(usual, new ActivityOptions { Model = ActivityModel.Tool }));
        Assert.False(EventSequencer.TakesDerivedSteps(Of("PreToolUse", "PostToolUse"), new ActivityOptions()));
        Assert.False(EventSequencer.TakesDerivedSteps(Of("PreToolUse", "OfALaterVersion"), new ActivityOptions()));
        Assert.Throws<ArgumentNullException>(() => EventSequencer.TakesDerivedSteps(null!, new ActivityOptions()));
        Assert.Throws<ArgumentNullException>(() => EventSequencer.TakesDerivedSteps(usual, null!));

        static EventQuery Of(params string[] types) => new() { EventTypes = types };
    }

    [Fact]
    public void What_was_read_before_a_restart_is_forgotten()
    {
        var sequencer = new EventSequencer(new EventQuery());
        sequencer.Add(Row("one"));
        var fork = sequencer.Fork()!;
        fork.Add(Row("two"));

        sequencer.Restart();
        sequencer.Add(Row("three"));

        Assert.Equal(["three"], sequencer.Build().Sequences().Select(sequence => sequence.SessionId));
        Assert.Null(fork.Fork());
        Assert.Throws<NotSupportedException>(fork.Restart);

        static HookEventRow Row(string session) =>
            new()
            {
                SessionId = Encoding.UTF8.GetBytes(session),
                EventType = "PreToolUse"u8,
                ToolName = "Read"u8,
                UtcTicks = AnyEvent.Start.Ticks,
            };
    }

    private static EventQuery AnyQuery(Random random)
    {
        string[][] types =
        [
            ["tool_use", "PreToolUse"],
            ["tool_use", "PreToolUse"],
            ["PostToolUse", "PostToolUseFailure"],
            ["Notification", "PreToolUse"],
            ["PreToolUse", "PostToolUse"],
        ];
        var start = new DateTimeOffset(AnyEvent.Start).AddSeconds(random.Next(10_000));
        return new EventQuery
        {
            EventTypes = types[random.Next(types.Length)],
            Window = random.Next(3) == 0 ? new TimeWindow(start, start.AddHours(1 + random.Next(4))) : TimeWindow.Always,
            SessionFilter = random.Next(3) == 0 ? WildcardFilter.Of("t*", "five*") : null,
            SourceAppFilter = random.Next(3) == 0 ? WildcardFilter.Of("app") : null,
        };
    }

    private static string[] Describe(
        AnyEvent[] events,
        Derived[] derived,
        EventQuery query,
        ActivityOptions options,
        int readers,
        Func<AnyEvent, bool> isDerived
    )
    {
        var sequencer = new EventSequencer(query, options);
        List<IHookEventSink> sinks = [sequencer];
        while (sinks.Count < readers && sequencer.Fork() is { } fork)
            sinks.Add(fork);
        var wanted = sequencer.StoreQuery;
        foreach (var (number, any) in events.Where(any => wanted.EventTypes.Contains(any.Type)).Index())
        {
            var sink = (IDerivedStepSink)sinks[number % sinks.Count];
            if (sink.Rules is not null && isDerived(any))
                derived[any.Number].AddTo(sink);
            else
                sink.Add(any.Row(wanted.ReadsPayload, query.SourceAppFilter is not null));
        }

        var corpus = sequencer.Build();
        return
        [
            $"{corpus.Reading.EventCount} events",
            .. corpus.Reading.Excluded.OrderBy(left => left.Key, StringComparer.Ordinal).Select(left => $"{left.Key} {left.Value}"),
            .. corpus.Sequences().Select(sequence => JsonSerializer.Serialize(sequence)),
            .. Enumerable
                .Range(0, corpus.StepCount)
                .Where(_ => corpus.Records is not null)
                .Select(step => $"{corpus.Records!.TurnOf(step)} {corpus.Records[step].Binding}"),
        ];
    }

    /// <summary>What is kept of one event: everything has an id of its own.</summary>
    private sealed class Derived(DerivedEvent derived) : IDerivedTexts
    {
        public void AddTo(IDerivedStepSink sink) =>
            sink.Add(
                new DerivedStep
                {
                    Event = derived.Event,
                    Type = derived.Type,
                    UtcTicks = derived.UtcTicks,
                    Source = Id(derived.Source),
                    Facts = derived.Facts is { } facts ? Id(facts) : 0,
                    Verdict = derived.Verdict is { } verdict && verdict != new JudgedStep(DangerVerdict.Safe) ? Id(verdict) : 0,
                    Call = derived.Call,
                    Message = derived.Message,
                    Milliseconds = derived.Milliseconds,
                    Error = derived.Error is { } error ? Encoding.UTF8.GetBytes(error) : default,
                },
                this
            );

        public StepSource SourceOf(long id) => derived.Source;

        public StepFacts FactsOf(long id) => derived.Facts!;

        public JudgedStep VerdictOf(long id) => derived.Verdict!.Value;

        private static long Id(object content) => (long)StepIds.Hash(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(content)));
    }

    private sealed record AnyEvent(int Number, string Session, string Type, string Tool, long? Ticks, string Payload, string Application)
    {
        public static readonly DateTime Start = new(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc);

        private static readonly string[] s_types =
        [
            "PreToolUse",
            "PreToolUse",
            "PreToolUse",
            "PreToolUse",
            "tool_use",
            "PostToolUse",
            "PostToolUse",
            "PostToolUseFailure",
            "PermissionDenied",
            "ToolUseCancelled",
            "Notification",
            "UserPromptSubmit",
            "Stop",
        ];

        private static readonly string[] s_sessions = ["one", "two", "three", "five/six", "seven#8", "unknown", ""];

        private static readonly string[] s_tools =
        [
            "Bash",
            "Bash",
            "Bash",
            "Read",
            "Edit",
            "TodoWrite",
            "mcp__files__delete_file",
            "a→b",
            "",
        ];

        private static readonly string[] s_commands =
        [
            "npm test",
            "npm test",
            "git add src/a.cs && git commit -m 'first words'",
            "ls -la",
            "rm -rf build",
            "cat src/a.cs",
            "bd show 17",
            "deploy --token=ghp_ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ab now",
        ];

        public static AnyEvent Next(Random random, int number) =>
            new(
                number,
                Any(random, s_sessions),
                Any(random, s_types),
                Any(random, s_tools),
                random.Next(30) == 0 ? null : Start.AddSeconds(random.Next(20_000)).Ticks,
                random.Next(12) == 0 ? "" : Write(random),
                Any(random, ["app", "app", "other", ""])
            );

        public HookEventRow Row(bool withPayload, bool withApplication) =>
            new()
            {
                SessionId = Encoding.UTF8.GetBytes(Session),
                EventType = Encoding.UTF8.GetBytes(Type),
                ToolName = Encoding.UTF8.GetBytes(Tool),
                UtcTicks = Ticks,
                InsertionId = Number,
                Payload = Encoding.UTF8.GetBytes(withPayload ? Payload : ""),
                SourceApp = Encoding.UTF8.GetBytes(withApplication ? Application : ""),
            };

        private static string Write(Random random)
        {
            var fields = new Dictionary<string, object?>();
            Maybe("tool_use_id", 7, () => $"call-{random.Next(25)}");
            Maybe("agent_id", 2, () => Any(random, ["a1", "a2", "ghp_0123456789abcdefghijklmnopqrstuvwxyzAB"]));
            Maybe("prompt_id", 4, () => Any(random, ["p1", "p2", "p3", "p ghp_0123456789abcdefghijklmnopqrstuvwxyzAB"]));
            Maybe("message_id", 5, () => $"message-{random.Next(30)}");
            Maybe("duration_ms", 3, () => random.Next(3) * 700);
            Maybe("error", 4, () => Any(random, ["Exit code 1\nfile /home/ada/x not found", "refused 7 times", ""]));
            Maybe(
                "tool_input",
                9,
                () =>
                    random.Next(3) > 0
                        ? new { command = Any(random, s_commands) }
                        : new { file_path = Any(random, ["src/a.cs", "README.md", ".env"]) }
            );
            return JsonSerializer.Serialize(fields);

            void Maybe(string name, int ofTen, Func<object?> value)
            {
                if (random.Next(10) < ofTen)
                    fields[name] = value();
            }
        }

        private static T Any<T>(Random random, T[] values) => values[random.Next(values.Length)];
    }
}
