using PatternAnalysis.Cost;
using PatternAnalysis.Events;
using PatternAnalysis.Pricing;

namespace PatternAnalysis.Tests.Cost;

public sealed class CostMeterTests
{
    private static readonly DateTime s_start = new(2026, 3, 2, 10, 0, 0, DateTimeKind.Utc);
    private static readonly CostMeter s_meter = new(PriceTable.BuiltIn);

    [Fact]
    public void Each_sort_of_token_is_added_up_and_priced_by_its_model()
    {
        var cost = Assert.Single(
            s_meter.Measure(
                [
                    Message("a", "m1", "claude-opus-4-5", 1_000_000, 100_000, 10_000, 2_000_000),
                    Message("a", "m2", "claude-haiku-4-5", 500_000),
                ],
                null,
                CostGrouping.Total
            )
        );

        Assert.Equal(
            (1, 2L, 1_500_000L, 100_000L, 10_000L, 2_000_000L),
            (cost.SessionCount, cost.Turns, cost.InputTokens, cost.OutputTokens, cost.CacheWriteTokens, cost.CacheReadTokens)
        );
        Assert.Equal(5m + 2.5m + 0.0625m + 1m + 0.5m, cost.Usd);
        Assert.Null(cost.ToolTime);
    }

    [Fact]
    public void A_model_without_a_price_is_named_and_costs_nothing()
    {
        var cost = Assert.Single(s_meter.Measure([Message("a", "m", "new-model", 1_000)], null, CostGrouping.Total));

        Assert.Equal((0m, 1L), (cost.Usd, cost.UnpricedTurns));
        Assert.Equal(["new-model"], cost.UnpricedModels);
    }

    [Theory]
    [InlineData(CostGrouping.Session, "a|b")]
    [InlineData(CostGrouping.Model, "claude-opus-4-5|claude-haiku-4-5|(unknown)")]
    [InlineData(CostGrouping.Application, "app|(unknown)")]
    [InlineData(CostGrouping.Day, "2026-03-02|2026-03-03")]
    [InlineData(CostGrouping.Prompt, "a#p1|b#p2|a#(unknown)")]
    public void Every_grouping_adds_up_to_the_total(CostGrouping grouping, string names)
    {
        MessageUsage[] messages =
        [
            Message("a", "1", "claude-opus-4-5", 1_000) with
            {
                PromptId = "p1",
                SourceApp = "app",
            },
            Message("a", "2", null, 10),
            Message("b", "3", "claude-haiku-4-5", 1_000) with
            {
                PromptId = "p2",
                Timestamp = s_start.AddDays(1),
            },
        ];

        var costs = s_meter.Measure(messages, null, grouping);

        Assert.Equal(names.Split('|'), costs.Select(cost => cost.Name));
        Assert.Equal((3, 2_010), (costs.Sum(cost => cost.Turns), costs.Sum(cost => cost.Tokens)));
        Assert.Equal(0.006m, costs.Sum(cost => cost.Usd));
    }

    private static MessageUsage Message(
        string session,
        string id,
        string? model,
        long input,
        long output = 0,
        long cacheWrite = 0,
        long cacheRead = 0
    ) =>
        new()
        {
            SessionId = session,
            MessageId = id,
            Model = model,
            Timestamp = s_start,
            InputTokens = input,
            OutputTokens = output,
            CacheWriteTokens = cacheWrite,
            CacheReadTokens = cacheRead,
        };
}
