using System.Text;
using CsCheck;
using PatternAnalysis.Activities;
using PatternAnalysis.Events;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Tests.Sequences;

/// <summary>The events of one call become one step that knows what became of it.</summary>
public class CallOutcomeTests
{
    private static readonly DateTime s_start = new(2026, 3, 2, 10, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_step_tells_how_its_call_ended_and_how_long_it_took()
    {
        var calls = Calls(Start(0, "a"), End(3, "a"), Start(10, "b"), End(14, "b", "PostToolUseFailure"), Start(20, "c"));

        Assert.Equal([(CallOutcome.Ok, 3.0), (CallOutcome.Failed, 4.0), (CallOutcome.Orphan, null)], calls.Select(Brief));
        Assert.Equal(s_start.AddSeconds(10), calls[1].StartedAt!.Value.UtcDateTime);
    }

    [Fact]
    public void What_the_agent_says_of_the_time_counts_before_the_clock() =>
        Assert.Equal((CallOutcome.Ok, 1.25), Brief(Assert.Single(Calls(Start(0, "a"), End(3, "a") with { Milliseconds = "1250.7" }))));

    [Theory]
    [InlineData("-1")]
    [InlineData("1e300")]
    [InlineData("\"soon\"")]
    [InlineData("[[1]]")]
    public void A_time_that_no_call_lasts_is_not_believed(string milliseconds) =>
        Assert.Equal((CallOutcome.Ok, 3.0), Brief(Assert.Single(Calls(Start(0, "a"), End(3, "a") with { Milliseconds = milliseconds }))));

    [Fact]
    public void Where_no_end_is_ever_stored_nothing_is_an_orphan() =>
        Assert.All(Calls(Start(0, "a"), Start(1, "b")), call => Assert.Equal((CallOutcome.Unknown, null), Brief(call)));

    [Fact]
    public void A_clock_that_went_back_gives_no_negative_time() =>
        Assert.Equal((CallOutcome.Ok, 0.0), Brief(Assert.Single(Calls(Start(5, "a"), End(3, "a")))));

    [Fact]
    public void Where_an_id_is_used_again_a_call_that_ends_at_once_has_its_own_end() =>
        Assert.Equal(
            [(CallOutcome.Ok, 2.0), (CallOutcome.Failed, 0.0)],
            Calls(Start(0, "a"), Start(5, "a"), End(5, "a", "PostToolUseFailure"), End(2, "a")).Select(Brief)
        );

    [Fact]
    public void An_end_that_is_read_before_its_start_lasts_as_long_as_one_that_is_read_after_it()
    {
        var query = new EventQuery { EventTypes = ["PreToolUse", "PostToolUse"] };
        var calls = Assert.Single(Sequencer(query, 1, End(2, "a"), Start(0, "a")).Build().Sequences()).Calls;

        Assert.Equal([(CallOutcome.Ok, 2.0)], calls.Select(Brief));
    }

    [Theory]
    [InlineData("PreToolUse", "PostToolUse", "PostToolUseFailure")]
    [InlineData("PreToolUse")]
    [InlineData("PostToolUse", "PostToolUseFailure")]
    public void Whichever_events_are_steps_the_outcome_is_the_same(params string[] eventTypes)
    {
        var calls = Sequencer(
            new EventQuery { EventTypes = eventTypes },
            1,
            Start(0, "a"),
            End(2, "a"),
            Start(5, "b"),
            End(9, "b", "PostToolUseFailure")
        );

        Assert.Equal([CallOutcome.Ok, CallOutcome.Failed], Assert.Single(calls.Build().Sequences()).Calls.Select(call => call.Outcome));
    }

    [Fact]
    public void A_run_that_became_one_step_failed_if_a_call_did_and_took_the_time_of_all()
    {
        var sequencer = Sequencer(
            new EventQuery(),
            1,
            collapsesRuns: true,
            Start(0, "a"),
            End(2, "a"),
            Start(5, "b"),
            End(9, "b", "PostToolUseFailure"),
            Start(10, "c"),
            End(11, "c")
        );

        Assert.Equal((CallOutcome.Failed, 7.0), Brief(Assert.Single(Assert.Single(sequencer.Build().Sequences()).Calls)));
    }

    [Fact]
    public void Neither_the_order_of_reading_nor_the_number_of_readers_matters()
    {
        var call = Gen.Select(Gen.Int[0, 50], Gen.Int[0, 3], Gen.Int[0, 20]);
        Gen.Select(call.Array[1, 12], Gen.Int[1, 3], Gen.Int)
            .Sample(
                (calls, readers, seed) =>
                {
                    var expected = calls
                        .Select(
                            (made, number) =>
                                (
                                    made.Item1,
                                    Number: number,
                                    Outcome: made.Item2 switch
                                    {
                                        1 => (CallOutcome.Ok, made.Item3),
                                        2 => (CallOutcome.Failed, made.Item3),
                                        _ => (
                                            calls.Any(other => other.Item2 is 1 or 2) ? CallOutcome.Orphan : CallOutcome.Unknown,
                                            (double?)null
                                        ),
                                    }
                                )
                        )
                        .OrderBy(made => (made.Item1, made.Number))
                        .Select(made => made.Outcome);
                    var rows = calls.SelectMany(
                        (made, number) =>
                            new[]
                            {
                                Start(made.Item1, $"c{number}", number),
                                End(made.Item1 + made.Item3, $"c{number}", made.Item2 == 1 ? "PostToolUse" : "PostToolUseFailure", number),
                            }.Take(made.Item2 is 1 or 2 ? 2 : 1)
                    );

                    var sequencer = Sequencer(new EventQuery(), readers, [.. rows.OrderBy(row => HashCode.Combine(seed, row))]);

                    Assert.Equal(expected, Assert.Single(sequencer.Build().Sequences()).Calls.Select(Brief));
                },
                iter: 40
            );
    }

    [Fact]
    public void Whose_end_is_whose_does_not_depend_on_reading_where_an_id_is_used_again_and_again()
    {
        string[] types = ["PreToolUse", "PreToolUse", "PreToolUse", "PostToolUse", "PostToolUse", "PostToolUseFailure", "PermissionDenied"];
        string?[] milliseconds = [null, null, "100", "200"];
        var row = Gen.Select(
            Gen.Int[0, 8],
            Gen.Int[0, types.Length - 1],
            Gen.Int[0, 2],
            Gen.Int[0, milliseconds.Length - 1],
            (second, type, id, lasted) => new Row(second, types[type], $"c{id}", milliseconds[lasted], 0)
        );
        Gen.Select(row.Array[1, 16], Gen.Int[1, 3], Gen.Int)
            .Sample(
                (events, readers, seed) =>
                {
                    Row[] rows = [.. events.Select((row, number) => row with { Order = number })];
                    Row[] disordered = [.. rows.OrderBy(row => HashCode.Combine(seed, row))];

                    Assert.Equal(
                        Sequencer(new EventQuery(), 1, rows).Build().Sequences().SelectMany(sequence => sequence.Calls.Select(Brief)),
                        Sequencer(new EventQuery(), readers, disordered)
                            .Build()
                            .Sequences()
                            .SelectMany(sequence => sequence.Calls.Select(Brief))
                    );
                },
                iter: 40
            );
    }

    [Fact]
    public void Where_an_id_is_used_again_an_end_belongs_to_the_last_start_before_it() =>
        Assert.Equal(
            [(CallOutcome.Orphan, null), (CallOutcome.Ok, 1.0), (CallOutcome.Failed, 3.0)],
            Calls(Start(1, "a"), End(9, "a", "PostToolUseFailure"), Start(6, "a"), End(4, "a"), Start(3, "a")).Select(Brief)
        );

    private static Row Start(int second, string id, int order = 0) => new(second, "PreToolUse", id, null, order);

    private static Row End(int second, string id, string type = "PostToolUse", int order = 0) => new(second, type, id, null, order);

    private static (CallOutcome, double?) Brief(ToolCall call) => (call.Outcome, call.Duration?.TotalSeconds);

    private static ToolCall[] Calls(params Row[] rows) => Assert.Single(Sequencer(new EventQuery(), 1, rows).Build().Sequences()).Calls;

    private static EventSequencer Sequencer(EventQuery query, int readers, params Row[] rows) =>
        Sequencer(query, readers, collapsesRuns: false, rows);

    private static EventSequencer Sequencer(EventQuery query, int readers, bool collapsesRuns, params Row[] rows)
    {
        var options = new ActivityOptions { ReadsOutcomes = true, CollapseRuns = collapsesRuns };
        var sequencer = new EventSequencer(query, options);
        List<IHookEventSink> sinks = [sequencer];
        while (sinks.Count < readers && sequencer.Fork() is { } fork)
            sinks.Add(fork);
        foreach (var (number, row) in rows.Where(row => sequencer.StoreQuery.EventTypes.Contains(row.Type)).Index())
        {
            sinks[number % sinks.Count]
                .Add(
                    new HookEventRow
                    {
                        SessionId = "s"u8,
                        EventType = Encoding.UTF8.GetBytes(row.Type),
                        ToolName = "Read"u8,
                        UtcTicks = s_start.AddSeconds(row.Second).Ticks,
                        InsertionId = row.Order,
                        Payload = Encoding.UTF8.GetBytes(row.Payload),
                    }
                );
        }

        return sequencer;
    }

    private sealed record Row(int Second, string Type, string Id, string? Milliseconds, int Order)
    {
        public string Payload => $$"""{"tool_use_id":"{{Id}}"{{(Milliseconds is null ? "" : ",\"duration_ms\":" + Milliseconds)}}}""";
    }
}
