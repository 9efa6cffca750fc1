using PatternAnalysis.Approvals;
using PatternAnalysis.Classification;
using PatternAnalysis.Metrics;
using PatternAnalysis.Mining;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Approvals;

/// <summary>What a run says of itself, and beside those before it.</summary>
public sealed class RunTests
{
    [Fact]
    public void A_run_says_what_is_new_and_what_is_gone_by_worth()
    {
        var patterns = Reports.Routine("Read", "Edit").Patterns;
        var run = CompletedRun.Of(DateTimeOffset.UnixEpoch, patterns);
        var gone = Row("gone") with { ConfidenceScore = 1, OccurrenceCount = 1, EstimatedSavings = 1 };
        var ended = Row("ended") with { ConfidenceScore = 1, OccurrenceCount = 9, EstimatedSavings = 1 };
        var history = new History([Past(1), Past(2), Past(3)], [gone, Row(patterns[0].PatternId), Row("no") with { Status = "rejected" }]);
        var saved = new SaveResult(
            3,
            [
                new(Row("old"), PatternChangeKind.Updated),
                new(Row("new"), PatternChangeKind.New),
                new(ended with { PatternId = "best" }, PatternChangeKind.New),
            ],
            0
        )
        {
            Ended = [ended, gone with { ToolSequence = "as it ended" }],
        };

        var comparison = RunComparison.Of(run, saved, history);

        Assert.Equal([1L, 2L], comparison.Runs.Select(past => past.RunId));
        Assert.Equal(2, comparison.Previous!.RunId);
        Assert.Equal(["best", "new"], comparison.New.Select(pattern => pattern.PatternId));
        Assert.Equal(["ended", "gone"], comparison.Gone.Select(pattern => pattern.PatternId));
        Assert.Equal("as it ended", comparison.Gone[1].ToolSequence);
        Assert.Equal("2 new, 2 gone", comparison.ToString());
        Assert.Equal(2, history.AskedWindow!.Since!.Value.ToUnixTimeSeconds());

        var givenUp = RunComparison.Of(run with { GivenUp = ["too long"] }, saved, history);
        Assert.Equal(["ended", "gone"], givenUp.Gone.Select(pattern => pattern.PatternId));
        Assert.Empty(RunComparison.Of(run, saved with { Ended = [] }, new History([], [gone])).Gone);
        Assert.Null(RunComparison.Of(run, saved, new History([], [])).Previous);
        Assert.Equal(
            60,
            RunComparison
                .Of(run, saved with { RunId = null }, new History([.. Enumerable.Range(1, 99).Select(id => Past(id))], []))
                .Runs.Count
        );
    }

    [Fact]
    public void A_run_knows_its_window_its_horizon_and_what_it_measured()
    {
        var patterns = Reports.Routine("Read", "Edit").Patterns;
        var window = new TimeWindow(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1));
        var run = CompletedRun.Of(DateTimeOffset.UnixEpoch.AddDays(2), patterns) with { LeftOutIds = ["cut"] };
        var daily = run with { ReportWindow = window };

        Assert.Equal((TimeWindow.Always, window), (run.Window, daily.Window));
        Assert.Equal((false, true), (run.Horizon.IsRegular, daily.Horizon.IsRegular));
        Assert.Equal([patterns[0].PatternId, "cut"], run.MeasuredIds()!.ToArray());
        Assert.Null((run with { GivenUp = ["too long"] }).MeasuredIds());
        Assert.Null((run with { LeftOutIds = null }).MeasuredIds());
        Assert.Equal((20, 1), (run.SessionCount, run.Patterns.Count));
        Assert.True(run.TotalSavings > 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => CompletedRun.Of(DateTimeOffset.UnixEpoch, patterns, coincidenceLimit: -1));
        Assert.Equal(0, CompletedRun.Of(DateTimeOffset.UnixEpoch, patterns, coincidenceLimit: 0).CoincidenceLimit);
        var empty = CompletedRun.Of(DateTimeOffset.UnixEpoch, []);
        Assert.Equal((0, 0), (empty.SessionCount, empty.Patterns.Count));
    }

    [Fact]
    public void Patterns_of_two_runs_make_no_run()
    {
        ClassifiedPattern[] mixed = [.. Reports.Routine("Read", "Edit").Patterns, .. Reports.Routine("Read", "Edit").Patterns];

        var error = Assert.Throws<PatternAnalysisException>(() => CompletedRun.Of(DateTimeOffset.UnixEpoch, mixed));

        Assert.Equal(
            (
                "MixedRuns",
                "The patterns come from different calls of Find-RepeatedPattern, so their numbers can't be put together. "
                    + "Use them call by call."
            ),
            (error.ErrorId, error.Message)
        );
    }

    [Fact]
    public void What_a_run_left_out_is_counted_by_its_reason()
    {
        string[][] sessions = [.. Enumerable.Repeat<string[]>(["a", "b", "c"], 8), ["x", "a", "b"], ["y", "a", "b"]];
        var found = PatternMiner.Mine(Corpus.Of(sessions), new MiningOptions());
        var measurer = new PatternMeasurer(new MetricOptions());
        var classifier = new PatternClassifier(new ClassificationPolicy());
        ClassifiedPattern[] shown =
        [
            .. found.Select(pattern => measurer.MeasureShown(pattern)).OfType<MeasuredPattern>().Select(classifier.Classify),
        ];

        Assert.Equal(
            new Dictionary<string, int> { [LeftOutPatterns.Subsumed] = 1 },
            CompletedRun.Of(DateTimeOffset.UnixEpoch, shown).LeftOut
        );
    }

    [Fact]
    public void Why_a_run_failed_is_shown_and_acts_nowhere()
    {
        var run = Past(1);
        Assert.Null(run.Error);
        Assert.Equal("a\\u202E\nb", (run with { Error = "a\u202E\nb" }).Error);
    }

    [Fact]
    public void The_message_of_a_run_that_failed_is_masked()
    {
        var failed = new FinishedRun(RunKind.Import, DateTimeOffset.UnixEpoch).Failed(
            new InvalidOperationException("no ghp_0123456789abcdefghijABCDEFGHIJ012345")
        );

        Assert.StartsWith("no ", failed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("ghp_0123456789", failed.Error, StringComparison.Ordinal);
    }

    private static PastRun Past(int id) =>
        new()
        {
            RunId = id,
            StartedAt = DateTimeOffset.UnixEpoch,
            Window = new TimeWindow(DateTimeOffset.FromUnixTimeSeconds(id), null),
        };

    private static PatternApproval Row(string id) =>
        new()
        {
            PatternId = id,
            Status = PatternStatus.Pending,
            ToolSequence = "a→b",
        };

    private sealed class History(PastRun[] runs, PatternApproval[] seen) : IRunHistory
    {
        public TimeWindow? AskedWindow { get; private set; }

        public IReadOnlyList<PastRun> Last(int count) => [.. runs.TakeLast(count)];

        public IReadOnlyList<PastRun> Find(RunQuery query) => runs;

        public void Record(FinishedRun run) => throw new NotSupportedException();

        public PastRun? FindRunOf(string patternId) => null;

        public IReadOnlyList<PatternApproval> SeenIn(TimeWindow window)
        {
            AskedWindow = window;
            return seen;
        }
    }
}
