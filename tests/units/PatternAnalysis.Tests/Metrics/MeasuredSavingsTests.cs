using System.Text;
using CsCheck;
using PatternAnalysis.Activities;
using PatternAnalysis.Events;
using PatternAnalysis.Metrics;
using PatternAnalysis.Mining;
using PatternAnalysis.Sequences;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Metrics;

public class MeasuredSavingsTests
{
    private static readonly MetricOptions s_measured = new()
    {
        SavingsModel = SavingsModel.Measured,
        HourlyRate = 3600,
        IdleSeconds = 60,
    };

    /// <summary>Sessions of steps, each with the seconds until the next one.</summary>
    private static SequenceCorpus CorpusOf(IEnumerable<(string Tool, int Seconds)[]> sessions)
    {
        var sequencer = new EventSequencer(new EventQuery(), new ActivityOptions { Model = ActivityModel.Tool });
        var insertion = 0;
        foreach (var (session, number) in sessions.Select((session, number) => (session, number)))
        {
            var time = new DateTime(2026, 1, 5, 0, 0, 0, DateTimeKind.Utc);
            foreach (var (tool, seconds) in session)
            {
                sequencer.Add(
                    new HookEventRow
                    {
                        SessionId = Encoding.UTF8.GetBytes($"s{number}"),
                        EventType = "tool_use"u8,
                        ToolName = Encoding.UTF8.GetBytes(tool),
                        UtcTicks = time.Ticks,
                        InsertionId = insertion++,
                    }
                );
                time = time.AddSeconds(seconds);
            }
        }

        return sequencer.Build();
    }

    private static MeasuredPattern[] Measure(SequenceCorpus corpus, MetricOptions options)
    {
        var measurer = new PatternMeasurer(options);
        return [.. PatternMiner.Mine(corpus, new MiningOptions()).Select(pattern => measurer.Measure(pattern))];
    }

    [Fact]
    public void Occurrences_back_to_back_count_each()
    {
        var pattern = Measure(
                CorpusOf([
                    [("Read", 1), ("Edit", 2), ("Read", 4), ("Edit", 50)],
                    [("Read", 1), ("Edit", 2), ("Read", 4), ("Edit", 50)],
                    [("Read", 8), ("Edit", 50)],
                ]),
                s_measured
            )
            .Single(pattern => pattern.ToolSequence == "Read→Edit");

        Assert.Equal(18m + 4m, pattern.EstimatedSavings);
    }

    [Fact]
    public void A_step_takes_until_the_next_one_and_the_last_takes_nothing()
    {
        var pattern = Assert.Single(
            Measure(
                CorpusOf([
                    [("Read", 10), ("Edit", 20), ("Bash", 50)],
                    [("Read", 1), ("Edit", 2), ("Bash", 50)],
                ]),
                s_measured
            )
        );

        // At 3,600 dollars an hour a second costs a dollar.
        Assert.Equal(("Read→Edit→Bash", 33m), (pattern.ToolSequence, pattern.EstimatedSavings));
    }

    [Theory]
    [InlineData(1, 1, 10, 0.28)]
    [InlineData(3, 1, 30, 2.5)]
    [InlineData(1, 1, 0.1, 0)]
    [InlineData(2, 5, 30, 8.33)]
    public void What_is_estimated_is_rounded_to_cents(int steps, int occurrences, double seconds, decimal expected) =>
        Assert.Equal(expected, Savings.Estimate(steps, occurrences, new MetricOptions { SecondsPerTool = seconds, HourlyRate = 100 }));

    [Fact]
    public void Calls_of_one_message_that_are_put_in_order_by_name_take_no_time_backwards()
    {
        var calls = new RecordedCalls();
        foreach (var session in new[] { "a", "b" })
            calls
                .Call(session, "Write", "file_path", "x", message: $"{session}-message-0123456789abcdef")
                .Call(session, "Read", "file_path", "y", message: $"{session}-message-0123456789abcdef")
                .Tool(session, "Edit");
        var sequencer = new EventSequencer(new EventQuery(), new ActivityOptions { Model = ActivityModel.Operation });
        calls.Read(sequencer.StoreQuery, sequencer, default);

        var pattern = Measure(sequencer.Build(), s_measured).Single();

        // Read a second late, Write at once, Edit two seconds after Write: one second back counts for none.
        Assert.Equal(("Read→Write→Edit", 4m), (pattern.ToolSequence, pattern.EstimatedSavings));
    }

    [Fact]
    public void A_pause_above_the_idle_limit_does_not_count()
    {
        var pattern = Assert.Single(
            Measure(
                CorpusOf([
                    [("Read", 60), ("Edit", 61), ("Bash", 0)],
                    [("Read", 3600), ("Edit", 2), ("Bash", 0)],
                ]),
                s_measured
            )
        );

        Assert.Equal(62m, pattern.EstimatedSavings);
    }

    [Theory]
    [InlineData(true, 30)]
    [InlineData(false, 500)]
    public void All_patterns_together_never_save_more_than_the_time_that_was_spent(bool isSmall, int iterations) =>
        Gen.Select(SequenceGen.Of(isSmall), Gen.Int[0, 90].Array[1, 40])
            .Sample(
                (sessions, seconds) =>
                {
                    var timed = sessions
                        .Select(
                            (session, number) =>
                                session.Select((step, i) => ($"t{step}", seconds[(number * 7 + i) % seconds.Length])).ToArray()
                        )
                        .ToArray();
                    var spent = timed.Sum(session => session.SkipLast(1).Sum(step => step.Item2 <= 60 ? step.Item2 : 0));
                    var patterns = Measure(CorpusOf(timed), s_measured);

                    var total = OverlapFreeSavings.Total(patterns);

                    Assert.InRange(total, 0, spent);
                    if (patterns.Length > 0)
                        Assert.True(
                            total >= patterns.Max(pattern => pattern.EstimatedSavings),
                            "The most valuable pattern takes all of its occurrences."
                        );
                },
                iter: iterations
            );

    [Theory]
    [InlineData(true, 40)]
    [InlineData(false, 500)]
    public void All_patterns_together_never_save_more_than_all_steps(bool isSmall, int iterations) =>
        SequenceGen
            .Of(isSmall)
            .Sample(
                sessions =>
                {
                    var corpus = SequenceGen.ToCorpus(sessions);
                    var patterns = Measure(corpus, new MetricOptions());

                    Assert.InRange(OverlapFreeSavings.Total(patterns), 0, Savings.Estimate(corpus.StepCount, 1, new MetricOptions()));
                    Assert.Equal(NaiveTotal(sessions, patterns), OverlapFreeSavings.Total(patterns));
                },
                iter: iterations
            );

    // Step by step, every pattern in every session.
    private static decimal NaiveTotal(int[][] sessions, MeasuredPattern[] patterns)
    {
        var taken = sessions.Select(session => new bool[session.Length]).ToArray();
        foreach (
            var pattern in patterns
                .OrderByDescending(pattern => pattern.EstimatedSavings)
                .ThenBy(pattern => pattern, RepeatedPattern.ByFrequency)
        )
        {
            for (var s = 0; s < sessions.Length; s++)
            {
                for (var at = 0; at + pattern.Length <= sessions[s].Length; at++)
                {
                    if (Enumerable.Range(0, pattern.Length).All(i => !taken[s][at + i] && $"t{sessions[s][at + i]}" == pattern.Steps[i]))
                        Array.Fill(taken[s], true, at, pattern.Length);
                }
            }
        }

        return Savings.Estimate(taken.Sum(session => session.Count(step => step)), 1, new MetricOptions());
    }
}
