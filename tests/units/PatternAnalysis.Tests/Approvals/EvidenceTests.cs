using PatternAnalysis.Approvals;
using PatternAnalysis.Classification;
using PatternAnalysis.Danger;

namespace PatternAnalysis.Tests.Approvals;

/// <summary>Which evidence stands for a pattern, and when it ends.</summary>
public sealed class EvidenceTests
{
    private static readonly PatternEvidence s_evidence = new()
    {
        ConfidenceModel = nameof(ConfidenceModel.SelfSufficiency),
        SessionCount = 5,
        OccurrenceCount = 6,
        TotalSessions = 7,
        ExpectedCount = 0.5,
        PValue = 1e-6,
        QValue = 1e-5,
        Dispersion = 1.5,
        FamilySize = 9,
        MinimumSessions = 3,
        MinimumLift = 1,
        ObservedFrom = 100,
        ObservedTo = 200,
        Horizon = new EvidenceHorizon(0, 1000, IsRegular: true),
    };

    // A later look; an earlier one; a shorter window alone, at once and when as much time has passed; a longer window alone.
    [Theory]
    [InlineData(10, 1010, true, true)]
    [InlineData(0, 1000, true, true)]
    [InlineData(0, 999, true, false)]
    [InlineData(900, 1000, true, true)]
    [InlineData(1500, 1600, false, false)]
    [InlineData(1999, 2100, false, false)]
    [InlineData(2000, 2100, false, true)]
    [InlineData(100, 1100, false, true)]
    [InlineData(101, 1100, false, false)]
    public void What_a_month_showed_is_not_undone_by_an_hour(long since, long until, bool isRegular, bool supersedes) =>
        Assert.Equal(supersedes, (s_evidence with { Horizon = new EvidenceHorizon(since, until, isRegular) }).Supersedes(s_evidence));

    [Theory]
    [InlineData(100, 200, 7, true)]
    [InlineData(100, 201, 7, true)]
    [InlineData(99, 200, 7, true)]
    [InlineData(100, 200, 8, true)]
    [InlineData(101, 200, 7, false)]
    [InlineData(100, 199, 7, false)]
    [InlineData(100, 200, 6, false)]
    [InlineData(101, 199, 8, true)]
    public void Without_horizons_a_part_of_what_is_known_is_nothing_new(long from, long to, int sessions, bool supersedes) =>
        Assert.Equal(
            supersedes,
            (s_evidence with { Horizon = null, ObservedFrom = from, ObservedTo = to, TotalSessions = sessions }).Supersedes(
                s_evidence with
                {
                    Horizon = null,
                }
            )
        );

    [Fact]
    public void Evidence_says_the_same_when_its_numbers_are_as_close_as_a_store_keeps_them()
    {
        Assert.True(s_evidence.SaysSameAs(s_evidence));
        Assert.True((s_evidence with { RunId = 7, Horizon = null }).SaysSameAs(s_evidence));
        Assert.True((s_evidence with { Danger = new DangerVerdict(DangerLevel.Unknown, "r", "c", "w", "s") }).SaysSameAs(s_evidence));
        Assert.True((s_evidence with { PValue = 1e-6 * (1 + 1e-7), ExpectedCount = 0.5 + 1e-8 }).SaysSameAs(s_evidence));
        PatternEvidence[] others =
        [
            s_evidence with
            {
                ExpectedCount = 0.5001,
            },
            s_evidence with
            {
                PValue = 2e-6,
            },
            s_evidence with
            {
                PValue = -1e-6,
            },
            s_evidence with
            {
                QValue = 2e-5,
            },
            s_evidence with
            {
                Dispersion = 1.6,
            },
            s_evidence with
            {
                Dispersion = null,
            },
            s_evidence with
            {
                Dispersion = 0,
                QValue = 0,
            },
            s_evidence with
            {
                OccurrenceCount = 7,
            },
            s_evidence with
            {
                EndedAt = 3,
            },
            s_evidence with
            {
                Levels = new OccurrenceLevels(1, 2, 3),
            },
        ];
        Assert.All(others, other => Assert.False(other.SaysSameAs(s_evidence)));
        Assert.All(others, other => Assert.False(s_evidence.SaysSameAs(other)));
        Assert.False((s_evidence with { Dispersion = null }).SaysSameAs(s_evidence with { Dispersion = 0 }));
    }

    [Fact]
    public void Only_confidence_that_was_tested_has_a_series()
    {
        Assert.NotNull(s_evidence.SeriesConfidence);
        Assert.Null((s_evidence with { ConfidenceModel = nameof(ConfidenceModel.Frequency) }).SeriesConfidence);
    }

    [Fact]
    public void A_horizon_is_a_window_in_whole_milliseconds_that_ends_now_where_it_has_no_end()
    {
        var since = new DateTimeOffset(1_000_000 * TimeSpan.TicksPerMillisecond + 123, TimeSpan.Zero);
        var now = since.AddHours(1);

        Assert.Equal(
            new EvidenceHorizon(since.Ticks - 123, now.Ticks - 123, true),
            EvidenceHorizon.Of(new TimeWindow(since, null), now, isRegular: true)
        );
        Assert.Equal(
            new EvidenceHorizon(0, since.Ticks - 123, false),
            EvidenceHorizon.Of(new TimeWindow(null, since), now, isRegular: false)
        );
        Assert.Equal(TimeSpan.TicksPerHour, EvidenceHorizon.Of(new TimeWindow(since, null), now, true).Length);
    }

    // Three sessions at 100, 200 and 300; a pattern must occur in two.
    [Theory]
    [InlineData(0, 1000, true, false)]
    [InlineData(200, 1000, true, false)]
    [InlineData(201, 1201, true, true)]
    [InlineData(201, 1201, false, false)]
    [InlineData(201, 999, true, false)]
    [InlineData(1100, 1200, true, false)]
    [InlineData(1200, 1201, true, true)]
    public void Evidence_ends_when_fewer_sessions_of_the_horizon_hold_it_than_it_must_occur_in(
        long since,
        long until,
        bool isRegular,
        bool ends
    )
    {
        var change = EvidenceEnd.Plan(Stored(PatternStatus.Pending, 100, 200, 300), new EvidenceHorizon(since, until, isRegular));

        Assert.Equal(ends ? 300 : null, change?.Evidence.EndedAt);
    }

    [Fact]
    public void What_nobody_can_date_does_not_end_and_what_has_ended_ends_once()
    {
        var late = new EvidenceHorizon(5000, 6000, IsRegular: true);

        Assert.Null(EvidenceEnd.Plan(Stored(PatternStatus.Pending, 100, 0, 300), late));
        Assert.Null(EvidenceEnd.Plan(Stored(PatternStatus.Pending), late));
        Assert.Null(EvidenceEnd.Plan(Stored(PatternStatus.Pending, 100) with { Evidence = null }, late));
        Assert.Null(EvidenceEnd.Plan(Stored(PatternStatus.Pending, 100) with { Evidence = s_evidence with { EndedAt = 1 } }, late));
        Assert.NotNull(
            EvidenceEnd.Plan(Stored(PatternStatus.Pending, 100) with { Evidence = s_evidence with { MinimumSessions = 0 } }, late)
        );
    }

    [Theory]
    [InlineData(PatternStatus.AutoApproved, PatternStatus.Pending, PatternStatus.AutoApproved)]
    [InlineData(PatternStatus.Approved, PatternStatus.Approved, null)]
    [InlineData(PatternStatus.Rejected, PatternStatus.Rejected, null)]
    [InlineData(PatternStatus.Pending, PatternStatus.Pending, null)]
    public void An_approval_by_policy_ends_with_its_evidence_and_a_persons_does_not(string status, string after, string? before)
    {
        var at = new DateTime(2026, 3, 2, 10, 20, 30, DateTimeKind.Utc);
        var late = new EvidenceHorizon(at.AddDays(1).Ticks, at.AddDays(2).Ticks, IsRegular: true);

        var change = EvidenceEnd.Plan(Stored(status, at.Ticks), late)!;

        Assert.Equal((after, before, PatternChangeKind.Updated), (change.Row.Status, change.PreviousStatus, change.Kind));
        Assert.Equal(late, change.Evidence.Horizon);
        Assert.Equal((null, null, 0), (change.Flag, change.Baseline, change.Sightings.Count));
        const string End =
            "Last evidence until 2026-03-02 10:20 UTC: no run since found it as a pattern of its own in enough sessions of the horizon. ";
        Assert.Equal(
            before is null
                ? End + "context"
                : End + "By policy pending: only a person approves a pattern whose evidence left the horizon. Before: context",
            change.Row.PatternContext
        );
        Assert.Equal("", EvidenceEnd.Describe(s_evidence));
    }

    [Theory]
    [InlineData(PatternStatus.AutoApproved, 5, PatternStatus.Pending)]
    [InlineData(PatternStatus.AutoApproved, 0, PatternStatus.AutoApproved)]
    [InlineData(PatternStatus.AutoRejected, 5, PatternStatus.AutoRejected)]
    public void The_policy_approves_nothing_on_evidence_that_has_ended(string decided, long endedAt, string status)
    {
        var decision = EvidenceEnd.Withhold(
            new PolicyDecision(decided, IsDestructive: false, ["why"]),
            s_evidence with
            {
                EndedAt = endedAt,
            }
        );

        Assert.Equal((status, false), (decision.Status, decision.IsDestructive));
        Assert.Equal(
            status == decided ? "why" : "only a person approves a pattern whose evidence left the horizon",
            Assert.Single(decision.Reasons)
        );
    }

    [Theory]
    [InlineData(PatternStatus.Pending, null, DangerLevel.Safe, 0, PatternStatus.Pending)]
    [InlineData(PatternStatus.AutoApproved, "auto-rejected", DangerLevel.Safe, 0, PatternStatus.AutoApproved)]
    [InlineData(PatternStatus.Approved, "auto-approved", DangerLevel.Destructive, 0, PatternStatus.AutoRejected)]
    [InlineData(PatternStatus.Approved, "auto-approved", DangerLevel.Safe, 0, PatternStatus.AutoApproved)]
    [InlineData(PatternStatus.Approved, "auto-approved", DangerLevel.Safe, 5, PatternStatus.Pending)]
    [InlineData(PatternStatus.Rejected, "auto-rejected", DangerLevel.Safe, 5, PatternStatus.AutoRejected)]
    [InlineData(PatternStatus.Rejected, null, DangerLevel.Safe, 0, PatternStatus.Pending)]
    public void What_the_policy_says_is_known_whatever_a_person_decided(
        string status,
        string? baseline,
        DangerLevel danger,
        long endedAt,
        string policy
    )
    {
        var evidence = s_evidence with { Danger = new DangerVerdict(danger, null, null, null, null), EndedAt = endedAt };
        var stored = Stored(status, 100) with
        {
            Evidence = evidence,
            Baseline = baseline is null ? null : new ReviewBaseline(baseline, DangerLevel.Safe, 1),
        };

        Assert.Equal(policy, stored.PolicyStatus);
    }

    [Fact]
    public void What_a_decision_is_made_on_is_what_the_policy_said_last()
    {
        var stored = Stored(PatternStatus.AutoRejected, 100);

        Assert.Equal(new ReviewBaseline("auto-rejected", DangerLevel.Safe, 6), ReviewBaseline.Of(stored));
        Assert.Null(ReviewBaseline.Of(stored with { Evidence = null }));
        var decided = Stored(PatternStatus.Approved, 100);
        Assert.Null(ReviewBaseline.Of(decided));
        Assert.Equal(
            new ReviewBaseline("pending", DangerLevel.Safe, 6),
            ReviewBaseline.Of(decided with { Baseline = new ReviewBaseline("pending", DangerLevel.Unknown, 1) })
        );
    }

    private static StoredPattern Stored(string status, params long[] observedTo) =>
        new(
            new PatternApproval
            {
                PatternId = "id",
                Status = status,
                ToolSequence = "a→b",
                OccurrenceCount = 6,
                PatternContext = "context",
            },
            s_evidence with
            {
                MinimumSessions = 2,
                Horizon = new EvidenceHorizon(0, 1000, IsRegular: true),
            },
            observedTo.Index().ToDictionary(at => $"s{at.Index}", at => new PatternSighting(1, at.Item, at.Item))
        );
}
