using PatternAnalysis.Metrics;
using PatternAnalysis.Mining;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Metrics;

/// <summary>Confidence is a statement that can be false; on data whose truth is known it must be true.</summary>
public class CalibrationTests
{
    private static readonly string[] s_tools = ["Bash", "Read", "Edit", "Grep", "Write", "Glob", "TodoWrite", "Task"];

    private static MeasuredPattern[] Measure(IEnumerable<IReadOnlyList<string>> sessions)
    {
        var measurer = new PatternMeasurer(new MetricOptions());
        return [.. PatternMiner.Mine(Corpus.Of(sessions), new MiningOptions()).Select(pattern => measurer.Measure(pattern))];
    }

    /// <summary>
    /// Sessions of different lengths and with different mixes of tools, in random order: nothing in them belongs together.
    /// </summary>
    private static List<string[]> Noise(Random random, int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ =>
                {
                    var weights = s_tools.Select(_ => Math.Pow(random.NextDouble(), 3)).ToArray();
                    return Enumerable.Range(0, random.Next(3, 120)).Select(_ => Pick(random, weights)).ToArray();
                }),
        ];

    private static string Pick(Random random, double[] weights)
    {
        var at = random.NextDouble() * weights.Sum();
        var tool = 0;
        while (tool < weights.Length - 1 && (at -= weights[tool]) > 0)
            tool++;
        return s_tools[tool];
    }

    [Fact]
    public void Random_sessions_hold_almost_no_discovery()
    {
        var random = new Random(1);
        int tests = 0,
            discoveries = 0,
            runsWithAny = 0;
        for (var run = 0; run < 20; run++)
        {
            var patterns = Measure(Noise(random, 80));
            var found = patterns.Count(pattern => pattern.ConfidenceScore >= 0.95);
            (tests, discoveries, runsWithAny) = (tests + patterns.Length, discoveries + found, runsWithAny + (found > 0 ? 1 : 0));
        }

        Assert.True(tests > 20_000, $"{tests} tests");

        // Where nothing is true every discovery is false, and 1 - 0.95 then bounds the share of runs that have any.
        Assert.True(runsWithAny <= 2, $"{discoveries} discoveries in {runsWithAny} of 20 runs");
    }

    [ReferenceEventsFact]
    public void The_reference_events_hold_no_discovery_once_each_session_is_shuffled()
    {
        var corpus = ReferenceEvents.Read();
        var random = new Random(2);
        var discoveries = 0;
        for (var run = 0; run < 10; run++)
        {
            var sessions = corpus
                .Sequences()
                .Select(sequence =>
                {
                    string[] steps = [.. sequence.Steps];
                    random.Shuffle(steps);
                    return steps;
                });
            discoveries += Measure(sessions).Count(pattern => pattern.ConfidenceScore >= 0.95);
        }

        Assert.Equal(0, discoveries);
    }

    [Fact]
    public void A_planted_routine_is_found_with_its_parts_and_with_nothing_around_it()
    {
        string[] routine = ["Plan", "Build", "Check", "Ship"];
        var random = new Random(3);
        var sessions = Noise(random, 80);
        for (var i = 0; i < 60; i++)
        {
            var at = random.Next(sessions[i].Length + 1);
            sessions[i] = [.. sessions[i][..at], .. routine, .. sessions[i][at..]];
        }

        var found = Measure(sessions).Where(pattern => pattern.ConfidenceScore >= 0.95).ToArray();

        // Its parts occur nowhere else, so only the whole is closed; steps that stand beside it by chance must not ride on it.
        var pattern = Assert.Single(found);
        Assert.Equal(routine, pattern.Steps);
        Assert.Equal(60, pattern.OccurrenceCount);
    }

    [Fact]
    public void A_planted_routine_of_common_tools_is_found_among_them()
    {
        string[] routine = ["Grep", "Read", "Edit", "Bash"];
        var random = new Random(4);
        var sessions = Noise(random, 200);
        for (var i = 0; i < sessions.Count; i++)
        {
            for (var times = 0; times < 3; times++)
            {
                var at = random.Next(sessions[i].Length + 1);
                sessions[i] = [.. sessions[i][..at], .. routine, .. sessions[i][at..]];
            }
        }

        var found = Measure(sessions).Where(pattern => pattern.ConfidenceScore > 0.99).ToArray();

        Assert.Contains(found, pattern => pattern.Steps.SequenceEqual(routine));
        Assert.All(
            found,
            pattern =>
                Assert.True(
                    Enumerable
                        .Range(0, routine.Length)
                        .Any(from =>
                            Enumerable
                                .Range(2, Math.Max(0, routine.Length - from - 1))
                                .Any(length => routine.Skip(from).Take(length).SequenceEqual(pattern.Steps))
                        ),
                    pattern.ToolSequence
                )
        );
    }

    [Fact]
    public void Sessions_that_are_all_the_same_long_routine_are_certain()
    {
        string[] routine = [.. Enumerable.Range(0, 12).Select(step => $"step {step}")];

        var pattern = Assert.Single(Measure(Enumerable.Repeat(routine, 100)));

        Assert.Equal(0.999999, pattern.ConfidenceScore);
    }

    [Fact]
    public void One_tool_alone_never_is_a_routine()
    {
        var random = new Random(5);

        var patterns = Measure(Enumerable.Range(0, 60).Select(_ => Enumerable.Repeat("Bash", random.Next(1, 80)).ToArray()));

        Assert.NotEmpty(patterns);
        Assert.All(patterns, pattern => Assert.Equal(0, pattern.ConfidenceScore));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(15)]
    [InlineData(40)]
    public void Short_sessions_that_are_nothing_but_the_routine_are_found_among_others(int count)
    {
        string[] routine = ["Plan", "Build", "Check", "Ship"];
        List<string[]> sessions = [.. Noise(new Random(6), 80), .. Enumerable.Repeat(routine, count)];

        var found = Measure(sessions).Where(pattern => pattern.ConfidenceScore >= 0.95).ToArray();

        Assert.Equal(routine, Assert.Single(found).Steps);
    }

    [Fact]
    public void Many_short_sessions_of_the_same_steps_in_random_order_hold_almost_no_discovery()
    {
        var random = new Random(7);
        var runsWithAny = 0;
        for (var run = 0; run < 40; run++)
        {
            // Kinds of work, each with tools of its own: only their order is left to chance.
            var kinds = Enumerable
                .Range(0, 4)
                .Select(kind => Enumerable.Range(0, random.Next(3, 9)).Select(step => $"{kind}-{step % 5}").ToArray());
            var sessions = kinds
                .ToArray()
                .SelectMany(kind => Enumerable.Range(0, 60).Select(_ => Shuffled(random, kind)))
                .Concat(Noise(random, 40))
                .ToArray();
            runsWithAny += Measure(sessions).Any(pattern => pattern.ConfidenceScore >= 0.95) ? 1 : 0;
        }

        Assert.True(runsWithAny <= 3, $"{runsWithAny} of 40 runs");
    }

    [Fact]
    public void Short_sessions_with_mixes_of_their_own_hold_almost_no_discovery()
    {
        var random = new Random(8);
        var runsWithAny = 0;
        for (var run = 0; run < 40; run++)
        {
            var sessions = Enumerable
                .Range(0, 200)
                .Select(_ =>
                {
                    var weights = s_tools.Select(_ => Math.Pow(random.NextDouble(), 4)).ToArray();
                    return Enumerable.Range(0, random.Next(2, 13)).Select(_ => Pick(random, weights)).ToArray();
                })
                .Concat(Noise(random, 20));
            runsWithAny += Measure(sessions).Any(pattern => pattern.ConfidenceScore >= 0.95) ? 1 : 0;
        }

        Assert.True(runsWithAny <= 3, $"{runsWithAny} of 40 runs");
    }

    [Fact]
    public void A_step_beside_a_short_routine_by_chance_seldom_rides_on_it()
    {
        string[] routine = ["Plan", "Build", "Check"];
        var random = new Random(9);
        int found = 0,
            riders = 0;
        for (var run = 0; run < 100; run++)
        {
            var sessions = Noise(random, 40);
            for (var i = 0; i < 30; i++)
                sessions.Add(random.Next(2) == 0 ? ["Ship", .. routine] : [.. routine, "Ship"]);
            var sure = Measure(sessions).Where(pattern => pattern.ConfidenceScore >= 0.95).ToArray();
            found += sure.Count(pattern => pattern.Steps.SequenceEqual(routine));
            riders += sure.Count(pattern => pattern.Steps.Contains("Ship"));
        }

        Assert.Equal(100, found);
        Assert.True(riders <= 0.05 * (found + riders), $"{riders} riders on {found} routines");
    }

    private static string[] Shuffled(Random random, string[] steps)
    {
        string[] shuffled = [.. steps];
        random.Shuffle(shuffled);
        return shuffled;
    }
}
