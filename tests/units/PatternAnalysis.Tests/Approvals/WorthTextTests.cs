using PatternAnalysis.Approvals;

namespace PatternAnalysis.Tests.Approvals;

/// <summary>What a pattern is worth, as people read it.</summary>
public sealed class WorthTextTests
{
    [Fact]
    public void Kind_turns_dollars_and_waiting_stand_in_a_sentence() =>
        Assert.Equal(
            "Hook: a hook can run it. 1,234 turns of a model could go, worth $56.78 in 30 days, and 2.5 h of waiting.",
            Describe(
                new StoredWorth
                {
                    Kind = WorthKind.Hook,
                    Rank = 1,
                    SavedTurns = 1234,
                    WorthUsd = 99,
                    WorthUsdPer30Days = 56.78,
                    SavedWait = TimeSpan.FromHours(2.5),
                }
            )
        );

    [Fact]
    public void Each_figure_says_what_it_is_and_has_its_interval() =>
        Assert.Equal(
            "Hook: a hook can run it. 12 turns of a model could go, worth $50.00 in 30 days (cash; 95 % interval $40.00 to $65.00), "
                + "and 10 min of waiting (not in the dollars; 95 % interval 8 min to 13 min).",
            Describe(
                new StoredWorth
                {
                    Kind = WorthKind.Hook,
                    Rank = 1,
                    SavedTurns = 12,
                    WorthUsd = 99,
                    WorthUsdPer30Days = 50,
                    SavedWait = TimeSpan.FromMinutes(10),
                    Interval = (0.8, 1.3),
                }
            )
        );

    [Fact]
    public void An_assumed_cost_is_called_one_and_without_times_nothing_is_said_of_30_days() =>
        Assert.Equal(
            "Message: a script but for one text, which a model writes. "
                + "1 turn of a model could go, worth $0.08 at an assumed cost, and 40 s of waiting.",
            Describe(
                new StoredWorth
                {
                    Kind = WorthKind.Message,
                    Rank = 1,
                    SavedTurns = 1,
                    WorthUsd = 0.08,
                    SavedWait = TimeSpan.FromSeconds(40),
                    IsAssumed = true,
                }
            )
        );

    [Theory]
    [InlineData(WorthKind.None, "None: true, and nothing to automate.")]
    [InlineData(WorthKind.Guidance, "Guidance: it can be made rarer, not automated.")]
    [InlineData(WorthKind.NotAssessed, "NotAssessed: nothing tells what its tools were given.")]
    public void What_saves_nothing_has_no_figures(WorthKind kind, string text) =>
        Assert.Equal(text, Describe(new StoredWorth { Kind = kind, Rank = 1 }));

    [Fact]
    public void A_row_that_nobody_appraised_is_not_assessed() => Assert.StartsWith("NotAssessed", Describe(null), StringComparison.Ordinal);

    private static string Describe(StoredWorth? worth) =>
        WorthText.Describe(
            new PatternApproval
            {
                PatternId = "id",
                Status = PatternStatus.Pending,
                ToolSequence = "a→b",
                Worth = worth,
            }
        );
}
