using PatternAnalysis.Metrics;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Worth;

/// <summary>How often single steps stand where a hook could run them, as counted by hand.</summary>
public class HookConditionTests
{
    [Fact]
    public void What_stands_after_an_edit_is_counted_beside_what_chance_would_put_there()
    {
        // In each session one call of lint among seven steps; two of these places are behind an edit.
        var worth = Single(session => ["r", session < 6 ? "e" : "l", session < 6 ? "l" : "e", "r", "r", "e", "r"], "Bash(make lint)");
        var after = worth.Conditions.Single(count => count.Condition == HookCondition.AfterEdit);

        Assert.Equal((6, 16), (after.Count, after.Occasions));
        Assert.Equal(8 * 1 * 2 / 7.0, after.ExpectedCount, 1e-9);
        Assert.Equal("AfterEdit: 6 of 16", after.ToString());
    }

    [Fact]
    public void Several_calls_of_a_session_are_each_counted()
    {
        var worth = Single(_ => ["r", "r", "e", "l", "r", "l", "e", "l"], "Bash(make lint)");
        var after = worth.Conditions.Single(count => count.Condition == HookCondition.AfterEdit);

        Assert.Equal((16, 16), (after.Count, after.Occasions));

        // Three calls among eight steps, with two places.
        Assert.Equal(8 * 3 * 2 / 8.0, after.ExpectedCount, 1e-9);
    }

    [Fact]
    public void The_start_of_a_session_is_its_first_three_steps_and_one_occasion()
    {
        var worth = Single(session => session < 6 ? ["r", "r", "l", "r", "r", "r"] : ["r", "r", "r", "l", "r", "r"], "Bash(make lint)");
        var start = Assert.Single(worth.Conditions);

        Assert.Equal((HookCondition.AtStart, 6, 8), (start.Condition, start.Count, start.Occasions));
        Assert.Equal(8 * 3 / 6.0, start.ExpectedCount, 1e-9);
    }

    [Fact]
    public void Each_commit_is_an_occasion_and_a_place_before_it()
    {
        var worth = Single(_ => ["r", "r", "r", "l", "c", "r", "r", "c", "l", "r"], "Bash(make lint)");
        var before = Assert.Single(worth.Conditions);

        Assert.Equal((HookCondition.BeforeCommit, 8, 16), (before.Condition, before.Count, before.Occasions));
        Assert.Equal(8 * 2 * 2 / 10.0, before.ExpectedCount, 1e-9);
    }

    [Fact]
    public void No_more_calls_are_expected_than_there_are()
    {
        // A session of one step has three places at its start.
        var worth = Single(session => session < 4 ? ["l"] : ["l", "r"], "Bash(make lint)");
        var start = worth.Conditions.Single(count => count.Condition == HookCondition.AtStart);

        Assert.Equal((8, 8, 8.0), (start.Count, start.Occasions, start.ExpectedCount));
        Assert.Equal(1, start.PValue, 1e-9);
    }

    [Fact]
    public void What_only_shows_something_can_help_at_the_start_alone()
    {
        var worth = Single(_ => ["s", "r", "r", "e", "s", "r", "s", "c"], "Bash(git status)");

        Assert.Equal([HookCondition.AtStart], worth.Conditions.Select(count => count.Condition));
    }

    [Fact]
    public void Of_what_takes_the_edited_file_only_edits_are_told()
    {
        var worth = Single(_ => ["r", "e", "w", "r", "r", "r", "e", "w", "r"], "Bash(fmt --write <path>)");

        Assert.Equal([(HookCondition.AfterEdit, 16, 16)], worth.Conditions.Select(one => (one.Condition, one.Count, one.Occasions)));
    }

    [Fact]
    public void What_always_stands_there_is_no_chance_and_what_stands_there_as_often_as_elsewhere_may_be()
    {
        var always = Single(_ => ["r", "r", "r", "r", "r", "e", "l", "r", "r", "r", "r", "r"], "Bash(make lint)").Conditions.Single();
        var chance = Single(
            session =>
                [
                    .. Enumerable
                        .Range(0, 12)
                        .Select(at =>
                            at == 5 ? "e"
                            : at == 6 - 12 * (session % 2) + session ? "l"
                            : "r"
                        ),
                    "l",
                ],
            "Bash(make lint)"
        );

        Assert.InRange(always.PValue, 0, 1e-5);
        Assert.InRange(always.QValue, always.PValue, 1e-5);
        Assert.All(chance.Conditions, count => Assert.InRange(count.PValue, 0.01, 1));
    }

    [Fact]
    public void One_session_with_all_of_it_says_less_than_many_with_one_each()
    {
        string[] rest = ["r", "r", "r", "r", "r", "r"];
        string[] behind = ["e", "l", "r"];
        var spread = Single(_ => [.. rest, .. behind, "l", .. rest], "Bash(make lint)");
        var heaped = Single(
            session =>
                session == 0 ? [.. rest, .. Enumerable.Repeat(behind, 8).SelectMany(one => one)] : [.. rest, "r", "e", "r", "l", .. rest],
            "Bash(make lint)"
        );
        var (many, one) = (After(spread), After(heaped));

        Assert.Equal((8, 8), (many.Count, one.Count));
        Assert.True(many.PValue < one.PValue);
    }

    // Calls that are put at random among the steps of a session stand among its first three as a hypergeometric variable: of mean n K / N
    // and of variance n K / N (1 - K / N) (N - n) / (N - 1).
    [Theory]
    [InlineData("lrrrrr rlrrrr rrlrrr lrrrrr rlrrrr rrlrrr lrrrrr rlrrrr")]
    [InlineData("lrrrrl rlrrrrr lllrrrrr rrlrrlrr lrrrrrrrr rrrrllr llrrrrrl rlrrrr")]
    [InlineData("lllrrrrr lllrrrrr rrrrrrlll rrrrrlll rrrlllrr rrrlll lllrrrrrr lrrrrr")]
    public void How_likely_chance_alone_is_follows_from_the_mean_and_the_spread_of_each_session(string sessions)
    {
        var steps = sessions.Split(' ');
        var (occurrences, expected, variance, means) = (0, 0.0, 0.0, new List<(int Count, double Mean)>());
        foreach (var session in steps)
        {
            var (length, calls, count) = (session.Length, session.Count(step => step == 'l'), session[..3].Count(step => step == 'l'));
            var mean = calls * 3.0 / length;
            variance += mean * (1 - 3.0 / length) * (length - calls) / (length - 1);
            (occurrences, expected) = (occurrences + count, expected + mean);
            means.Add((count, mean));
        }

        var distance = means.Sum(one => Math.Pow(one.Count - occurrences * one.Mean / expected, 2));
        var dispersion = Math.Max(variance / expected, distance / occurrences);
        var logP =
            IncompleteGamma.LogLower(occurrences / dispersion, expected / dispersion)
            - IncompleteGamma.LogLower(2 / dispersion, expected / dispersion);

        var start = Single(session => [.. steps[session].Select(step => $"{step}")], "Bash(make lint)")
            .Conditions.Single(count => count.Condition == HookCondition.AtStart);

        Assert.Equal((occurrences, 8), (start.Count, start.Occasions));
        Assert.Equal(expected, start.ExpectedCount, 1e-9);
        Assert.Equal(Math.Exp(Math.Min(0, logP)), start.PValue, 1e-9);
    }

    [Fact]
    public void What_nothing_shows_of_is_not_told() =>
        Assert.Empty(Single(_ => ["r", "r", "r", "l", "r", "e"], "Bash(make lint)").Conditions);

    private static ConditionCount After(PatternWorth worth) => worth.Conditions.Single(count => count.Condition == HookCondition.AfterEdit);

    private static PatternWorth Single(Func<int, string[]> steps, string name) =>
        Appraisals.Of(Sessions(steps), options: new WorthOptions { MinimumConfidence = 0 }).WorthOf(name);

    // What is between is never the same twice, so that no longer pattern says it all.
    private static RecordedCalls Sessions(Func<int, string[]> steps)
    {
        string[] others = ["WebFetch", "Grep", "Glob", "Task", "Skill", "WebSearch", "Read"];
        var (calls, random) = (new RecordedCalls(), new Random(5));
        for (var session = 0; session < 8; session++)
        {
            foreach (var (place, step) in steps(session).Index())
            {
                var id = $"s{session}";
                _ = step switch
                {
                    "l" => calls.Bash(id, "make lint"),
                    "s" => calls.Bash(id, "git status"),
                    "c" => calls.Bash(id, $"git commit -m 'Say {session} and {place}'"),
                    "w" => calls.Bash(id, $"fmt --write f{session}-{place - 1}.{(session % 2 == 0 ? "cs" : "md")}"),
                    "e" => calls.Call(id, "Edit", "file_path", $"f{session}-{place}.{(session % 2 == 0 ? "cs" : "md")}"),
                    _ => calls.Call(id, others[random.Next(others.Length)], "pattern", $"{session}-{place}"),
                };
            }
        }

        return calls;
    }
}
