using PatternAnalysis.Metrics;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Worth;

/// <summary>Pairs of patterns that differ in one thing: which comes first, and which is part of which.</summary>
public class RoutineOrderTests
{
    private static readonly WorthOptions s_all = new() { MinimumConfidence = 0 };

    [Fact]
    public void What_is_worth_more_comes_first_and_of_equals_what_more_sessions_hold()
    {
        var calls = new RecordedCalls();
        for (var session = 0; session < 8; session++)
            Alone(calls, session, "make a", "make b")
                .AddAlone(session, session < 5 ? "make c" : "make e", session < 5 ? "make d" : "make f");

        Assert.Equal(
            ["Bash(make a)→Bash(make b)", "Bash(make c)→Bash(make d)", "Bash(make e)→Bash(make f)"],
            Appraisals.Of(calls, options: s_all).Take(3).Select(pattern => pattern.ToolSequence)
        );
    }

    [Fact]
    public void Patterns_that_run_the_same_programs_are_one_routine()
    {
        var calls = new RecordedCalls();
        for (var session = 0; session < 8; session++)
        {
            Alone(calls, session, "make lint", "make test").AddAlone(session, "make lint", "make test");
            Alone(calls, session, "make test", "make lint").AddAlone(session, "make docs", "make web");
        }

        var patterns = Appraisals.Of(calls, options: s_all);
        var whole = patterns.Single(pattern => pattern.ToolSequence == "Bash(make lint)→Bash(make test)");
        var turned = patterns.WorthOf("Bash(make test)→Bash(make lint)");

        Assert.Equal((1, null), (whole.Worth!.Rank, whole.Worth.PartOf));
        Assert.Equal((8.0, whole.PatternId), (turned.MarginalTurns, turned.PartOf));
        Assert.Null(patterns.WorthOf("Bash(make docs)→Bash(make web)").PartOf);
    }

    [Fact]
    public void A_fragment_is_part_of_the_pattern_that_took_the_most_of_it()
    {
        var calls = new RecordedCalls();
        for (var session = 0; session < 9; session++)
            Alone(calls, session, session < 3 ? ["make a", "make b", "make c", "make d"] : ["make b", "make c", "make e", "make f"]);

        var patterns = Appraisals.Of(calls, options: s_all);
        var most = patterns.Single(one => one.ToolSequence == "Bash(make b)→Bash(make c)→Bash(make e)→Bash(make f)");

        Assert.Equal(most.PatternId, patterns.WorthOf("Bash(make b)→Bash(make c)").PartOf);
        Assert.Equal(0, patterns.WorthOf("Bash(make b)→Bash(make c)").MarginalTurns);
    }

    [Fact]
    public void A_part_of_a_part_is_part_of_the_whole()
    {
        var calls = new RecordedCalls();
        for (var session = 0; session < 8; session++)
        {
            Alone(calls, session, "make a", "make b").AddAlone(session, "make a", "make b");
            Alone(calls, session, "make b", "make a");
            if (session < 4)
                Alone(calls, session, "make b", "make a", "make b");
        }

        var patterns = Appraisals.Of(calls, options: s_all);
        var ids = patterns.Where(pattern => pattern.Worth!.PartOf is null).Select(pattern => pattern.PatternId).ToHashSet();

        Assert.Contains(patterns, pattern => pattern.Worth!.PartOf is not null);
        Assert.All(patterns.Where(pattern => pattern.Worth!.PartOf is not null), part => Assert.Contains(part.Worth!.PartOf!, ids));
    }

    [Fact]
    public void A_command_that_saves_nothing_alone_is_part_of_the_routine_that_runs_it()
    {
        var calls = new RecordedCalls();
        for (var session = 0; session < 8; session++)
        {
            Alone(calls, session, "make lint", "make test").AddAlone(session, "make test");
            Alone(calls, session, "make docs").AddAlone(session, $"git commit -m 'Say {session} again'");
        }

        var patterns = Appraisals.Of(calls, options: s_all);
        var routine = patterns.Single(pattern => pattern.ToolSequence == "Bash(make lint)→Bash(make test)");

        Assert.Equal((WorthKind.Command, routine.PatternId), KindAndWhole(patterns, "Bash(make test)"));
        Assert.Equal((WorthKind.Command, null), KindAndWhole(patterns, "Bash(make docs)"));
        Assert.Equal((WorthKind.Message, null), KindAndWhole(patterns, "Bash(git commit -m <text>)"));
    }

    [Fact]
    public void What_is_surely_no_chance_is_no_part_of_what_may_be()
    {
        var calls = new RecordedCalls();
        for (var session = 0; session < 12; session++)
        {
            // Nothing stands at the start, where a hook could run it.
            foreach (var place in new[] { 1, 2, 3 })
                calls.Call($"s{session}", (session + place) % 2 == 0 ? "Read" : "Grep", "file_path", $"{session}{place}");
            for (var time = 0; time < 2; time++)
                Alone(calls, session, "make test");
            Alone(calls, session, session < 3 ? ["make lint", "make test"] : ["make docs"]);
        }

        var loose = Appraisals.Of(calls, options: s_all);
        var pair = loose.Single(pattern => pattern.ToolSequence == "Bash(make lint)→Bash(make test)");
        var single = loose.Single(pattern => pattern.ToolSequence == "Bash(make test)");
        var between = (pair.ConfidenceScore + single.ConfidenceScore) / 2;
        Assert.NotEqual(pair.ConfidenceScore, single.ConfidenceScore);

        var strict = Appraisals.Of(calls, options: new WorthOptions { MinimumConfidence = between });

        Assert.Equal(pair.PatternId, single.Worth!.PartOf);
        Assert.Equal(single.ConfidenceScore > between ? null : pair.PatternId, strict.WorthOf("Bash(make test)").PartOf);
    }

    [Fact]
    public void What_may_be_a_coincidence_comes_behind_whatever_it_is_worth()
    {
        var calls = new RecordedCalls();
        for (var session = 0; session < 8; session++)
        {
            // Two commands that come so often that they meet by chance, and two that meet always.
            foreach (var command in new[] { 'a', 'b', 'b', 'a', 'a', 'b', 'a', 'b', 'b', 'a' }.Skip(session % 3))
                calls.Bash($"s{session}", $"make {command}");
            Alone(calls, session, "make c", "make d");
        }

        var patterns = Appraisals.Of(calls);
        var sound = patterns.Select(pattern => pattern.ConfidenceScore >= 0.95 && pattern.Worth!.SavedTurns > 0).ToArray();
        var chance = patterns.Select(pattern => pattern.ConfidenceScore < 0.95 && pattern.Worth!.SavedTurns > 0).ToArray();

        Assert.Contains(true, chance);
        Assert.True(Array.LastIndexOf(sound, true) < Array.IndexOf(chance, true) || HasPart(patterns, sound));
        Assert.True(
            patterns.WorthOf("Bash(make c)→Bash(make d)").Rank
                < patterns.First(pattern => pattern.ConfidenceScore < 0.95 && pattern.Worth!.SavedTurns > 0).Worth!.Rank
        );
    }

    [Fact]
    public void What_destroys_comes_behind_what_does_not()
    {
        var calls = new RecordedCalls();
        for (var session = 0; session < 8; session++)
            Alone(calls, session, "git reset --hard", "make a", "make b", "make e").AddAlone(session, "make c", "make d");

        var patterns = Appraisals.Of(calls);

        Assert.True(patterns.WorthOf("Bash(make c)→Bash(make d)").Rank < patterns.First(HoldsReset).Worth!.Rank);
        Assert.True(patterns.First(HoldsReset).Worth!.SavedTurns > patterns.WorthOf("Bash(make c)→Bash(make d)").SavedTurns);
    }

    [Fact]
    public void Of_what_saves_nothing_commands_come_first_then_what_shows_then_loops_then_what_could_run_then_what_happens_most()
    {
        var calls = new RecordedCalls();
        for (var session = 0; session < 8; session++)
        {
            Alone(calls, session, "make docs")
                .AddAlone(session, "git status")
                .AddAlone(session, $"go test -run Test{session} ./a{session}/");
            calls
                .Call($"s{session}", "NotebookRead", "notebook_path", $"{session}")
                .Call($"s{session}", "ToolSearch", "query", $"{session}");
            Alone(calls, session, $"deploy --to host{session}");
            calls.Call($"s{session}", "Edit", "file_path", $"{session}.cs");
            calls.Bash($"s{session}", $"deploy --to host{session}x");
        }

        var ranks = Appraisals
            .Of(calls, options: s_all)
            .Where(pattern => pattern.Worth!.SavedTurns == 0)
            .Select(pattern => (pattern, Key: KeyOf(pattern)))
            .ToArray();

        Assert.True(ranks.Select(rank => rank.Key).Distinct().Count() > 3);
        Assert.Equal(ranks.Select(rank => rank.Key).Order(), ranks.Select(rank => rank.Key));
        Assert.All(
            ranks.GroupBy(rank => (rank.Key, rank.pattern.Length)),
            group => Assert.Equal(group.Select(rank => rank.pattern.Impact).OrderDescending(), group.Select(rank => rank.pattern.Impact))
        );
    }

    [Theory]
    [InlineData("make lint", true)]
    [InlineData("make docs", false)]
    public void A_command_an_edit_and_the_command_again_is_guidance(string second, bool isLoop)
    {
        var calls = new RecordedCalls();
        for (var session = 0; session < 8; session++)
        {
            // Each call is a part of one message, so that no turn can go.
            var name = $"s{session}";
            calls
                .Call(name, "Bash", "command", "make lint", message: name)
                .Call(name, "Edit", "file_path", $"{session}.cs")
                .Call(name, "Grep", "pattern", $"{session}")
                .Call(name, "Bash", "command", second);
        }

        var worth = Appraisals.Of(calls, options: s_all).WorthOf($"Bash(make lint)→Edit(.cs)→Grep→Bash({second})");

        Assert.Equal(isLoop ? WorthKind.Guidance : WorthKind.None, worth.Kind);
    }

    [Theory]
    [InlineData("deploy --to host{0}", "deploy --to host{0}", WorthKind.Guidance)]
    [InlineData("deploy --to host{0}", "upload --to host{0}", WorthKind.None)]
    public void Three_steps_are_enough_for_a_loop(string first, string second, WorthKind kind)
    {
        var calls = new RecordedCalls();
        for (var session = 0; session < 8; session++)
        {
            calls.Bash($"s{session}", first.Replace("{0}", $"{session}a", StringComparison.Ordinal));
            calls.Call($"s{session}", "Edit", "file_path", $"{session}.cs");
            calls.Bash($"s{session}", second.Replace("{0}", $"{session}b", StringComparison.Ordinal));
        }

        var pattern = Appraisals.Of(calls, options: s_all).Single(one => one.Length == 3);

        Assert.Equal((kind, 0.0), (pattern.Worth!.Kind, pattern.Worth.SavedTurns));
    }

    [Theory]
    [InlineData("Edit(.cs)→Bash(make a)→Grep→Bash(make c)→Bash(make d)", WorthKind.Hook)]
    [InlineData("Bash(make c)→Bash(make d)→Grep→Bash(git add <path>)→Bash(git commit -m <text>)", WorthKind.Message)]
    [InlineData("Bash(git commit -m <text>)→Bash(git commit -m <text>)", WorthKind.Message)]
    [InlineData("Bash(make c)→Bash(make d)→Grep→Bash(make a)→Bash(make b)", WorthKind.Script)]
    public void What_saves_at_least_half_of_it_says_what_a_routine_is(string routine, WorthKind kind)
    {
        var calls = new RecordedCalls();
        for (var session = 0; session < 8; session++)
        {
            var name = $"s{session}";
            foreach (var (place, step) in routine.Split('→').Index())
            {
                _ = step switch
                {
                    "Grep" => calls.Call(name, "Grep", "pattern", $"{session}"),
                    "Edit(.cs)" => calls.Call(name, "Edit", "file_path", $"{session}.cs"),
                    "Bash(git add <path>)" => calls.Bash(name, $"git add new/{session}.md"),
                    "Bash(git commit -m <text>)" => calls.Bash(name, $"git commit -m 'Say {session} and {place}'"),
                    _ => calls.Bash(name, step[5..^1]),
                };
            }
        }

        // Turns of a dollar, which add up exactly.
        Assert.Equal(kind, Appraisals.Of(calls, options: s_all with { AssumedTurnTokens = 200_000 }).WorthOf(routine).Kind);
    }

    [Fact]
    public void A_command_that_another_runs_among_others_is_part_of_that()
    {
        // The first of all patterns by their frequency leads the other.
        var calls = new RecordedCalls();
        for (var session = 0; session < 8; session++)
        {
            for (var time = 0; time < 3; time++)
            {
                calls.Call($"s{session}", (session + time) % 2 == 0 ? "Read" : "Grep", "file_path", $"{session}{time}");
                Alone(calls, session, "make lint && make test");
            }

            Alone(calls, session, "make lint");
        }

        var patterns = Appraisals.Of(calls);
        var both = patterns.Single(pattern => pattern.ToolSequence == "Bash(make lint && make test)");

        Assert.Equal(both, patterns.OrderBy(pattern => pattern, RepeatedPattern.ByFrequency).First());
        Assert.Equal((WorthKind.Command, null), KindAndWhole(patterns, "Bash(make lint && make test)"));
        Assert.Equal((WorthKind.Command, both.PatternId), KindAndWhole(patterns, "Bash(make lint)"));
        Assert.True(both.Worth!.Rank < patterns.WorthOf("Bash(make lint)").Rank);
    }

    private static int KeyOf(MeasuredPattern pattern) =>
        pattern.Worth!.PartOf is not null ? 9
        : pattern.Worth.Kind is WorthKind.Command ? (pattern.ToolSequence.Contains("git status", StringComparison.Ordinal) ? 2 : 1)
        : pattern.Worth.Kind is WorthKind.Message ? 1
        : pattern.Worth.Kind is WorthKind.Guidance ? 3
        : pattern.Steps.Any(step => step.StartsWith("Bash", StringComparison.Ordinal)) ? 4
        : 5;

    private static bool HasPart(IEnumerable<MeasuredPattern> patterns, bool[] isSound) =>
        patterns.Zip(isSound).Any(one => one.Second && one.First.Worth!.PartOf is not null);

    private static bool HoldsReset(MeasuredPattern pattern) =>
        pattern.Worth!.SavedTurns > 0 && pattern.ToolSequence.Contains("reset", StringComparison.Ordinal);

    private static (WorthKind Kind, string? PartOf) KindAndWhole(IReadOnlyList<MeasuredPattern> patterns, string name) =>
        (patterns.WorthOf(name).Kind, patterns.WorthOf(name).PartOf);

    private static RecordedCalls Alone(RecordedCalls calls, int session, params string[] commands) => calls.AddAlone(session, commands);
}

file static class AloneCalls
{
    private static readonly string[] s_others = ["WebFetch", "Grep", "Glob", "Task", "Skill", "WebSearch"];

    // Between steps that are others from time to time: what stands between is no part of a longer pattern.
    public static RecordedCalls AddAlone(this RecordedCalls calls, int session, params string[] commands)
    {
        var name = $"s{session}";
        calls.Call(name, s_others[(session + commands.Length) % 6], "pattern", $"{session}");
        calls.Call(name, s_others[(session * 5 + commands[0].Length) % 6], "pattern", $"{session}");
        foreach (var command in commands)
            calls.Bash(name, command);
        return calls.Call(name, s_others[(session / 2 + commands[0][^1]) % 6], "pattern", $"{session}");
    }
}
