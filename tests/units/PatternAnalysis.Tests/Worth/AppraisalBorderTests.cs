using PatternAnalysis.Events;
using PatternAnalysis.Metrics;
using PatternAnalysis.Sequences;
using PatternAnalysis.Tests.Support;
using PatternAnalysis.Worth;

namespace PatternAnalysis.Tests.Worth;

/// <summary>What an appraisal refuses, leaves out, and says of what it does not know.</summary>
public class AppraisalBorderTests
{
    private const string Routine = "Bash(make lint)→Bash(make test)";

    [Fact]
    public void Nothing_given_is_refused_and_no_pattern_gives_none()
    {
        var appraiser = new PatternAppraiser(new WorthOptions());

        Assert.Throws<ArgumentNullException>(() => new PatternAppraiser(null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PatternAppraiser(new WorthOptions { PartShare = 2 }));
        Assert.Throws<ArgumentNullException>("patterns", () => appraiser.Appraise(null!));
        Assert.Throws<ArgumentNullException>("patterns", () => appraiser.FindGuidance((IReadOnlyList<MeasuredPattern>)null!));
        Assert.Empty(appraiser.Appraise([]));
        Assert.Same(RunGuidance.None, appraiser.FindGuidance([]));
        Assert.Same(RunGuidance.None, appraiser.FindGuidance(Appraisals.Measured(Corpus.Of("A B", "A B", "A B", "A B"))));
    }

    [Fact]
    public void Patterns_of_two_runs_are_not_compared()
    {
        var error = Assert.Throws<PatternAnalysisException>(() =>
            new PatternAppraiser(new WorthOptions()).Appraise([.. Appraisals.Measured(Plain()), .. Appraisals.Measured(Plain())])
        );

        Assert.Equal("MixedRuns", error.ErrorId);
        Assert.Contains("Find-RepeatedPattern", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_appraiser_can_be_asked_about_one_run_after_the_other()
    {
        var appraiser = new PatternAppraiser(new WorthOptions());
        var (first, second) = (Appraisals.Measured(Plain(4)), Appraisals.Measured(Plain(6)));

        Assert.Equal(4, appraiser.Appraise(first).WorthOf(Routine).SavedTurns);
        Assert.Equal(6, appraiser.Appraise(second).WorthOf(Routine).SavedTurns);
        Assert.Equal(4, appraiser.Appraise(first).WorthOf(Routine).SavedTurns);
    }

    [Fact]
    public void A_cancelled_appraisal_ends() =>
        Assert.Throws<OperationCanceledException>(() =>
            new PatternAppraiser(new WorthOptions()).Appraise(Appraisals.Measured(Plain()), new CancellationToken(true))
        );

    [Theory]
    [InlineData(0, 3, 0)]
    [InlineData(1, 1, 2)]
    [InlineData(3, 3, 0)]
    [InlineData(9, 3, 0)]
    public void Of_those_that_are_not_shown_the_ids_are_known(int top, int shown, int leftOut)
    {
        var corpus = Three();
        var all = Appraisals.Of(corpus, new WorthOptions { MinimumConfidence = 0 });
        Assert.Equal(3, all.Count);

        var some = Appraisals.Of(corpus, new WorthOptions { MinimumConfidence = 0, Top = top });

        Assert.Equal(all.Take(shown).Select(pattern => pattern.PatternId), some.Select(pattern => pattern.PatternId));
        Assert.All(some, pattern => Assert.Equal(leftOut, pattern.Worth!.Appraisal!.LeftOut));
        Assert.All(some, pattern => Assert.Equal(all.Skip(shown).Select(one => one.PatternId), pattern.Worth!.Appraisal!.LeftOutIds));
    }

    [Fact]
    public void Where_nothing_is_assessed_each_has_its_place_and_knows_no_steps()
    {
        var patterns = new PatternAppraiser(new WorthOptions { Top = 1 }).Appraise(
            Appraisals.Measured(Corpus.Of("A B C D", "A B C D", "A B C D", "A B C D", "E F", "E F", "E F"))
        );

        var worth = Assert.Single(patterns).Worth!;
        Assert.Equal((WorthKind.NotAssessed, 1, null), (worth.Kind, worth.Rank, worth.PartOf));
        Assert.Empty(worth.Steps);
    }

    // Ten days, or less than one, which counts as one.
    [Theory]
    [InlineData(9 * 86_400, 3)]
    [InlineData(1, 30)]
    [InlineData(86_400 * 2 - 8, 15)]
    public void The_worth_of_thirty_days_is_that_of_the_time_seen(int seconds, double factor)
    {
        var calls = Calls(4);
        calls.Wait(TimeSpan.FromSeconds(seconds == 1 ? 1 : seconds - 8)).Bash("last", "make other");
        var worth = Appraisals.Of(calls).WorthOf(Routine);
        var days = Math.Max(1, (seconds == 1 ? 9 : seconds) / 86_400.0);

        Assert.Equal(worth.WorthUsd * 30 / days, worth.WorthUsdPer30Days!.Value, 1e-4);
        Assert.InRange(worth.WorthUsdPer30Days.Value / worth.WorthUsd, factor * 0.99, factor * 1.12);
    }

    [Fact]
    public void No_saving_is_dearer_than_all_that_is_known_to_be_spent()
    {
        // One message of six is told of, by a model with a price: the mean stands for the others, and no more than that was spent.
        var usage = new ToldUsage
        {
            Messages =
            [
                new MessageUsage
                {
                    SessionId = "s0",
                    MessageId = "m0",
                    Timestamp = DateTime.UnixEpoch,
                    Model = "claude-sonnet-4-5",
                    InputTokens = 1_000_000,
                },
            ],
        };
        var calls = Calls(6, "m");
        foreach (var session in new[] { "x", "y", "z", "v", "w" })
            calls.Call(session, "Read", "file_path", $"{session}.cs").Call(session, "Grep", "pattern", session);
        var patterns = Appraisals.Of(calls, usage, new WorthOptions { MinimumConfidence = 0 });
        var worth = patterns.WorthOf(Routine);

        Assert.Equal((6.0, 3.0, true), (worth.SavedTurns, worth.SavedUsd, worth.IsAssumed));
        Assert.Equal(3.0, worth.MarginalUsd);
        Assert.Equal(3.0, patterns.Sum(pattern => pattern.Worth!.MarginalUsd), 1e-9);
        Assert.Equal(1, worth.IntervalHigh);
    }

    [Fact]
    public void An_interval_stands_around_what_is_saved_and_nowhere_else()
    {
        var calls = Calls(6);
        foreach (var session in new[] { "x", "y", "z" })
            calls.Call(session, "Read", "file_path", $"{session}.cs").Call(session, "Grep", "pattern", session);
        var patterns = Appraisals.Of(calls, options: new WorthOptions { MinimumConfidence = 0 });
        var (routine, none) = (patterns.WorthOf(Routine), patterns.WorthOf("Read(.cs)→Grep"));

        Assert.True(routine.IntervalLow < 1 && routine.IntervalHigh > 1);
        Assert.Equal((null, null), (none.IntervalLow, none.IntervalHigh));
        Assert.Equal("Script, rank 1, 6 turns, $0.46", routine.ToString());
    }

    [Theory]
    [InlineData(3, WorthKind.Hook)]
    [InlineData(4, WorthKind.Guidance)]
    public void What_nearly_always_fails_is_no_hook_wherever_it_stands(int failed, WorthKind kind)
    {
        var calls = new RecordedCalls();
        for (var session = 0; session < 8; session++)
        {
            for (var time = 0; time < (failed == 4 ? 5 : 4); time++)
            {
                var id = $"{session}-{time}";
                calls
                    .Call($"s{session}", (session + time) % 2 == 0 ? "Glob" : "WebFetch", "pattern", id)
                    .Call($"s{session}", "Edit", "file_path", $"{id}.{(time % 2 == 0 ? "cs" : "md")}")
                    .Call($"s{session}", "Bash", "command", "make docs", call: id)
                    .End($"s{session}", "Bash", id, failed: time < failed);
            }
        }

        var worth = Appraisals.Of(calls, options: new WorthOptions { MinimumConfidence = 0 }).WorthOf("Bash(make docs)");

        Assert.Equal((kind, kind == WorthKind.Hook), (worth.Kind, worth.SavedTurns > 0));
        Assert.Equal(kind == WorthKind.Hook, worth.IntervalLow is not null);
    }

    [Theory]
    [InlineData(7, 1, WorthKind.Guidance, 0.875)]
    [InlineData(4, 1, WorthKind.Guidance, 0.8)]
    [InlineData(3, 1, WorthKind.Command, 0.75)]
    [InlineData(0, 4, WorthKind.Command, 0.0)]
    public void Of_single_steps_the_share_that_failed_is_told_and_four_of_five_are_guidance(
        int failed,
        int passed,
        WorthKind kind,
        double share
    )
    {
        var calls = new RecordedCalls();
        for (var session = 0; session < 6; session++)
        {
            for (var time = 0; time < failed + passed; time++)
            {
                var id = $"{session}-{time}";
                calls
                    .Call($"s{session}", (session + time) % 2 == 0 ? "Glob" : "WebFetch", "pattern", id)
                    .Call($"s{session}", (session + time) % 3 == 0 ? "Task" : "Grep", "pattern", id)
                    .Call($"s{session}", "Bash", "command", "make docs", call: id)
                    .End($"s{session}", "Bash", id, failed: time < failed);
            }
        }

        var worth = Appraisals.Of(calls).WorthOf("Bash(make docs)");

        Assert.Equal((kind, share), (worth.Kind, worth.FailureShare));
    }

    [Fact]
    public void Patterns_that_hold_an_unknown_step_are_not_assessed_beside_those_that_are()
    {
        var calls = Calls(6);
        foreach (var session in new[] { "x", "y", "z", "w" })
            calls.Tool(session, "Deploy").Call(session, "Read", "file_path", $"{session}.cs").Call(session, "Grep", "pattern", session);

        var patterns = Appraisals.Of(calls, options: new WorthOptions { MinimumConfidence = 0 });

        Assert.Equal(WorthKind.Script, patterns.WorthOf(Routine).Kind);
        Assert.Equal(WorthKind.NotAssessed, patterns.WorthOf("Deploy→Read(.cs)→Grep").Kind);
    }

    private static SequenceCorpus Plain(int sessions = 4) => Appraisals.Corpus(Calls(sessions));

    private static SequenceCorpus Three()
    {
        var calls = Calls(4);
        foreach (var session in new[] { "a", "b", "c", "d" })
            calls.Bash(session, "make x").Bash(session, "make y");
        foreach (var session in new[] { "e", "f", "g", "h" })
            calls.Call(session, "Read", "file_path", $"{session}.cs").Call(session, "Grep", "pattern", session);
        return Appraisals.Corpus(calls);
    }

    private static RecordedCalls Calls(int sessions, string? message = null)
    {
        var calls = new RecordedCalls();
        for (var session = 0; session < sessions; session++)
            calls
                .Call($"s{session}", "Bash", "command", "make lint", message is null ? null : $"{message}{session}")
                .Call($"s{session}", "Bash", "command", "make test");
        return calls;
    }
}
