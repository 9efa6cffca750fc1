using PatternAnalysis.Approvals;
using PatternAnalysis.Classification;
using PatternAnalysis.Danger;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Approvals;

/// <summary>What a stored pattern shows, and in which order.</summary>
public sealed class StoredRowTests
{
    private const string Hostile = "a\u202E\nb";

    [Fact]
    public void Nothing_in_a_row_acts_where_it_is_shown()
    {
        var row = StoredRows.Row(Hostile) with
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
        var bare = StoredRows.Row("id");
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
        var row = StoredRows.Row("id") with { Worth = worth };
        Assert.Equal(
            (3, WorthKind.Hook, 4d, 0.5, 6d, 10d),
            (row.Rank, row.Kind, row.SavedTurns, row.HitShare, row.WorthUsd, row.WorthUsdPer30Days)
        );
        Assert.Equal(
            (5d, 20d, TimeSpan.FromSeconds(8), true),
            (row.WorthUsdPer30DaysLow, row.WorthUsdPer30DaysHigh, row.SavedWait, row.IsWorthAssumed)
        );

        foreach (
            var none in new[] { StoredRows.Row("id"), StoredRows.Row("id") with { Worth = worth with { Kind = WorthKind.NotAssessed } } }
        )
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
            StoredRows.Row("rich") with
            {
                Worth = new StoredWorth
                {
                    Kind = WorthKind.Hook,
                    Rank = int.MaxValue,
                    WorthUsd = 5,
                },
            },
            StoredRows.Row("big") with
            {
                ConfidenceScore = 1,
                OccurrenceCount = 2,
                EstimatedSavings = 3,
            },
            StoredRows.Row("a"),
            StoredRows.Row("b"),
            Ranked("x", 1) with
            {
                Status = PatternStatus.AutoRejected,
            },
        ];

        Assert.Equal(ordered, ApprovalSort.ByWorth(ordered.Reverse()));
        Assert.Equal(6, ordered[3].Impact);

        static PatternApproval Ranked(string id, int rank) =>
            StoredRows.Row(id) with
            {
                Worth = new StoredWorth { Kind = WorthKind.Hook, Rank = rank },
            };
    }

    [Fact]
    public void What_was_saved_is_counted_and_said()
    {
        var row = StoredRows.Row("id");
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
    public void A_row_shows_what_its_evidence_says()
    {
        var occurrence = new DangerousOccurrence
        {
            SessionId = "s",
            Command = "rm -rf x",
            Level = DangerLevel.Destructive,
        };
        var evidence = StoredRows.Evidence(20) with
        {
            QValue = 1e-9,
            Danger = new DangerVerdict(DangerLevel.Destructive, "own.rule", "own", "why", "what"),
            Levels = new OccurrenceLevels(1, 2, 3),
            WorstOccurrences = [occurrence],
        };
        var row = StoredRows.Row("id").With(evidence);

        Assert.Equal(
            (DangerLevel.Destructive, "own.rule", 1L, 2L, 3L, occurrence),
            (
                row.DangerLevel,
                row.DangerRule,
                row.SafeOccurrenceCount,
                row.UnknownOccurrenceCount,
                row.DestructiveOccurrenceCount,
                Assert.Single(row.WorstOccurrences)
            )
        );
        Assert.Equal(evidence.SeriesConfidence, row.SeriesConfidence);
        Assert.NotNull(row.SeriesConfidence);
        Assert.Null(row.LastEvidenceAt);
        Assert.Equal(new DateTimeOffset(5, TimeSpan.Zero), StoredRows.Row("id").With(evidence with { EndedAt = 5 }).LastEvidenceAt);
        Assert.Null(StoredRows.Row("id").With(evidence with { Levels = null }).SafeOccurrenceCount);
        var bare = StoredRows.Row("id");
        Assert.Same(bare, bare.With(null));
    }
}
