using CsCheck;
using PatternAnalysis.Activities;
using PatternAnalysis.Approvals;
using PatternAnalysis.Classification;
using PatternAnalysis.Events;
using PatternAnalysis.Metrics;
using PatternAnalysis.Sequences;
using PatternAnalysis.Tests.Support;
using PatternAnalysis.Worth;

namespace PatternAnalysis.Tests.Worth;

/// <summary>Which turns could go, by planted routines of every kind.</summary>
public class PatternAppraiserTests
{
    // 15,170 tokens at $5 for a million.
    private const double AssumedTurn = 0.07585;

    private static readonly string[] s_sessions = ["a", "b", "c", "d"];

    [Fact]
    public void Two_commands_that_stand_as_they_are_make_a_script_and_all_but_one_turn_could_go()
    {
        var worth = Appraisals
            .Of(Each((calls, session) => calls.Bash(session, "make lint").Bash(session, "make test")))
            .WorthOf("Bash(make lint)→Bash(make test)");

        Assert.Equal((WorthKind.Script, 4.0, 1.0, true), (worth.Kind, worth.SavedTurns, worth.HitShare, worth.IsAssumed));
        Assert.Equal(4 * AssumedTurn, worth.WorthUsd, 1e-9);
    }

    [Fact]
    public void What_runs_as_it_stands_straight_after_an_edit_is_a_hook_and_no_turn_is_left()
    {
        var worth = Appraisals
            .Of(
                Each(
                    (calls, session) =>
                        calls.Call(session, "Edit", "file_path", "a.cs").Bash(session, "make lint").Bash(session, "make test")
                )
            )
            .WorthOf("Edit(.cs)→Bash(make lint)→Bash(make test)");

        Assert.Equal((WorthKind.Hook, 8.0, 1.0), (worth.Kind, worth.SavedTurns, worth.HitShare));
    }

    [Fact]
    public void A_hook_costs_its_runs_at_the_edits_that_nobody_ran_it_after()
    {
        var calls = new RecordedCalls();
        foreach (var (number, session) in s_sessions.Index())
        {
            // Two runs of edits in each session; the command stands after one of them.
            if (number % 2 == 0)
                calls.Call(session, "Edit", "file_path", "b.cs").Call(session, "Read", "file_path", "c.md");
            calls
                .Call(session, "Edit", "file_path", "a.cs")
                .Call(session, "Bash", "command", "make lint", call: session)
                .End(session, "Bash", session, failed: false);
            if (number % 2 == 1)
                calls.Call(session, "Grep", "pattern", "x").Call(session, "Edit", "file_path", "b.cs");
        }

        var needless = Appraisals.Of(calls).WorthOf("Edit(.cs)→Bash(make lint)").NeedlessRuns;

        Assert.Equal(new NeedlessRuns(4, TimeSpan.FromSeconds(4)), needless);
    }

    [Fact]
    public void A_commit_whose_text_a_model_writes_is_a_message()
    {
        var worth = Appraisals
            .Of(Each((calls, session) => calls.Bash(session, $"git add {session}.cs").Bash(session, $"git commit -m 'Change {session}'")))
            .WorthOf("Bash(git add <path>)→Bash(git commit -m <text>)");

        Assert.Equal((WorthKind.Message, 4.0), (worth.Kind, worth.SavedTurns));
        Assert.Equal([StepClass.Parameter, StepClass.Message], worth.Steps.Select(step => step.Class));
        Assert.Equal("git add <path>", worth.Steps[0].Template);
        Assert.Equal(1, worth.Steps[1].Share);
    }

    [Fact]
    public void What_the_steps_before_named_a_script_can_fill_in()
    {
        var worth = Appraisals
            .Of(
                Each(
                    (calls, session) =>
                        calls
                            .Call(session, "Edit", "file_path", $"src/{session}.cs")
                            .Bash(session, $"fmt src/{session}.cs")
                            .Bash(session, $"check src")
                )
            )
            .WorthOf("Edit(.cs)→Bash(fmt <path>)→Bash(check src)");

        Assert.Equal([StepClass.Free, StepClass.Bound, StepClass.Constant], worth.Steps.Select(step => step.Class));
    }

    [Theory]
    [InlineData("git diff --stat", WorthKind.None)]
    [InlineData("git status && git log -1", WorthKind.None)]
    [InlineData("git diff --check", WorthKind.Hook)] // it is asked for its exit code
    [InlineData("make lint", WorthKind.Hook)]
    public void What_only_shows_something_no_hook_can_run_after_an_edit_because_nobody_would_read_it(string command, WorthKind kind)
    {
        var patterns = Appraisals.Of(Each((calls, session) => calls.Call(session, "Edit", "file_path", "a.cs").Bash(session, command)));

        Assert.Equal(kind, patterns.WorthOf($"Edit(.cs)→Bash({command})").Kind);
    }

    [Fact]
    public void What_a_result_named_is_bound_as_well()
    {
        var calls = Each(
            (calls, session) =>
                calls.Call(session, "Bash", "command", "make list", call: $"list-{session}").Bash(session, $"check out/{session}.txt")
        );
        var usage = new ToldUsage
        {
            Results =
            [
                .. s_sessions.Select(session => new CallResult(
                    session,
                    $"list-{session}",
                    DateTime.UtcNow,
                    [$"/tmp/{session}.txt", $"out/{session}.txt"]
                )),
            ],
        };

        Assert.Equal(StepClass.Bound, Appraisals.Of(calls, usage).WorthOf("Bash(make list)→Bash(check <path>)").Steps[1].Class);
        Assert.Equal(StepClass.Parameter, Appraisals.Of(calls).WorthOf("Bash(make list)→Bash(check <path>)").Steps[1].Class);
    }

    [Fact]
    public void Reading_and_editing_is_true_and_nothing_to_automate()
    {
        var worth = Appraisals
            .Of(
                Each(
                    (calls, session) =>
                        calls.Call(session, "Read", "file_path", $"{session}.cs").Call(session, "Edit", "file_path", $"{session}.cs")
                )
            )
            .WorthOf("Read(.cs)→Edit(.cs)");

        Assert.Equal((WorthKind.None, 0.0, 0.0), (worth.Kind, worth.WorthUsd, worth.SavedTurns));
    }

    [Fact]
    public void Where_the_events_do_not_say_what_the_tools_were_given_nothing_is_assessed()
    {
        var patterns = Appraisals.Of(Each((calls, session) => calls.Tool(session, "Deploy").Tool(session, "Verify")));

        Assert.Equal(WorthKind.NotAssessed, patterns.WorthOf("Deploy→Verify").Kind);
    }

    [Fact]
    public void Calls_of_one_message_are_one_turn_and_nothing_goes()
    {
        var worth = Appraisals
            .Of(
                Each(
                    (calls, session) =>
                        calls
                            .Call(session, "Bash", "command", "make lint", message: $"m{session}")
                            .Call(session, "Bash", "command", "make test", message: $"m{session}")
                )
            )
            .WorthOf("Bash(make lint)→Bash(make test)");

        Assert.Equal((0.0, WorthKind.None), (worth.SavedTurns, worth.Kind));
    }

    [Fact]
    public void What_runs_three_times_in_a_row_holds_a_pair_once_and_saves_one_turn_of_it()
    {
        var worth = Appraisals
            .Of(
                Each(
                    (calls, session) =>
                        calls
                            .Bash(session, "make lint")
                            .Bash(session, "make lint")
                            .Bash(session, "make lint")
                            .Call(session, "Grep", "pattern", session)
                            .Bash(session, "make lint")
                            .Bash(session, "make lint")
                )
            )
            .WorthOf("Bash(make lint)→Bash(make lint)");

        Assert.Equal(8, worth.SavedTurns);
    }

    [Fact]
    public void Bookkeeping_between_two_steps_is_as_if_it_were_not_there()
    {
        var patterns = Appraisals.Of(
            Each((calls, session) => calls.Bash(session, "make lint").Tool(session, "TodoWrite").Bash(session, "make test"))
        );

        Assert.Equal(4, patterns.WorthOf("Bash(make lint)→Bash(make test)").SavedTurns);
    }

    [Fact]
    public void A_turn_costs_what_its_message_used_by_the_price_of_its_model()
    {
        var calls = Each(
            (calls, session) =>
                calls
                    .Call(session, "Bash", "command", "make lint", message: "m1")
                    .Call(session, "Bash", "command", "make test", message: "m2")
        );
        var usage = new ToldUsage
        {
            Messages =
            [
                .. s_sessions.SelectMany(session => new[] { Used(session, "m1", output: 100), Used(session, "m2", output: 1_000) }),
            ],
        };

        var worth = Appraisals.Of(calls, usage).WorthOf("Bash(make lint)→Bash(make test)");

        // The dearer of the two is left for the call of the script: 1,000 tokens read and 100 written at $3 and $15 for a million.
        Assert.Equal(4 * (1_000 * 3 + 100 * 15) / 1e6, worth.SavedUsd, 1e-9);
        Assert.Equal(4 * 1_100, worth.MarginalTokens, 1e-6);
        Assert.False(worth.IsAssumed);
    }

    [Fact]
    public void Waiting_is_priced_only_when_asked_for()
    {
        var calls = Each((calls, session) => calls.Bash(session, "make lint").Bash(session, "make test"));
        const string routine = "Bash(make lint)→Bash(make test)";

        var free = Appraisals.Of(calls).WorthOf(routine);
        var priced = Appraisals.Of(calls, options: new WorthOptions { AttendedShare = 1, HourlyRate = 3600 }).WorthOf(routine);

        Assert.Equal(4 * AssumedTurn, free.SavedUsd, 1e-9);

        // The dearer turn is the one that was waited for, a second each time; it is left.
        Assert.Equal(4 * AssumedTurn, priced.SavedUsd, 1e-9);
    }

    [Fact]
    public void A_fragment_is_part_of_the_routine_that_holds_it_and_comes_behind_all_others()
    {
        var calls = Each((calls, session) => calls.Bash(session, "make fmt").Bash(session, "make lint").Bash(session, "make test"));
        foreach (var session in s_sessions[..2])
            calls.Call(session, "Read", "file_path", $"{session}.md").Bash(session, "make lint").Bash(session, "make test");

        var patterns = Appraisals.Of(calls, options: new WorthOptions { MinimumConfidence = 0 });
        var whole = patterns.Single(pattern => pattern.ToolSequence == "Bash(make fmt)→Bash(make lint)→Bash(make test)");

        Assert.Equal(1, whole.Worth!.Rank);
        Assert.Equal(whole.PatternId, patterns.WorthOf("Bash(make lint)→Bash(make test)").PartOf);
        Assert.Equal(Enumerable.Range(1, patterns.Count), patterns.Select(pattern => pattern.Worth!.Rank));
        Assert.Equal(
            patterns.Select(pattern => pattern.Worth!.PartOf is not null).Order(),
            patterns.Select(pattern => pattern.Worth!.PartOf is not null)
        );
    }

    [Fact]
    public void At_most_so_many_are_shown_and_those_are_the_first_of_the_whole_order()
    {
        var corpus = Appraisals.Corpus(Mixed());
        var all = Appraisals.Of(corpus);

        var first = Appraisals.Of(corpus, new WorthOptions { Top = 2 });

        Assert.True(all.Count > 2);
        Assert.Equal(Rows(all).Take(2), Rows(first));
        Assert.Equal(all.Count - 2, LeftOut(first));
        Assert.DoesNotContain(LeftOutPatterns.NotAmongTop, CompletedRun.Of(DateTimeOffset.UnixEpoch, Classified(all)).LeftOut.Keys);
    }

    [Fact]
    public void A_report_of_patterns_prices_loops_and_classes_as_they_were_priced()
    {
        var corpus = Appraisals.Corpus(Mixed());
        var dear = new WorthOptions { AssumedTurnTokens = 10 * new WorthOptions().AssumedTurnTokens };

        var usual = AnalysisSummary.Of(Classified(Appraisals.Of(corpus)));
        var summary = AnalysisSummary.Of(Classified(Appraisals.Of(corpus, dear)));

        Assert.Equal(usual.SpentByClass.Sum(spent => spent.Usd) * 10, summary.SpentByClass.Sum(spent => spent.Usd), 1e-9);
        Assert.Equal(usual.CouldGo.Usd * 10, summary.CouldGo.Usd, 1e-9);
    }

    [Fact]
    public void A_command_that_nearly_always_fails_is_told_and_not_sold()
    {
        var calls = new RecordedCalls();
        foreach (var session in s_sessions)
            calls
                .Call(session, "Bash", "command", "make broken", call: session)
                .End(session, "Bash", session, failed: true)
                .Bash(session, "make other");

        var worth = Appraisals.Of(calls).Where(pattern => pattern.ToolSequence == "Bash(make broken)").Select(pattern => pattern.Worth!);

        Assert.All(worth, one => Assert.Equal((WorthKind.Guidance, 1.0, 0.0), (one.Kind, one.FailureShare, one.WorthUsd)));
    }

    [Fact]
    public void The_order_is_the_same_for_sequences_that_come_down_a_pipeline()
    {
        var corpus = Appraisals.Corpus(Mixed());
        var collector = new SequenceCollector();
        foreach (var sequence in corpus.Sequences())
            collector.Add(sequence);

        Assert.Equal(Rows(Appraisals.Of(corpus)), Rows(Appraisals.Of(collector.Build())));
    }

    [Fact]
    public void The_order_does_not_depend_on_the_order_in_which_patterns_arrive()
    {
        var measured = Appraisals.Measured(Appraisals.Corpus(Mixed()));

        Assert.Equal(
            Rows(new PatternAppraiser(new WorthOptions()).Appraise(measured)),
            Rows(new PatternAppraiser(new WorthOptions()).Appraise([.. measured.Reverse()]))
        );
    }

    [Fact]
    public void No_turn_is_saved_twice_whatever_the_sessions()
    {
        string[] commands = ["make a", "make b", "make c", "git commit -m 'x'", "python -c 'y'"];
        Gen.Int[0, 6]
            .Array[1, 20]
            .Array[3, 8]
            .Sample(
                sessions =>
                {
                    var calls = new RecordedCalls();
                    foreach (var (number, steps) in sessions.Index())
                    {
                        foreach (var step in steps)
                        {
                            if (step < commands.Length)
                                calls.Bash($"s{number}", commands[step]);
                            else
                                calls.Call($"s{number}", step == 5 ? "Edit" : "Read", "file_path", "a.cs");
                        }
                    }

                    var patterns = Appraisals.Of(calls);

                    Assert.True(patterns.Sum(pattern => pattern.Worth!.MarginalTurns) <= sessions.Sum(steps => steps.Length) + 1e-9);
                    Assert.All(patterns, pattern => Assert.InRange(pattern.Worth!.HitShare, 0, 1));
                    Assert.All(patterns, pattern => Assert.InRange(pattern.Worth!.MarginalUsd, 0, pattern.Worth.SavedUsd + 1e-9));
                },
                iter: 200
            );
    }

    [Fact]
    public void Loops_are_counted_by_their_check()
    {
        var calls = new RecordedCalls();
        foreach (var session in s_sessions)
        {
            calls
                .Call(session, "Bash", "command", "make lint", call: $"{session}1")
                .End(session, "Bash", $"{session}1", failed: true)
                .Call(session, "Edit", "file_path", "a.cs")
                .Call(session, "Read", "file_path", "a.cs")
                .Call(session, "Bash", "command", "make lint", call: $"{session}2")
                .End(session, "Bash", $"{session}2", failed: false);
        }

        var guidance = new PatternAppraiser(new WorthOptions()).FindGuidance(Appraisals.Measured(Appraisals.Corpus(calls)));
        var loop = Assert.Single(guidance.Loops);

        Assert.Equal(("Bash(make lint)", 4, 4, 1.0), (loop.Activity, loop.Count, loop.SessionCount, loop.PassedShare));
        Assert.Equal(12, loop.Turns);
    }

    private static ClassifiedPattern[] Classified(IEnumerable<MeasuredPattern> patterns) =>
        [.. patterns.Select(new PatternClassifier(new ClassificationPolicy()).Classify)];

    private static int LeftOut(IEnumerable<MeasuredPattern> patterns) =>
        CompletedRun.Of(DateTimeOffset.UnixEpoch, Classified(patterns)).LeftOut[LeftOutPatterns.NotAmongTop];

    private static RecordedCalls Mixed()
    {
        var random = new Random(1);
        string[] commands = ["make a", "make b", "make c", "git add x.cs", "git commit -m 'x'"];
        var calls = new RecordedCalls();
        for (var session = 0; session < 12; session++)
        {
            for (var step = 0; step < 25; step++)
            {
                if (random.Next(3) == 0)
                    calls.Call($"s{session}", "Edit", "file_path", $"{random.Next(5)}.cs");
                else
                    calls.Bash($"s{session}", commands[random.Next(commands.Length)]);
            }
        }

        return calls;
    }

    private static IEnumerable<object?> Rows(IReadOnlyList<MeasuredPattern> patterns) =>
        patterns.Select(pattern =>
            (object?)
                (
                    pattern.ToolSequence,
                    pattern.Worth!.Rank,
                    pattern.Worth.PartOf,
                    pattern.Worth.Kind,
                    pattern.Worth.SavedTurns,
                    pattern.Worth.WorthUsd,
                    pattern.Worth.MarginalUsd
                )
        );

    private static RecordedCalls Each(Action<RecordedCalls, string> add)
    {
        var calls = new RecordedCalls();
        foreach (var session in s_sessions)
            add(calls, session);
        return calls;
    }

    private static MessageUsage Used(string session, string message, long output) =>
        new()
        {
            SessionId = session,
            MessageId = message,
            Timestamp = DateTime.UtcNow,
            Model = "claude-sonnet-4-5",
            InputTokens = 1_000,
            OutputTokens = output,
            CallCount = 1,
        };
}
