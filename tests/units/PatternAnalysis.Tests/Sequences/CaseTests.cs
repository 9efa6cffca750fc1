using System.Text;
using CsCheck;
using PatternAnalysis.Activities;
using PatternAnalysis.Events;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Tests.Sequences;

/// <summary>What belongs together is one case, and the order of what happened at once is no information.</summary>
public class CaseTests
{
    private static readonly DateTime s_start = new(2026, 3, 2, 10, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_sub_agent_is_a_case_of_its_own()
    {
        var cases = Sequence(
            new(),
            Call(0, "Read"),
            Call(1, "Grep", agent: "a1"),
            Call(2, "Edit"),
            Call(3, "Glob", agent: "a1"),
            Call(4, "Read", agent: "a2")
        );

        Assert.Equal(["s: Read→Edit", "s/a1: Grep→Glob", "s/a2: Read"], cases);
    }

    [Fact]
    public void With_prompts_a_case_is_what_was_done_for_one()
    {
        var cases = Sequence(
            new() { Case = CaseKind.Prompt },
            Call(0, "Read", prompt: "p1"),
            Call(1, "Edit", prompt: "p1"),
            Call(2, "Read", prompt: "p2")
        );

        Assert.Equal(["s#p1: Read→Edit", "s#p2: Read"], cases);
    }

    [Fact]
    public void Where_prompts_have_no_id_their_events_are_the_borders()
    {
        var cases = Sequence(
            new() { Case = CaseKind.Prompt },
            Note(0, "UserPromptSubmit"),
            Call(1, "Read"),
            Call(2, "Edit"),
            Note(3, "Stop"),
            Note(60, "UserPromptSubmit"),
            Call(61, "Write")
        );

        Assert.Equal(["s#20260302T100001.000Z: Read→Edit", "s#20260302T100101.000Z: Write"], cases);
    }

    [Fact]
    public void With_pauses_a_case_ends_at_a_long_one()
    {
        var cases = Sequence(new() { Case = CaseKind.Idle, IdleMinutes = 2 }, Call(0, "Read"), Call(120, "Edit"), Call(241, "Write"));

        Assert.Equal(["s#20260302T100000.000Z: Read→Edit", "s#20260302T100401.000Z: Write"], cases);
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("Unknown")]
    [InlineData("undefined")]
    public void Sessions_that_nobody_named_are_not_one_case(string session)
    {
        var cases = Sequence(
            new(),
            Call(0, "Read", session: session),
            Call(5, "Edit", session: session),
            Call(5000, "Write", session: session)
        );

        Assert.Equal(["Read→Edit", "Write"], cases.Select(text => text[(text.LastIndexOf(':') + 2)..]));
    }

    [Theory]
    [InlineData(CaseKind.Session)]
    [InlineData(CaseKind.Prompt)]
    [InlineData(CaseKind.Idle)]
    public void Every_step_is_in_exactly_one_case_whatever_order_it_is_read_in(CaseKind kind)
    {
        var gen = Gen.Select(Gen.Int[0, 20_000], Gen.Int[0, 3], Gen.Int[0, 2], Gen.Int[0, 3], Gen.Int[0, 4]).Array[1, 40];
        Gen.Select(gen, Gen.Int)
            .Sample(
                (rows, seed) =>
                {
                    var events = rows.Select(
                            (row, number) =>
                                row.Item5 == 0
                                    ? Note(row.Item1, "UserPromptSubmit")
                                    : Call(
                                        row.Item1,
                                        "T" + row.Item5,
                                        agent: row.Item3 == 0 ? null : "a" + row.Item3,
                                        prompt: row.Item4 == 0 ? null : "p" + row.Item4,
                                        session: row.Item2 == 0 ? "unknown" : "s" + row.Item2,
                                        message: row.Item4 == 1 ? $"m{row.Item1 / 5000}" : null,
                                        order: number
                                    )
                        )
                        .ToArray();
                    var options = new ActivityOptions { Case = kind };

                    var cases = Sequence(options, events);

                    Assert.Equal(
                        events.Count(e => e.Type == "PreToolUse"),
                        cases.Sum(text => text[(text.LastIndexOf(':') + 2)..].Split('→').Length)
                    );
                    Assert.Equal(cases, Sequence(options, [.. events.OrderBy(e => HashCode.Combine(seed, e.Order))]));
                },
                iter: 25
            );
    }

    [Fact]
    public void Parallel_calls_stand_in_the_order_of_their_names_whichever_came_first() =>
        Gen.Shuffle(new[] { "Bash", "Edit", "Glob", "Read" })
            .Sample(tools =>
            {
                var parallel = tools.Select((tool, number) => Call(1 + number, tool, message: "m1", order: number + 1));

                Assert.Equal(
                    ["s: Zero→Bash→Edit→Glob→Read→Last"],
                    Sequence(new(), [Call(0, "Zero"), .. parallel, Call(9, "Last", message: "m2", order: 9)])
                );
            });

    [Fact]
    public void A_refused_call_is_no_step_and_is_counted()
    {
        var sequencer = Add(
            new(),
            Call(0, "Read", id: "toolu_1"),
            Call(1, "Bash", id: "toolu_2"),
            Note(2, "PermissionDenied", id: "toolu_2"),
            Call(3, "Edit", id: "toolu_3")
        );

        var corpus = sequencer.Build();

        Assert.Equal("Read→Edit", Assert.Single(corpus.Sequences()).Text);
        Assert.Equal((3, 1), (corpus.Reading.EventCount, corpus.Reading.Excluded[EventReading.RefusedCall]));
    }

    [Fact]
    public void The_start_and_the_end_of_a_call_are_one_step_even_when_the_end_is_read_first()
    {
        var query = new EventQuery { EventTypes = ["PreToolUse", "PostToolUse"] };
        var sequencer = Add(
            new() { Model = ActivityModel.Operation },
            query,
            Note(2, "PostToolUse", id: "toolu_1") with
            {
                Tool = "Bash",
            },
            Call(0, "Bash", id: "toolu_1") with
            {
                Input = "git status",
            }
        );

        var sequence = Assert.Single(sequencer.Build().Sequences());

        Assert.Equal(("Bash(git status)", 2), (sequence.Text, sequence.EventCount));
    }

    private static Row Call(
        int second,
        string tool,
        string? agent = null,
        string? prompt = null,
        string session = "s",
        string? message = null,
        string? id = null,
        int order = 0
    ) => new(second, "PreToolUse", tool, session, agent, prompt, message, id, null, order);

    private static Row Note(int second, string type, string? id = null) => new(second, type, "", "s", null, null, null, id, null, second);

    private static string[] Sequence(ActivityOptions options, params Row[] rows) =>
        [
            .. Add(options with { Model = ActivityModel.Tool }, rows)
                .Build()
                .Sequences()
                .Select(sequence => $"{sequence.SessionId}: {sequence.Text}"),
        ];

    private static EventSequencer Add(ActivityOptions options, params Row[] rows) => Add(options, new EventQuery(), rows);

    private static EventSequencer Add(ActivityOptions options, EventQuery query, params Row[] rows)
    {
        var sequencer = new EventSequencer(query, options);
        foreach (var row in rows.Where(row => sequencer.StoreQuery.EventTypes.Contains(row.Type)))
        {
            sequencer.Add(
                new HookEventRow
                {
                    SessionId = Encoding.UTF8.GetBytes(row.Session),
                    EventType = Encoding.UTF8.GetBytes(row.Type),
                    ToolName = Encoding.UTF8.GetBytes(row.Tool),
                    UtcTicks = s_start.AddSeconds(row.Second).Ticks,
                    InsertionId = row.Order,
                    Payload = Encoding.UTF8.GetBytes(row.Payload),
                }
            );
        }

        return sequencer;
    }

    private sealed record Row(
        int Second,
        string Type,
        string Tool,
        string Session,
        string? Agent,
        string? Prompt,
        string? Message,
        string? Id,
        string? Input,
        int Order
    )
    {
        public string Payload =>
            new System.Text.Json.Nodes.JsonObject
            {
                ["tool_input"] = new System.Text.Json.Nodes.JsonObject { ["command"] = Input },
                ["agent_id"] = Agent,
                ["prompt_id"] = Prompt,
                ["message_id"] = Message,
                ["tool_use_id"] = Id,
            }.ToJsonString();
    }
}
