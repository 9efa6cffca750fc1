using PatternAnalysis.Approvals;
using PatternAnalysis.Classification;
using PatternAnalysis.Danger;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Approvals;

/// <summary>What a stored pattern shows, in which order, and which patterns get a row.</summary>
public sealed class StoredRowTests
{
    private const string Hostile = "a\u202E\nb";

    [Fact]
    public void Nothing_in_a_row_acts_where_it_is_shown()
    {
        var row = Row(Hostile) with
        {
            Status = Hostile,
            ToolSequence = Hostile,
            PatternContext = Hostile,
            ReviewedBy = Hostile,
            ApprovalNotes = Hostile,
            ExampleSessions = [Hostile],
            Worth = new StoredWorth
            {
                Kind = WorthKind.Script,
                Rank = 1,
                PartOf = Hostile,
            },
        };

        Assert.All(
            [row.PatternId, row.Status, row.ToolSequence, row.PartOf, row.ExampleSessions[0], row.ToString()],
            text => Assert.Equal("a\\u202E\\u000Ab", text)
        );
        Assert.All([row.PatternContext, row.ReviewedBy, row.ApprovalNotes], text => Assert.Equal("a\\u202E\nb", text));
        var bare = Row("id");
        Assert.Null(bare.PatternContext);
        Assert.Null(bare.ReviewedBy);
        Assert.Null(bare.PartOf);
        Assert.Empty(bare.ExampleSessions);
    }

    [Fact]
    public void What_nobody_appraised_has_no_worth_and_what_was_has_its_figures()
    {
        var worth = new StoredWorth
        {
            Kind = WorthKind.Hook,
            Rank = 3,
            SavedTurns = 4,
            HitShare = 0.5,
            WorthUsd = 6,
            WorthUsdPer30Days = 10,
            SavedWait = TimeSpan.FromSeconds(8),
            IsAssumed = true,
            Interval = (0.5, 2),
        };
        var row = Row("id") with { Worth = worth };
        Assert.Equal(
            (3, WorthKind.Hook, 4d, 0.5, 6d, 10d),
            (row.Rank, row.Kind, row.SavedTurns, row.HitShare, row.WorthUsd, row.WorthUsdPer30Days)
        );
        Assert.Equal(
            (5d, 20d, TimeSpan.FromSeconds(8), true),
            (row.WorthUsdPer30DaysLow, row.WorthUsdPer30DaysHigh, row.SavedWait, row.IsWorthAssumed)
        );

        foreach (var none in new[] { Row("id"), Row("id") with { Worth = worth with { Kind = WorthKind.NotAssessed } } })
        {
            Assert.Equal(WorthKind.NotAssessed, none.Kind);
            Assert.Equal(
                (null, null, null, null, null, null, null, false),
                (
                    none.SavedTurns,
                    none.HitShare,
                    none.WorthUsd,
                    none.WorthUsdPer30Days,
                    none.WorthUsdPer30DaysLow,
                    none.WorthUsdPer30DaysHigh,
                    none.SavedWait,
                    none.IsWorthAssumed
                )
            );
        }
    }

    [Fact]
    public void An_appraisal_that_says_nothing_does_not_take_the_place_of_one_that_does()
    {
        var hook = new StoredWorth { Kind = WorthKind.Hook, Rank = 1 };
        var none = new StoredWorth { Kind = WorthKind.NotAssessed, Rank = 2 };

        Assert.Same(hook, StoredWorth.Newest(hook, null));
        Assert.Same(hook, StoredWorth.Newest(hook, none));
        Assert.Same(none, StoredWorth.Newest(null, none));
        Assert.Same(none, StoredWorth.Newest(none with { Rank = 9 }, none));
        Assert.Same(hook, StoredWorth.Newest(none, hook));
        Assert.Null(StoredWorth.Newest(null, null));
    }

    [Fact]
    public void What_is_worth_most_stands_first_and_what_the_policy_rejects_last()
    {
        PatternApproval[] ordered =
        [
            Ranked("z", 1),
            Ranked("y", 2),
            Row("rich") with
            {
                Worth = new StoredWorth
                {
                    Kind = WorthKind.Hook,
                    Rank = int.MaxValue,
                    WorthUsd = 5,
                },
            },
            Row("big") with
            {
                ConfidenceScore = 1,
                OccurrenceCount = 2,
                EstimatedSavings = 3,
            },
            Row("a"),
            Row("b"),
            Ranked("x", 1) with
            {
                Status = PatternStatus.AutoRejected,
            },
        ];

        Assert.Equal(ordered, ApprovalSort.ByWorth(ordered.Reverse()));
        Assert.Equal(6, ordered[3].Impact);

        static PatternApproval Ranked(string id, int rank) =>
            Row(id) with
            {
                Worth = new StoredWorth { Kind = WorthKind.Hook, Rank = rank },
            };
    }

    [Fact]
    public void Of_what_is_too_likely_a_coincidence_only_the_most_valuable_get_a_row()
    {
        var strict = new ClassificationPolicy { RejectConfidence = 1, ApproveConfidence = 1 };
        string[][] sessions =
        [
            .. Enumerable.Repeat<string[]>(["a", "b"], 3),
            .. Enumerable.Repeat<string[]>(["c", "d"], 5),
            .. Enumerable.Repeat<string[]>(["e", "delete_branch"], 3),
            .. Enumerable.Repeat<string[]>(["f", "g"], 4),
        ];
        var patterns = Reports.Analyse(sessions, strict).Patterns;

        Assert.Equal(["c→d", "e→delete_branch", "f→g"], Stored(2));
        Assert.Equal(["c→d", "e→delete_branch"], Stored(1));
        Assert.Equal(["e→delete_branch"], Stored(0));
        var known = patterns.Single(pattern => pattern.ToolSequence == "a→b");
        Assert.Equal(["a→b", "e→delete_branch"], Stored(0, Row(known.PatternId)));

        IEnumerable<string> Stored(int limit, params PatternApproval[] rows) =>
            SaveChoice
                .Of(patterns, rows.ToDictionary(row => row.PatternId), new Dictionary<string, PatternEvidence>(), limit)
                .Stored.Select(pattern => pattern.ToolSequence)
                .Order(StringComparer.Ordinal);
    }

    [Fact]
    public void What_was_saved_is_counted_and_said()
    {
        var row = Row("id");
        var saved = new SaveResult(
            7,
            [new(row, PatternChangeKind.New), new(row, PatternChangeKind.New), new(row, PatternChangeKind.Updated)],
            1234
        );

        Assert.Equal(
            (2, 1, 0),
            (saved.Count(PatternChangeKind.New), saved.Count(PatternChangeKind.Updated), saved.Count(PatternChangeKind.Unchanged))
        );
        Assert.Equal("2 new, 1 updated, 1234 not stored", saved.ToString());
        Assert.Equal("New: a→b", saved.Saved[0].ToString());
        Assert.Equal("pending: 3 patterns", new PatternStatistic("pending", 3, 4, 5).ToString());
        Assert.Equal(
            "a→b, adopted as Bash(x), Edit",
            new AdoptedPattern
            {
                PatternId = "id",
                Adopted = ["Bash(x)", "Edit"],
                ToolSequence = "a→b",
            }.ToString()
        );
        Assert.Equal(
            "a→b: covered by the decision on c→d (other, rejected)",
            new CoveredPattern
            {
                PatternId = "id",
                ToolSequence = "a→b",
                OccurrenceCount = 1,
                DecidedId = "other",
                DecidedSequence = "c→d",
                Decision = "rejected",
            }.ToString()
        );
        Assert.Equal(
            "Analysis 7, 2026-03-02 08:20Z: Completed",
            new PastRun
            {
                RunId = 7,
                StartedAt = new(2026, 3, 2, 10, 20, 0, TimeSpan.FromHours(2)),
                Window = TimeWindow.Always,
            }.ToString()
        );
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
