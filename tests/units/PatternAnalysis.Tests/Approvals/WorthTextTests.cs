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

    [Theory]
    [InlineData(WorthKind.Script, "Script: a script can run it in one call. ")]
    [InlineData(WorthKind.Command, "Command: a single command that recurs. ")]
    public void What_can_be_made_of_it_comes_first(WorthKind kind, string text) =>
        Assert.StartsWith(text, Describe(Saving(2, 1, TimeSpan.Zero) with { Kind = kind }), StringComparison.Ordinal);

    [Theory]
    [InlineData(1, "1 turn of")]
    [InlineData(1.04, "1 turn of")]
    [InlineData(1.06, "1.1 turns of")]
    [InlineData(0.5, "0.5 turns of")]
    [InlineData(9.96, "10 turns of")]
    [InlineData(10.4, "10 turns of")]
    public void Few_turns_have_a_decimal_and_one_is_a_turn(double turns, string text) =>
        Assert.Contains($" {text} a model", Describe(Saving(turns, 1, TimeSpan.Zero)), StringComparison.Ordinal);

    [Theory]
    [InlineData(0, "$0.00")]
    [InlineData(0.009, "less than $0.01")]
    [InlineData(0.01, "$0.01")]
    [InlineData(1234.5, "$1,234.50")]
    public void What_is_less_than_a_cent_is_said_to_be(double usd, string text) =>
        Assert.Contains($"worth {text}, and", Describe(Saving(2, usd, TimeSpan.Zero)), StringComparison.Ordinal);

    [Theory]
    [InlineData(59, "59 s")]
    [InlineData(60, "1 min")]
    [InlineData(3599, "60 min")]
    [InlineData(3600, "1.0 h")]
    public void Waiting_is_told_in_the_unit_that_people_would_use(int seconds, string text) =>
        Assert.EndsWith($"and {text} of waiting.", Describe(Saving(2, 1, TimeSpan.FromSeconds(seconds))), StringComparison.Ordinal);

    [Fact]
    public void A_row_that_nobody_appraised_is_not_assessed() => Assert.StartsWith("NotAssessed", Describe(null), StringComparison.Ordinal);

    private static StoredWorth Saving(double turns, double usd, TimeSpan wait) =>
        new()
        {
            Kind = WorthKind.Hook,
            Rank = 1,
            SavedTurns = turns,
            WorthUsd = usd,
            SavedWait = wait,
        };

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
