using PatternAnalysis.Activities;
using PatternAnalysis.Events;
using PatternAnalysis.Mining;

namespace PatternAnalysis.Tests.Mining;

/// <summary>When a store's counts are all that it takes, and what is asked of the store.</summary>
public class CountingMinerTests
{
    private static readonly ActivityOptions s_tools = new() { Model = ActivityModel.Tool };

    [Fact]
    public void Counts_suffice_for_bare_tools_of_whole_sessions_that_recur() =>
        Assert.True(CountingMiner.Suffices(new EventQuery(), s_tools, new MiningOptions()));

    [Theory]
    [InlineData(ActivityModel.Operation)]
    [InlineData(ActivityModel.Adaptive)]
    public void Names_out_of_payloads_need_the_events(ActivityModel model) =>
        Assert.False(CountingMiner.Suffices(new EventQuery(), s_tools with { Model = model }, new MiningOptions()));

    [Theory]
    [InlineData(CaseKind.Prompt)]
    [InlineData(CaseKind.Idle)]
    public void Cases_that_are_parts_of_sessions_need_the_events(CaseKind kind) =>
        Assert.False(CountingMiner.Suffices(new EventQuery(), s_tools with { Case = kind }, new MiningOptions()));

    [Fact]
    public void Runs_that_are_folded_need_the_events() =>
        Assert.False(CountingMiner.Suffices(new EventQuery(), s_tools with { CollapseRuns = true }, new MiningOptions()));

    [Fact]
    public void Whole_sequences_and_what_need_not_recur_need_the_events()
    {
        Assert.False(CountingMiner.Suffices(new EventQuery(), s_tools, new MiningOptions { WholeSequence = true }));
        Assert.False(CountingMiner.Suffices(new EventQuery(), s_tools, new MiningOptions { MinimumSessions = 1 }));
        Assert.True(CountingMiner.Suffices(new EventQuery(), s_tools, new MiningOptions { MinimumSessions = 3 }));
    }

    [Fact]
    public void Starts_and_ends_of_the_same_calls_need_the_events_to_be_joined()
    {
        Assert.False(
            CountingMiner.Suffices(
                new EventQuery { EventTypes = [HookEventType.PreToolUse, HookEventType.PostToolUse] },
                s_tools,
                new MiningOptions()
            )
        );
        Assert.True(CountingMiner.Suffices(new EventQuery { EventTypes = [HookEventType.PostToolUse] }, s_tools, new MiningOptions()));
    }

    [Fact]
    public void Nothing_is_counted_without_a_store_and_what_is_asked_of_it()
    {
        var counter = new NaiveCounter(Support.Corpus.Of("a b", "a b"));
        var (query, mining) = (new EventQuery(), new MiningOptions());

        Assert.Throws<ArgumentNullException>(() => CountingMiner.Run(null!, query, s_tools, mining, CancellationToken.None));
        Assert.Throws<ArgumentNullException>(() => CountingMiner.Run(counter, null!, s_tools, mining, CancellationToken.None));
        Assert.Throws<ArgumentNullException>(() => CountingMiner.Run(counter, query, null!, mining, CancellationToken.None));
        Assert.Throws<ArgumentNullException>(() => CountingMiner.Run(counter, query, s_tools, null!, CancellationToken.None));
        Assert.Single(CountingMiner.Run(counter, query, s_tools, mining, CancellationToken.None)!.Patterns);
    }
}
