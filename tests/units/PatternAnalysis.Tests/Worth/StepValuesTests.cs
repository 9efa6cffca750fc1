using PatternAnalysis.Events;
using PatternAnalysis.Metrics;
using PatternAnalysis.Pricing;
using PatternAnalysis.Sequences;
using PatternAnalysis.Tests.Support;
using PatternAnalysis.Worth;

namespace PatternAnalysis.Tests.Worth;

/// <summary>What single steps are, cost and wait for.</summary>
public class StepValuesTests
{
    private static readonly DateTime s_day = new(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_wait_is_from_the_end_of_the_step_before_and_no_longer_than_the_longest()
    {
        // It starts at second 0 and ends at 1; the next starts at 2 and then at 403 and at 404; the last two are calls of one message.
        var calls = new RecordedCalls()
            .Call("s", "Bash", "command", "make a", call: "c1")
            .End("s", "Bash", "c1", failed: false)
            .Bash("s", "make b")
            .Wait(TimeSpan.FromSeconds(400))
            .Bash("s", "make c")
            .Call("s", "Bash", "command", "make d", message: "m1")
            .Call("s", "Bash", "command", "make e", message: "m1")
            .Bash("t", "make f");
        var values = Values(calls);

        Assert.Equal([0, 1, 300, 1, 0, 0], Each(values, values.Wait));
        Assert.Equal([0, 2, 300, 1], Each(values, values.SinceStepBefore).Take(4));
        Assert.Equal([1, 0, 0, 0, 0, 0], Each(values, values.Seconds));
        Assert.Equal((TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(302)), values.Times());
    }

    [Fact]
    public void A_call_that_started_before_the_one_before_it_ended_waited_for_nothing()
    {
        var calls = new RecordedCalls()
            .Call("s", "Bash", "command", "make a", call: "c1")
            .Bash("s", "make b")
            .End("s", "Bash", "c1", failed: false);
        var values = Values(calls);

        Assert.Equal([0, 0], Each(values, values.Wait));
        Assert.Equal([2, 0], Each(values, values.Seconds));
    }

    [Theory]
    [InlineData("p1", "p1", 2)]
    [InlineData("p1", "p2", 0)]
    [InlineData("p1", null, 2)]
    [InlineData(null, "p2", 2)]
    public void Nobody_waits_for_a_model_across_a_prompt(string? before, string? after, double seconds)
    {
        var calls = new RecordedCalls()
            .Call("s", "Bash", "command", "make a", message: "m1")
            .Wait(TimeSpan.FromSeconds(1))
            .Call("s", "Bash", "command", "make b", message: "m2");
        var values = Values(calls, Message("s", "m1", 10) with { PromptId = before }, Message("s", "m2", 10) with { PromptId = after });

        Assert.Equal([0, seconds], Each(values, values.Wait));
    }

    [Fact]
    public void A_step_costs_its_share_of_its_turn_by_the_price_of_its_model()
    {
        var calls = new RecordedCalls()
            .Call("s", "Bash", "command", "make a", message: "m1")
            .Call("s", "Bash", "command", "make b", message: "m1")
            .Call("s", "Bash", "command", "make c", message: "m2")
            .Call("s", "Bash", "command", "make d", message: "m3")
            .Bash("s", "make e");

        // Of the second message one call is not here. The third's model has no price: it costs what the default's does, five dollars.
        var used = Message("s", "m1", 1_000) with
        {
            OutputTokens = 200,
            CacheReadTokens = 3_000,
            CacheWriteTokens = 400,
        };
        var values = Values(
            calls,
            used,
            Message("s", "m2", 8_000) with
            {
                CallCount = 2,
            },
            Message("s", "m3", 6_000) with
            {
                Model = "nobody-knows",
            }
        );
        const double first = (1_000 * 3 + 200 * 15 + 3_000 * 0.3 + 400 * 3.75) / 1e6;
        const double second = 8_000 * 3 / 1e6;
        const double third = 6_000 * 5 / 1e6;

        AssertNear([first / 2, first / 2, second / 2, third, (first + second + third) / 3], Each(values, values.Cost));
        AssertNear([2_300, 2_300, 4_000, 6_000, (4_600 + 8_000 + 6_000) / 3.0], Each(values, (_, at) => values.Tokens(at)));
        AssertNear([0.5, 0.5, 0.5, 1, 1], Each(values, (_, at) => values.ShareOfTurn(at)));
        Assert.Equal(first + second, values.KnownUsd!.Value, 1e-9);
        Assert.False(values.IsAssumed);
    }

    [Fact]
    public void Where_no_message_has_a_price_nothing_is_known_to_be_spent()
    {
        var calls = new RecordedCalls().Call("s", "Bash", "command", "make a", message: "m1").Bash("s", "make b");
        var values = Values(calls, Message("s", "m1", 1_000) with { Model = null });

        Assert.Null(values.KnownUsd);
        Assert.True(values.IsAssumed);
        AssertNear([0.005, 0.005], Each(values, values.Cost));
    }

    [Fact]
    public void Where_nothing_says_what_was_used_a_turn_costs_what_is_assumed_whatever_its_calls()
    {
        var calls = new RecordedCalls()
            .Call("s", "Bash", "command", "make a", message: "m1")
            .Call("s", "Bash", "command", "make b", message: "m1")
            .Bash("s", "make c");
        var options = new WorthOptions { AssumedTurnTokens = 2_000_000, Prices = PriceTable.Parse(Prices, "p") };
        var values = Values(calls, options);

        AssertNear([7, 7, 14], Each(values, values.Cost));
        AssertNear([1e6, 1e6, 2e6], Each(values, (_, at) => values.Tokens(at)));

        var single = Values(new RecordedCalls().Bash("s", "make a").Bash("s", "make b"), options);
        AssertNear([14, 14], Each(single, single.Cost));
        AssertNear([1, 1], Each(single, (_, at) => single.ShareOfTurn(at)));
    }

    [Fact]
    public void Messages_that_asked_for_no_step_price_those_that_nobody_told_of_as_usual()
    {
        var calls = new RecordedCalls().Call("s", "Bash", "command", "make a", message: "m1").Bash("s", "make b");
        var values = Values(calls, Message("other", "m9", 1_000));

        AssertNear([0.07585, 0.07585], Each(values, values.Cost));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.5, 0.5)]
    [InlineData(1, 1)]
    public void Waiting_costs_the_attended_share_of_the_rate(double share, double dollars)
    {
        var calls = new RecordedCalls().Bash("s", "make a").Wait(TimeSpan.FromSeconds(35)).Bash("s", "make b");
        var values = Values(
            calls,
            new WorthOptions
            {
                AttendedShare = share,
                HourlyRate = 100,
                AssumedTurnTokens = 0,
            }
        );

        // 36 seconds are a hundredth of an hour.
        AssertNear([0, dollars], Each(values, values.Cost));
    }

    [Fact]
    public void Calls_of_sub_agents_are_of_the_session()
    {
        var values = Values(new RecordedCalls().Bash("s", "make a", agent: "x").Bash("s", "make a"));

        Assert.Equal(2, values.Corpus.Count);
        Assert.Equal(["s", "s"], Enumerable.Range(0, 2).Select(values.SessionOf));
    }

    private const string Prices = """{ "date": "2026-01-01", "default": { "input": 7 }, "models": [] }""";

    private static void AssertNear(IEnumerable<double> expected, IEnumerable<double> actual)
    {
        Assert.Equal(expected.Count(), actual.Count());
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    private static double[] Each(StepValues values, Func<int, int, double> read) =>
        [
            .. Enumerable
                .Range(0, values.Corpus.Count)
                .SelectMany(session =>
                    Enumerable
                        .Range(values.Corpus.Starts[session], values.Corpus.Length(session))
                        .Select(position => read(session, position))
                ),
        ];

    private static MessageUsage Message(string session, string message, long input) =>
        new()
        {
            SessionId = session,
            MessageId = message,
            Timestamp = s_day,
            Model = "claude-sonnet-4-5",
            InputTokens = input,
        };

    private static StepValues Values(RecordedCalls calls, params MessageUsage[] messages) =>
        Values(Appraisals.Corpus(calls, new ToldUsage { Messages = messages }), new WorthOptions());

    private static StepValues Values(RecordedCalls calls, WorthOptions options) => Values(Appraisals.Corpus(calls), options);

    private static StepValues Values(SequenceCorpus corpus, WorthOptions options) => new(corpus, corpus.Records!, options);
}
