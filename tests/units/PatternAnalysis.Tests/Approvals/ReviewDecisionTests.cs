using PatternAnalysis.Approvals;
using PatternAnalysis.Danger;

namespace PatternAnalysis.Tests.Approvals;

/// <summary>What a person's decision must say, and on what it may be made.</summary>
public sealed class ReviewDecisionTests
{
    private static readonly DateTimeOffset s_then = new(2026, 3, 2, 10, 20, 30, 456, TimeSpan.FromHours(2));

    [Theory]
    [InlineData(PatternStatus.Pending, "Ada", "because", "InvalidDecision")]
    [InlineData(PatternStatus.AutoApproved, "Ada", "because", "InvalidDecision")]
    [InlineData(PatternStatus.AutoRejected, "Ada", "because", "InvalidDecision")]
    [InlineData("maybe", "Ada", "because", "InvalidDecision")]
    [InlineData(PatternStatus.Approved, " ", null, "ReviewerMissing")]
    [InlineData(PatternStatus.Rejected, "", "because", "ReviewerMissing")]
    [InlineData(PatternStatus.Rejected, "Ada", null, "ReasonMissing")]
    [InlineData(PatternStatus.Rejected, "Ada", "  ", "ReasonMissing")]
    [InlineData(PatternStatus.Rejected, "Ada", "because", null)]
    [InlineData(PatternStatus.Approved, "Ada", null, null)]
    public void A_decision_is_a_persons_who_is_named_and_a_rejection_has_a_reason(
        string status,
        string reviewer,
        string? notes,
        string? error
    )
    {
        var decision = new ReviewDecision("id", status, reviewer, notes);

        Assert.Equal(error, (Record.Exception(decision.Validate) as PatternAnalysisException)?.ErrorId);
    }

    [Fact]
    public void What_is_wrong_with_a_decision_is_said()
    {
        Assert.Equal(
            "A person's decision is 'approved' or 'rejected', not 'pending'.",
            Message(new ReviewDecision("id", PatternStatus.Pending, "Ada", null).Validate)
        );
        Assert.Equal(
            "A decision needs the name of the person who makes it.",
            Message(new ReviewDecision("id", PatternStatus.Approved, "", null).Validate)
        );
        Assert.Equal(
            "A rejection needs a reason: whoever meets the pattern again must know why.",
            Message(new ReviewDecision("id", PatternStatus.Rejected, "Ada", null).Validate)
        );
    }

    [Fact]
    public void Notes_are_masked_and_keep_their_lines() =>
        Assert.Equal(
            ("one\ntwo", true),
            (
                new ReviewDecision("id", PatternStatus.Approved, "Ada", "one\ntwo").Notes,
                new ReviewDecision("id", PatternStatus.Approved, "Ada", "ghp_0123456789abcdefghijABCDEFGHIJ012345").Notes!.Contains("***")
            )
        );

    [Theory]
    [InlineData(PatternStatus.Pending, true)]
    [InlineData(PatternStatus.AutoApproved, true)]
    [InlineData(PatternStatus.AutoRejected, true)]
    [InlineData(PatternStatus.Approved, false)]
    [InlineData(PatternStatus.Rejected, false)]
    public void Nobody_decides_on_what_somebody_decided_who_has_not_seen_that(string status, bool allowed)
    {
        var stored = Row(status);
        var blind = new ReviewDecision("id", PatternStatus.Approved, "Ada", null);

        Assert.Equal(allowed, Record.Exception(() => blind.RequireCurrent(stored)) is null);
        Assert.Null(Record.Exception(() => (blind with { Shown = ShownState.Of(stored) }).RequireCurrent(stored)));
    }

    [Fact]
    public void Who_decides_on_what_is_no_longer_so_is_told_what_happened_meanwhile()
    {
        var seen = new ReviewDecision("id", PatternStatus.Approved, "Ada", null) { Shown = ShownState.Of(Row(PatternStatus.Pending)) };
        var decided = Row(PatternStatus.Rejected) with { ReviewedBy = "Bob", ReviewedAt = s_then.ToUniversalTime(), ApprovalNotes = "no" };

        Assert.Equal(
            "Pattern 'id' is rejected by Bob since 2026-03-02 08:20:30Z: no. Nothing was changed. Look at it again, and decide on what is "
                + "there now.",
            Message(() => seen.RequireCurrent(decided))
        );
        Assert.Equal(
            "Pattern 'id' is rejected by somebody. Nothing was changed. Look at it again, and decide on what is there now.",
            Message(() => seen.RequireCurrent(Row(PatternStatus.Rejected)))
        );
        Assert.Equal(
            "Pattern 'id' changed since it was shown: it is auto-approved, and its numbers may be others. Nothing was changed. Look at it "
                + "again.",
            Message(() => seen.RequireCurrent(Row(PatternStatus.AutoApproved)))
        );
        Assert.NotNull(Record.Exception(() => seen.RequireCurrent(Row(PatternStatus.Pending) with { UpdatedAt = s_then.AddSeconds(1) })));
    }

    [Fact]
    public void The_fraction_of_a_second_that_no_store_keeps_makes_no_difference()
    {
        var shown = ShownState.Of(Row(PatternStatus.Pending));

        Assert.Equal(new DateTimeOffset(2026, 3, 2, 8, 20, 30, TimeSpan.Zero), shown.UpdatedAt);
        Assert.Equal(TimeSpan.Zero, shown.UpdatedAt!.Value.Offset);
        Assert.Null(ShownState.Of(Row(PatternStatus.Pending) with { UpdatedAt = null }).UpdatedAt);
    }

    [Theory]
    [InlineData(PatternStatus.Approved, PatternStatus.Pending, DangerLevel.Safe, null, true)]
    [InlineData(PatternStatus.Approved, PatternStatus.AutoApproved, DangerLevel.Unknown, null, true)]
    [InlineData(PatternStatus.Approved, PatternStatus.Pending, DangerLevel.Destructive, null, false)]
    [InlineData(PatternStatus.Rejected, PatternStatus.Pending, DangerLevel.Destructive, null, true)]
    [InlineData(PatternStatus.Approved, PatternStatus.AutoRejected, DangerLevel.Safe, null, false)]
    [InlineData(PatternStatus.Approved, PatternStatus.Rejected, DangerLevel.Safe, "id", true)]
    [InlineData(PatternStatus.Approved, PatternStatus.Rejected, DangerLevel.Safe, "other", false)]
    [InlineData(PatternStatus.Approved, PatternStatus.Approved, DangerLevel.Safe, null, false)]
    public void A_decision_holds_for_parts_that_nobody_decided_on_otherwise_and_approves_nothing_destructive(
        string decision,
        string part,
        DangerLevel danger,
        string? decidedWith,
        bool holds
    ) =>
        Assert.Equal(holds, new ReviewDecision("id", decision, "Ada", null).HoldsFor(Row(part) with { DangerLevel = danger }, decidedWith));

    [Fact]
    public void What_is_decided_on_a_part_names_the_whole()
    {
        var whole = new ReviewDecision("id", PatternStatus.Approved, "Ada", "fine");
        var part = whole.On(Row(PatternStatus.Pending) with { PatternId = "part" });

        Assert.True(whole.WithParts);
        Assert.Equal(
            ("part", PatternStatus.Approved, "Ada", "With id, which it is part of: fine", false),
            (part.PatternId, part.Status, part.Reviewer, part.Notes, part.WithParts)
        );
        Assert.Equal("With id, which it is part of.", (new ReviewDecision("id", "approved", "Ada", null)).On(Row("pending")).Notes);
    }

    [Fact]
    public void A_decision_in_the_history_is_a_line()
    {
        Assert.Equal("id approved by Ada: fine", new ReviewHistoryEntry("id", "approved", "Ada", "fine", null).ToString());
        Assert.Equal("id flagged", new ReviewHistoryEntry("id", ReviewHistoryEntry.Flagged, null, null, null).ToString());
        var hostile = new ReviewHistoryEntry("id", "approved", "A\u202Eda\n", "one\n\u202Etwo", null);
        Assert.Equal(("A\\u202Eda\\u000A", "one\n\\u202Etwo"), (hostile.Reviewer, hostile.Notes));
    }

    private static PatternApproval Row(string status) =>
        new()
        {
            PatternId = "id",
            Status = status,
            ToolSequence = "a→b",
            UpdatedAt = s_then,
        };

    private static string Message(Action action) => Assert.Throws<PatternAnalysisException>(action).Message;
}
