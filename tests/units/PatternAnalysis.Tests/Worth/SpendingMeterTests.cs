using PatternAnalysis.Events;
using PatternAnalysis.Metrics;
using PatternAnalysis.Tests.Support;
using PatternAnalysis.Worth;

namespace PatternAnalysis.Tests.Worth;

public class SpendingMeterTests
{
    private static readonly TimeWindow s_window = TimeWindow.Always;

    [Fact]
    public void A_run_spent_what_its_messages_took_and_those_without_a_price_are_in_no_dollar()
    {
        var usage = new ToldUsage
        {
            Messages =
            [
                // 1,000 + 200 + 30 + 4 tokens at 3, 15, 0.3 and 3.75 dollars for a million.
                Message("a", 1, "claude-sonnet-4-5") with
                {
                    InputTokens = 1_000,
                    OutputTokens = 200,
                    CacheReadTokens = 30,
                    CacheWriteTokens = 4,
                },
                Message("a", 2, "nobody-knows") with
                {
                    InputTokens = 50,
                },
                Message("b", 2, "claude-opus-4-5") with
                {
                    InputTokens = 1_000,
                },
            ],
        };

        var (total, days, byDay) = SpendingMeter.Measure(usage, s_window, null, new WorthOptions(), default)!.Value;

        const decimal first = (1_000 * 3 + 200 * 15 + 30 * 0.3m + 4 * 3.75m) / 1_000_000;
        const decimal last = 1_000 * 5 / 1_000_000m;
        Assert.Equal(new RunSpending(3, 1_234 + 50 + 1_000, first + last, 1, TimeSpan.Zero, TimeSpan.Zero), total);

        // All that a session spent stands on the day of its first message.
        Assert.Equal(new Dictionary<string, DateOnly> { ["a"] = new(2026, 3, 1), ["b"] = new(2026, 3, 2) }, days);
        Assert.Equal([new(2026, 3, 1), new(2026, 3, 2)], byDay.Keys.Order());
        Assert.Equal((double)first, byDay[new(2026, 3, 1)], 1e-12);
        Assert.Equal((double)last, byDay[new(2026, 3, 2)], 1e-12);
    }

    [Fact]
    public void The_times_of_steps_stand_beside_what_messages_took()
    {
        var corpus = Appraisals.Corpus(
            new RecordedCalls()
                .Call("a", "Bash", "command", "make", call: "c")
                .Wait(TimeSpan.FromSeconds(4))
                .End("a", "Bash", "c", failed: false)
                .Wait(TimeSpan.FromSeconds(2))
                .Bash("a", "make")
        );
        var values = new StepValues(corpus, corpus.Records!, new WorthOptions());

        var (total, _, _) = SpendingMeter
            .Measure(new ToldUsage { Messages = [Message("a", 1, null)] }, s_window, values, new(), default)!
            .Value;

        Assert.Equal((TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(3)), (total.ToolTime, total.ModelTime));
    }

    [Fact]
    public void Where_no_message_is_known_nothing_is_said() =>
        Assert.Null(SpendingMeter.Measure(new ToldUsage(), s_window, null, new WorthOptions(), default));

    [Fact]
    public void Every_step_is_of_one_class_and_classes_without_steps_are_left_out()
    {
        var calls = new RecordedCalls();
        foreach (var session in new[] { "a", "b", "c" })
            calls
                .Call(session, "Bash", "command", "make lint", message: $"{session}1")
                .Call(session, "Bash", "command", "make test", message: $"{session}1")
                .Call(session, "Edit", "file_path", "x.cs", message: $"{session}2");
        var usage = new ToldUsage
        {
            Messages =
            [
                .. new[] { "a1", "a2", "b1", "b2", "c1", "c2" }.Select(id =>
                    Message($"{id[0]}", 1, "claude-sonnet-4-5") with
                    {
                        MessageId = id,
                        InputTokens = 1_000 * (id[1] - '0'),
                    }
                ),
            ],
        };
        var measured = Appraisals.Measured(Appraisals.Corpus(calls, usage));

        var spent = new PatternAppraiser(new WorthOptions()).SpentByClass(measured[0].Run.Main);

        Assert.Equal([StepClass.Constant, StepClass.Free], spent.Select(one => one.Class));
        Assert.Equal((6, 3.0, 3_000.0), (spent[0].Steps, spent[0].Turns, spent[0].Tokens));
        Assert.Equal((3, 3.0, 6_000.0), (spent[1].Steps, spent[1].Turns, spent[1].Tokens));
        Assert.Equal(0.009, spent[0].Usd, 1e-12);
        Assert.Equal(0.018, spent[1].Usd, 1e-12);
        Assert.Equal("Constant: 6 steps, 3 turns, $0.01", spent[0].ToString());
        Assert.Empty(new PatternAppraiser(new WorthOptions()).SpentByClass(Named()[0].Run.Main));
    }

    // Patterns of names alone.
    private static IReadOnlyList<MeasuredPattern> Named() => Appraisals.Measured(Corpus.Of("A B", "A B", "A B", "A B"));

    private static MessageUsage Message(string session, int day, string? model) =>
        new()
        {
            SessionId = session,
            MessageId = $"{session}-{day}",
            Timestamp = new DateTime(2026, 3, day, 12, 0, 0, DateTimeKind.Utc),
            Model = model,
        };
}
