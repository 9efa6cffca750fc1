using PatternAnalysis.Metrics;
using PatternAnalysis.Sequences;
using PatternAnalysis.Tests.Support;
using PatternAnalysis.Worth;

namespace PatternAnalysis.Tests.Worth;

public class LoopFinderTests
{
    private static readonly string[] s_sessions = ["s0", "s1", "s2", "s3"];

    private int _call;

    [Fact]
    public void A_check_that_fails_and_runs_again_after_an_edit_is_a_loop()
    {
        var loop = Assert.Single(
            Find(session =>
                [Failed(session, "make lint", "lint.c:12: unused variable"), Edit(session), Read(session), Passed(session, "make lint")]
            ).Loops
        );

        Assert.Equal((LoopKind.RedToGreen, "Bash(make lint)"), (loop.Kind, loop.Activity));
        Assert.Equal((4, 4, 1.0), (loop.Count, loop.SessionCount, loop.PassedShare));
        Assert.Equal(["lint.c:<number>: unused variable"], loop.Errors);
    }

    [Fact]
    public void A_failed_call_that_is_made_again_as_it_was_is_waste_and_one_in_other_words_a_strategy()
    {
        var loops = Find(session =>
            [
                Failed(session, "git push origin main"),
                Failed(session, "git push origin main"),
                Read(session),
                Passed(session, "git push origin topic"),
            ]
        ).Loops;

        Assert.Equal([LoopKind.SameRetry, LoopKind.ChangedRetry], loops.Select(loop => loop.Kind).Order());
        Assert.All(loops, loop => Assert.Equal(4, loop.Count));
        Assert.Equal(0, loops.Single(loop => loop.Kind == LoopKind.SameRetry).PassedShare);
        Assert.Equal(1, loops.Single(loop => loop.Kind == LoopKind.ChangedRetry).PassedShare);
    }

    [Fact]
    public void A_try_that_comes_three_steps_later_is_no_loop() =>
        Assert.Empty(
            Find(session => [Failed(session, "make lint"), Read(session), Read(session), Read(session), Passed(session, "make lint")]).Loops
        );

    [Fact]
    public void A_check_that_passed_and_runs_again_after_an_edit_is_no_loop() =>
        Assert.Empty(Find(session => [Passed(session, "make lint"), Edit(session), Passed(session, "make lint")]).Loops);

    [Fact]
    public void Where_nothing_says_how_calls_ended_a_check_that_runs_again_is_not_said_to_have_failed()
    {
        var calls = new RecordedCalls();
        foreach (var session in s_sessions)
            calls.Bash(session, "make lint").Call(session, "Edit", "file_path", "a.cs").Bash(session, "make lint");
        var guidance = new PatternAppraiser(new WorthOptions()).FindGuidance(Appraisals.Measured(Appraisals.Corpus(calls)));

        var loop = Assert.Single(guidance.Loops);
        Assert.Equal((LoopKind.Recheck, 4, null), (loop.Kind, loop.Count, loop.PassedShare));
        Assert.Equal((0.0, 0.0), (guidance.Turns, guidance.Tokens));
    }

    [Fact]
    public void A_call_that_was_refused_is_no_failure()
    {
        var guidance = Find(session => [Refused(session, "make lint"), Edit(session), Passed(session, "make lint")]);

        Assert.Empty(guidance.Loops);
        Assert.Empty(guidance.FailingSteps);
    }

    [Fact]
    public void Edits_that_fail_are_counted_with_the_try_that_follows()
    {
        var loop = Assert.Single(Find(session => [FailedEdit(session), Read(session), Edit(session), Passed(session, "make")]).Loops);

        Assert.Equal((LoopKind.FailedEdit, 4, 12.0), (loop.Kind, loop.Count, loop.Turns));
        Assert.Equal(["String to replace not found in file."], loop.Errors);
    }

    [Fact]
    public void An_edit_that_fails_again_and_again_counts_each_try_once()
    {
        var loop = Assert.Single(Find(session => [FailedEdit(session), FailedEdit(session), Edit(session), Passed(session, "make")]).Loops);

        Assert.Equal((LoopKind.FailedEdit, 8, 12.0), (loop.Kind, loop.Count, loop.Turns));
    }

    [Fact]
    public void Sequences_that_come_one_by_one_keep_what_their_errors_say()
    {
        var calls = new RecordedCalls();
        foreach (var session in s_sessions)
        {
            foreach (var step in new[] { Failed(session, "make lint", "unused variable"), Edit(session), Passed(session, "make lint") })
                step(calls);
        }

        var collector = new SequenceCollector();
        foreach (var sequence in Appraisals.Corpus(calls).Sequences())
            collector.Add(sequence);
        var guidance = new PatternAppraiser(new WorthOptions()).FindGuidance(Appraisals.Measured(collector.Build()));

        Assert.Equal(["unused variable"], Assert.Single(guidance.Loops).Errors);
    }

    [Fact]
    public void A_step_is_told_when_four_of_five_calls_fail_in_several_sessions()
    {
        var guidance = Find(session =>
            [
                Failed(session, "tool sync"),
                Edit(session),
                session == "s0" ? Passed(session, "tool sync") : Failed(session, "tool sync"),
                Failed(session, "tool sync"),
                session is "s1" or "s2" ? Passed(session, "make") : Failed(session, "make"),
            ]
        );

        var step = Assert.Single(guidance.FailingSteps);
        Assert.Equal(("Bash(tool sync)", 12, 11, 4), (step.Activity, step.CallCount, step.FailedCount, step.SessionCount));
        Assert.Equal(11, step.Turns);
    }

    [Fact]
    public void What_loops_and_failing_steps_took_together_counts_each_step_once()
    {
        var guidance = Find(session =>
            [Failed(session, "make"), Edit(session), Failed(session, "make"), Edit(session), Failed(session, "make")]
        );

        Assert.NotEmpty(guidance.Loops);
        Assert.NotEmpty(guidance.FailingSteps);
        Assert.Equal(20, guidance.Turns);
    }

    [Fact]
    public void What_took_the_longest_comes_first()
    {
        var loops = Find(session =>
            [
                Failed(session, "make lint"),
                Edit(session),
                Passed(session, "make lint"),
                Failed(session, "make test"),
                Edit(session),
                Edit(session),
                Edit(session),
                Passed(session, "make test"),
            ]
        ).Loops;

        Assert.Equal(["Bash(make test)", "Bash(make lint)"], loops.Select(loop => loop.Activity));
        Assert.True(loops[0].Duration > loops[1].Duration);
    }

    private static RunGuidance Find(Func<string, Action<RecordedCalls>[]> session)
    {
        var calls = new RecordedCalls();
        foreach (var name in s_sessions)
        {
            foreach (var step in session(name))
                step(calls);
        }

        return new PatternAppraiser(new WorthOptions()).FindGuidance(Appraisals.Measured(Appraisals.Corpus(calls)));
    }

    private Action<RecordedCalls> Failed(string session, string command, string error = "it went wrong") =>
        Ended(session, "Bash", "command", command, (calls, id) => calls.End(session, "Bash", id, failed: true, error));

    private Action<RecordedCalls> Passed(string session, string command) =>
        Ended(session, "Bash", "command", command, (calls, id) => calls.End(session, "Bash", id, failed: false));

    private Action<RecordedCalls> Refused(string session, string command) =>
        Ended(session, "Bash", "command", command, (calls, id) => calls.Refuse(session, "Bash", id));

    private Action<RecordedCalls> Edit(string session) =>
        Ended(session, "Edit", "file_path", "a.cs", (calls, id) => calls.End(session, "Edit", id, failed: false));

    private Action<RecordedCalls> FailedEdit(string session) =>
        Ended(
            session,
            "Edit",
            "file_path",
            "a.cs",
            (calls, id) => calls.End(session, "Edit", id, failed: true, "<tool_use_error>String to replace not found in file.\nString: x")
        );

    private Action<RecordedCalls> Read(string session) =>
        Ended(session, "Read", "file_path", "a.cs", (calls, id) => calls.End(session, "Read", id, failed: false));

    private Action<RecordedCalls> Ended(string session, string tool, string field, string value, Action<RecordedCalls, string> end)
    {
        var id = $"{session}-{_call++}";
        return calls => end(calls.Call(session, tool, field, value, call: id), id);
    }
}
