using PatternAnalysis.Activities;
using PatternAnalysis.Danger;
using PatternAnalysis.Metrics;
using PatternAnalysis.Mining;
using PatternAnalysis.Tests.Support;
using PatternAnalysis.Tests.Worth;

namespace PatternAnalysis.Tests.Metrics;

/// <summary>What is said of a measured pattern, and what is refused before anything is measured.</summary>
public class PatternMeasurerTests
{
    [Fact]
    public void Options_out_of_their_range_are_refused_at_once()
    {
        Assert.Throws<ArgumentNullException>(() => new PatternMeasurer(null!));
        foreach (
            var options in new[]
            {
                new MetricOptions { MinimumLift = 0.99 },
                new MetricOptions { SecondsPerTool = -1 },
                new MetricOptions { HourlyRate = -0.01 },
                new MetricOptions { IdleSeconds = double.NaN },
                new MetricOptions { Reduction = new ReductionOptions { SubsumptionShare = 1.01 } },
            }
        )
            Assert.Equal(ErrorCatalogue.InvalidOption, Assert.Throws<PatternAnalysisException>(() => new PatternMeasurer(options)).Error);
    }

    [Fact]
    public void Nothing_is_measured_of_nothing_or_once_it_is_asked_to_stop()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var patterns = PatternMiner.Mine(Corpus.Of("a b", "a b", "c"), new MiningOptions());

        Assert.Throws<ArgumentNullException>(() => new PatternMeasurer(new MetricOptions()).Measure(null!));
        Assert.Throws<OperationCanceledException>(() => new PatternMeasurer(new MetricOptions()).Measure(patterns[0], stop.Token));
        Assert.Throws<OperationCanceledException>(() => new PatternMeasurer(new MetricOptions()).MeasureShown(patterns[0], stop.Token));
        var measured = new PatternMeasurer(new MetricOptions()).Measure(patterns[0]);
        Assert.Throws<OperationCanceledException>(() => OverlapFreeSavings.Total([measured], stop.Token));
        Assert.Throws<ArgumentNullException>(() => OverlapFreeSavings.Total(null!));
        Assert.Equal(0, OverlapFreeSavings.Total([]));
    }

    [Fact]
    public void Lift_and_impact_are_made_of_the_other_numbers()
    {
        var options = new MetricOptions { SecondsPerTool = 36, HourlyRate = 100 };
        var pattern = new PatternMeasurer(options).Measure(
            PatternMiner
                .Mine(Corpus.Of([.. Corpus.Repeat("a b", 8), "b b a a c d a b", "c d d b"]), new MiningOptions())
                .Single(pattern => pattern.ToolSequence == "a→b")
        );

        Assert.Equal((9, 9, 10), (pattern.OccurrenceCount, pattern.SessionCount, pattern.TotalSessionCount));
        Assert.Equal(18m, pattern.EstimatedSavings);
        Assert.Equal(9 / pattern.ExpectedCount, pattern.Lift, 1e-12);
        Assert.InRange(pattern.ConfidenceScore, 0.01, 0.999999);
        Assert.Equal(pattern.ConfidenceScore * 9 * 18, pattern.Impact, 1e-9);
        Assert.Equal(1 - pattern.QValue, pattern.ConfidenceScore, 1e-12);
        Assert.Equal((6m, 0m), (pattern.SavingsOf(3), pattern.SavingsOf(0)));
    }

    [Fact]
    public void Of_a_single_step_sessions_are_compared_with_those_of_texts_that_come_back_by_coincidence()
    {
        // In seven sessions on one day, three of them twice; the others are texts of one session each.
        var calls = new RecordedCalls();
        for (var session = 0; session < 12; session++)
        {
            calls.Bash($"s{session}", $"run task{session} --quiet");
            for (var time = 0; session < 7 && time <= session % 2; time++)
                calls
                    .Call($"s{session}", session % 3 == 0 ? "Edit" : "Glob", "file_path", "a.cs")
                    .Bash($"s{session}", "make lint")
                    .Call($"s{session}", session % 2 == 0 ? "Read" : "Grep", "file_path", "a.cs");
        }

        var corpus = Appraisals.Corpus(calls);
        var pattern = new PatternMeasurer(new MetricOptions()).Measure(
            PatternMiner.Mine(corpus, new MiningOptions()).Single(pattern => pattern.ToolSequence == "Bash(make lint)")
        );
        var coincidence = corpus.Records!.Catalog.Coincidence;
        var mean = coincidence.TextMean;

        // Given that a Poisson number is not 0: its mean, and the chance that it is seven or more.
        Assert.Equal(mean / (1 - Math.Exp(-mean)), pattern.ExpectedCount, 1e-12);
        var atMostSix = Enumerable
            .Range(0, 7)
            .Sum(k => Math.Exp(-mean) * Math.Pow(mean, k) / Enumerable.Range(1, k).Aggregate(1.0, (a, b) => a * b));
        Assert.Equal((1 - atMostSix) / (1 - Math.Exp(-mean)), pattern.PValue, 1e-9);
        Assert.Equal((7, 10), (pattern.SessionCount, pattern.OccurrenceCount));
        Assert.Equal(7 / pattern.ExpectedCount, pattern.Lift, 1e-12);
        Assert.Equal(coincidence.Count, pattern.FamilySize);
        Assert.Null(pattern.Dispersion);
    }

    [Fact]
    public void A_variant_is_shown_where_its_whole_is_and_the_two_save_once()
    {
        var calls = new RecordedCalls();
        for (var session = 0; session < 6; session++)
            calls.Bash($"s{session}", session == 5 ? "git branch -D old" : "git branch").Bash($"s{session}", "git log");
        var patterns = PatternMiner.Mine(Appraisals.Corpus(calls, model: ActivityModel.Operation), new MiningOptions());
        var measurer = new PatternMeasurer(new MetricOptions());
        MeasuredPattern[] measured = [.. patterns.Select(pattern => measurer.MeasureShown(pattern)).OfType<MeasuredPattern>()];
        var (whole, variant) = (measured.Single(pattern => pattern.Whole is null), measured.Single(pattern => pattern.Whole is not null));

        Assert.Equal((6, 5), (whole.OccurrenceCount, variant.OccurrenceCount));
        Assert.Equal(DangerLevel.Destructive, whole.Danger.Level);
        Assert.Equal(whole.EstimatedSavings, OverlapFreeSavings.Total([variant, whole]));
        Assert.Equal(variant.EstimatedSavings, OverlapFreeSavings.Total([variant]));
    }

    [Fact]
    public void What_one_pattern_took_no_variant_takes_again_and_the_other_way_round()
    {
        var calls = new RecordedCalls();
        for (var session = 0; session < 6; session++)
            calls
                .Bash($"s{session}", "git status")
                .Bash($"s{session}", session == 5 ? "git branch -D old" : "git branch")
                .Bash($"s{session}", "git log");
        calls.Bash("x", "git status").Bash("x", "git branch").Bash("y", "git branch").Bash("y", "git log");
        var measurer = new PatternMeasurer(new MetricOptions());
        MeasuredPattern[] measured =
        [
            .. PatternMiner
                .Mine(Appraisals.Corpus(calls, model: ActivityModel.Operation), new MiningOptions())
                .Select(pattern => measurer.Measure(pattern)),
        ];
        MeasuredPattern Variant(string steps) =>
            measured.Single(pattern => pattern.Whole is not null && string.Join('→', pattern.Steps) == steps);
        MeasuredPattern Whole(string steps) =>
            measured.Single(pattern => pattern.Whole is null && string.Join('→', pattern.Steps) == steps);

        // Three steps in five sessions; what begins with status has one more in x, what ends with log one more in y.
        var (all, begins, ends) = (
            Variant("Bash(git status)→Bash(git branch)→Bash(git log)"),
            Whole("Bash(git status)→Bash(git branch)"),
            Variant("Bash(git branch)→Bash(git log)")
        );
        Assert.Equal((5, 7, 6), (all.OccurrenceCount, begins.OccurrenceCount, ends.OccurrenceCount));

        // The variant of three takes fifteen steps, the others two each beside it, and the whole two of the session with the loss.
        Assert.Equal(Price(15 + 2 + 2 + 2), OverlapFreeSavings.Total([all, begins, ends]));
        Assert.Equal(Price(14 + 2), OverlapFreeSavings.Total([begins, ends]));

        static decimal Price(int steps) => Savings.Estimate(steps, 1, new MetricOptions());
    }

    [Fact]
    public void Reasons_for_leaving_patterns_out_are_explained_and_others_are_shown_as_they_are()
    {
        Assert.Equal(
            [
                "another pattern several times over",
                "another pattern but for the lengths of its runs",
                "nearly always part of a longer pattern",
                "not among the number that was asked for",
                "of_a_later_version",
            ],
            new[] { "tandem_power", "same_run_folded_form", "subsumed", "not_among_top", "of_a_later_version" }.Select(
                LeftOutPatterns.Explain
            )
        );
    }

    [Fact]
    public void Parts_of_a_worth_are_shown_in_a_line()
    {
        Assert.Equal("Bash: make test", new StepWorth("Bash", StepClass.Constant, "make test", 1, []).ToString());
        Assert.Equal("Edit: nothing stays", new StepWorth("Edit", StepClass.Free, null, 0, []).ToString());
        Assert.Equal("3 runs, 00:01:30", new NeedlessRuns(3, TimeSpan.FromSeconds(90)).ToString());
        Assert.Equal("AfterEdit: 3 of 7", new ConditionCount(HookCondition.AfterEdit, 3, 7, 1.5, 0.1, 0.2).ToString());
    }
}
