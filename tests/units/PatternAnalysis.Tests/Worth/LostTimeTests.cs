using PatternAnalysis.Events;
using PatternAnalysis.Metrics;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Worth;

/// <summary>What loops and failures took, added up by hand. Events are a second apart; every call ends a second behind its start.</summary>
public class LostTimeTests
{
    private static readonly string[] s_sessions = ["s0", "s1", "s2"];

    [Fact]
    public void A_loop_lasts_from_the_start_of_the_failed_call_to_that_of_the_next_try()
    {
        // lint 0-1, edit 2-3, read 4-5, lint 6-7: six seconds and three turns, those after the failure.
        var loop = Assert.Single(Find("lint! edit read lint").Loops);

        Assert.Equal((LoopKind.RedToGreen, 3, 3, 9.0), (loop.Kind, loop.Count, loop.SessionCount, loop.Turns));
        Assert.Equal(TimeSpan.FromSeconds(3 * 6), loop.Duration);
        Assert.Equal(9 * 1_000, loop.Tokens, 1e-6);
        Assert.Equal(9 * 1_000 * 3 / 1e6, loop.CostUsd, 1e-9);
        Assert.Equal("RedToGreen: Bash(make lint), 3 times in 3 sessions", loop.ToString());
    }

    [Fact]
    public void A_failed_edit_lasts_from_the_end_of_the_step_before_and_counts_its_own_turn()
    {
        // The edit waits for a second behind the read, ends a second later, and the next one starts another second later.
        var loop = Assert.Single(Find("read edit! edit").Loops);

        Assert.Equal((LoopKind.FailedEdit, 3, 6.0), (loop.Kind, loop.Count, loop.Turns));
        Assert.Equal(TimeSpan.FromSeconds(3 * 4), loop.Duration);
        Assert.Equal((1.0, "Edit(.cs)"), (loop.PassedShare, loop.Activity));
    }

    [Fact]
    public void A_failed_edit_that_nothing_follows_took_its_own_turn()
    {
        var loop = Assert.Single(Find("read edit! read").Loops);

        Assert.Equal((LoopKind.FailedEdit, 3, 3.0, (double?)null), (loop.Kind, loop.Count, loop.Turns, loop.PassedShare));
    }

    [Theory]
    [InlineData("edit! read read edit", 4)]
    [InlineData("edit! read read read edit", 1)]
    [InlineData("edit! other edit", 3)]
    [InlineData("edit! other", 1)]
    public void The_next_edit_of_the_same_file_comes_within_two_other_steps(string steps, double turns) =>
        Assert.Equal(3 * turns, Assert.Single(Find(steps).Loops).Turns);

    [Theory]
    [InlineData("lint! read read lint", "SameRetry")]
    [InlineData("lint! read read read lint", "")]
    [InlineData("lint! edit read read lint", "RedToGreen")]
    [InlineData("lint! edit read read read lint", "")]
    [InlineData("lint! read read edit read read lint", "RedToGreen")]
    [InlineData("lint! edit read read edit read read lint", "RedToGreen")]
    [InlineData("lint! edit test", "")]
    [InlineData("lint! edit", "")]
    [InlineData("lint! lint", "SameRetry")]
    [InlineData("lint! verbose", "ChangedRetry")]
    [InlineData("lint! edit verbose", "")]
    [InlineData("lint! test", "")]
    [InlineData("lint! push", "")]
    [InlineData("once! edit once", "")]
    [InlineData("tool! tool", "")]
    [InlineData("lint edit lint", "")]
    [InlineData("lint lint", "")]
    public void A_loop_is_a_failure_and_a_try_with_at_most_two_other_steps_on_each_side_of_the_edits(string steps, string kinds) =>
        Assert.Equal(kinds, string.Join(' ', Find(steps).Loops.Select(loop => loop.Kind)));

    [Theory]
    [InlineData("lint! edit lint! edit lint", 6, 0.5)]
    [InlineData("lint! edit lint!", 3, 0.0)]
    [InlineData("lint! edit lint? read", 3, null)]
    [InlineData("lint! edit lint! edit lint?", 6, 0.0)]
    public void How_many_passed_is_told_of_those_whose_end_is_known(string steps, int count, double? passed)
    {
        var loop = Assert.Single(Find(steps).Loops);

        Assert.Equal((count, passed), (loop.Count, loop.PassedShare));
    }

    [Fact]
    public void The_three_most_frequent_errors_are_told_and_of_equals_the_first_by_their_text()
    {
        string[] errors = ["delta", "alpha", "beta", "beta", "alpha", "gamma", "delta", "beta", "epsilon"];
        var calls = new RecordedCalls();
        foreach (var (number, error) in errors.Index())
        {
            calls.Call($"s{number}", "Bash", "command", "make lint", call: $"a{number}");
            calls.End($"s{number}", "Bash", $"a{number}", failed: true, $"{error} went wrong");
            calls.Call($"s{number}", "Edit", "file_path", "a.cs");
            calls.Call($"s{number}", "Bash", "command", "make lint");
        }

        var loop = Assert.Single(Guidance(calls, new ToldUsage()).Loops);

        Assert.Equal(["beta went wrong", "alpha went wrong", "delta went wrong"], loop.Errors);
        Assert.Equal((9, 9, null), (loop.Count, loop.SessionCount, loop.PassedShare));
    }

    [Fact]
    public void A_step_that_nearly_always_fails_took_its_waits_and_its_runs()
    {
        // In each session: read 0-1, push 2-3: waited for a second and run for one.
        var guidance = Find("read push! read read read");
        var step = Assert.Single(guidance.FailingSteps);

        Assert.Empty(guidance.Loops);
        Assert.Equal(("Bash(git push)", 3, 3, 3, 3.0), (step.Activity, step.CallCount, step.FailedCount, step.SessionCount, step.Turns));
        Assert.Equal(TimeSpan.FromSeconds(3 * 2), step.Duration);
        Assert.Equal(3_000, step.Tokens, 1e-6);
        Assert.Equal(0.009, step.CostUsd, 1e-9);
        Assert.Equal(["it went wrong"], step.Errors);
        Assert.Equal("Bash(git push): 3 of 3 calls failed", step.ToString());
        Assert.Equal((3.0, 3_000.0, TimeSpan.FromSeconds(6)), (guidance.Turns, guidance.Tokens, guidance.Duration));
        Assert.Equal("0 loops, 1 failing steps, 3 turns", guidance.ToString());
    }

    [Theory]
    [InlineData(4, 1, true)]
    [InlineData(7, 2, false)]
    [InlineData(3, 0, true)]
    public void Nearly_always_is_four_times_of_five(int failed, int passed, bool isTold)
    {
        string[] steps = [.. Enumerable.Repeat("push! read read read", failed), .. Enumerable.Repeat("push read read read", passed)];

        Assert.Equal(isTold, Find(string.Join(' ', steps)).FailingSteps.Length == 1);
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    public void A_step_that_fails_in_fewer_sessions_than_recur_is_not_told(int sessions, int told)
    {
        var calls = new RecordedCalls();
        for (var session = 0; session < 4; session++)
        {
            calls.Call($"s{session}", "Read", "file_path", $"{session}.md").Bash($"s{session}", "make a");
            if (session < sessions)
                calls.Call($"s{session}", "Bash", "command", "git push", call: $"{session}").End($"s{session}", "Bash", $"{session}", true);
        }

        var guidance = Guidance(calls, new ToldUsage());

        Assert.Equal(told, guidance.FailingSteps.Length);
        Assert.Equal(told * 3.0, guidance.Turns);
    }

    [Fact]
    public void What_fails_and_is_part_of_a_loop_too_counts_once_in_the_whole()
    {
        // 0-1 lint fails, 2-3 edit, 4-5 lint fails, 6-7 edit, 8-9 lint fails. The loops go from 0 to 8, five turns with the first failure;
        // that one only ran: its second lies in the loop already.
        var guidance = Find("lint! edit lint! edit lint!");

        Assert.Equal((3 * 5.0, TimeSpan.FromSeconds(3 * 8)), (guidance.Turns, guidance.Duration));
        Assert.Equal(6, Assert.Single(guidance.Loops).Count);
        Assert.Equal(9, Assert.Single(guidance.FailingSteps).FailedCount);
    }

    [Fact]
    public void Loops_and_failing_steps_that_took_as_long_stand_by_tokens_then_count_then_name()
    {
        var calls = new RecordedCalls();
        var messages = new List<MessageUsage>();
        foreach (var session in s_sessions)
        {
            calls.Call(session, "Read", "file_path", $"{session}.md");
            foreach (var (command, tokens) in new[] { ("make c", 10), ("make b", 10), ("make a", 10), ("make d", 20) })
                AddLoop(calls, messages, session, command, tokens);
        }

        var guidance = Guidance(calls, new ToldUsage { Messages = messages });

        string[] expected = ["Bash(make d)", "Bash(make a)", "Bash(make b)", "Bash(make c)"];
        Assert.Single(guidance.Loops.Select(loop => loop.Duration).Distinct());
        Assert.Equal(expected, guidance.Loops.Select(loop => loop.Activity));
        Assert.Single(guidance.FailingSteps.Select(step => step.Duration).Distinct());
        Assert.Equal(expected, guidance.FailingSteps.Select(step => step.Activity));
    }

    private static void AddLoop(RecordedCalls calls, List<MessageUsage> messages, string session, string command, int tokens)
    {
        foreach (var (kind, given) in new[] { ("Bash", command), ("Edit", "a.cs"), ("Bash", command) })
        {
            var id = $"{session}-{messages.Count}";
            messages.Add(Message(session, id, tokens));
            calls
                .Call(session, kind, kind == "Edit" ? "file_path" : "command", given, message: id, call: id)
                .End(session, kind, id, failed: kind == "Bash");
        }

        foreach (var place in Enumerable.Range(0, 3))
            calls.Call(session, "Read", "file_path", $"{session}{command}{place}");
    }

    private static MessageUsage Message(string session, string id, long tokens) =>
        new()
        {
            SessionId = session,
            MessageId = id,
            Timestamp = new DateTime(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc),
            Model = "claude-sonnet-4-5",
            InputTokens = tokens,
        };

    private static RunGuidance Find(string steps)
    {
        var (calls, messages) = (new RecordedCalls(), new List<MessageUsage>());
        foreach (var session in s_sessions)
        {
            foreach (var step in steps.Split(' '))
            {
                var id = $"{session}-{messages.Count}";
                messages.Add(Message(session, id, 1_000));
                var (tool, field, given) = step.TrimEnd('!', '?') switch
                {
                    "edit" => ("Edit", "file_path", "a.cs"),
                    "other" => ("Edit", "file_path", "b.cs"),
                    "read" => ("Read", "file_path", $"{id}.md"),
                    "verbose" => ("Bash", "command", "make lint --verbose"),
                    "push" => ("Bash", "command", "git push"),
                    "once" => ("Bash", "command", $"python -c 'print({messages.Count})'"),
                    "tool" => ("Deploy", "", ""),
                    var name => ("Bash", "command", $"make {name}"),
                };
                _ = field.Length == 0 ? calls.Tool(session, tool) : calls.Call(session, tool, field, given, message: id, call: id);
                if (!step.EndsWith('?'))
                    calls.End(session, tool, id, failed: step.EndsWith('!'), "it went wrong");
            }
        }

        return Guidance(calls, new ToldUsage { Messages = messages });
    }

    private static RunGuidance Guidance(RecordedCalls calls, ToldUsage usage)
    {
        // What the patterns are does not matter, so that any stands for the run.
        var measured = Appraisals.Measured(Appraisals.Corpus(calls, usage));
        return new PatternAnalysis.Worth.PatternAppraiser(new WorthOptions()).FindGuidance(measured);
    }
}
