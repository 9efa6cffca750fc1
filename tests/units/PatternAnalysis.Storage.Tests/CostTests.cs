using PatternAnalysis.Analysis;
using PatternAnalysis.Application;
using PatternAnalysis.Cost;
using PatternAnalysis.Events;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests;

/// <summary>What the figures of money promise, whatever the data.</summary>
public abstract class CostTests : IDisposable
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly string[] s_commands =
    [
        "git add -A",
        "git commit -m x",
        "dotnet test",
        "dotnet format",
        "npm run lint",
        "make all",
    ];
    private static readonly string?[] s_models = ["claude-opus-4-5", "claude-haiku-4-5", "a-model-without-a-price", null];

    private readonly EventDatabase _events;

    private protected CostTests(EventDatabase events) => _events = events;

    public void Dispose()
    {
        _events.Dispose();
        GC.SuppressFinalize(this);
    }

    [StoreTheory]
    [InlineData(1, 1.0)]
    [InlineData(2, 1.0)]
    [InlineData(3, 0.5)]
    [InlineData(4, 0.5)]
    [InlineData(5, 0.05)]
    [InlineData(6, 0.0)]
    public void What_could_go_is_part_of_what_was_spent_and_lies_in_its_interval(ulong seed, double toldShare)
    {
        AddRandomSessions(seed, toldShare);

        var summary = Analyze();

        var (saving, spent) = (summary.CouldGo, summary.Spent);
        Assert.InRange(saving.Usd, saving.UsdLow - 1e-9, saving.UsdHigh + 1e-9);
        Assert.True(saving.UsdLow >= 0);
        Assert.InRange(saving.WaitTime, saving.WaitLow, saving.WaitHigh);
        Assert.Equal(toldShare == 0, spent is null);
        if (spent is null)
            return;

        Assert.True(saving.Turns <= spent.Turns);
        Assert.True(saving.Tokens <= spent.Tokens);
        Assert.True(saving.UsdHigh <= (double)spent.Usd + 1e-9);
        Assert.Equal(saving, Analyze().CouldGo);
        Assert.Equal((double)spent.Usd, summary.SpentByDay.Sum(day => day.SpentUsd), 6);
        Assert.All(summary.SpentByDay, day => Assert.InRange(day.CouldGoUsd, 0, day.SpentUsd + 1e-9));
        Assert.True(summary.SpentByDay.Sum(day => day.CouldGoUsd) <= saving.Usd + 1e-9);
        Assert.Equal(summary.SpentByDay.Select(day => day.Day).Order(), summary.SpentByDay.Select(day => day.Day));
    }

    [StoreTheory]
    [InlineData(11, 1.0)]
    [InlineData(12, 1.0)]
    [InlineData(13, 0.5)]
    [InlineData(14, 0.2)]
    [InlineData(15, 0.05)]
    public void No_figure_of_a_routine_exceeds_what_was_spent_nor_does_the_high_end_of_its_interval(ulong seed, double toldShare)
    {
        AddRandomSessions(seed, toldShare);

        var summary = Analyze();

        var spent = (double)summary.Spent!.Usd + 1e-9;
        var routines = summary.Patterns.Where(pattern => pattern.Worth is { SavedUsd: > 0 }).ToArray();
        Assert.NotEmpty(routines);
        Assert.True(spent > 1e-6);
        Assert.All(
            routines,
            routine =>
            {
                var worth = routine.Worth!;
                Assert.InRange(worth.SavedUsd, 0, spent);
                Assert.InRange(worth.MarginalUsd, 0, worth.SavedUsd + 1e-9);
                Assert.InRange(worth.IntervalLow!.Value, 0, 1);
                Assert.InRange(worth.IntervalHigh!.Value, 1, Math.Max(1, spent / worth.SavedUsd));
                var all = SavingTotal.IntervalsOf([routine]);
                Assert.InRange(all.UsdLow, 0, all.UsdHigh);
                Assert.InRange(all.UsdHigh, 0, spent);
            }
        );

        // With its parts, and all together, as a report shows them.
        foreach (var family in routines.GroupBy(routine => routine.Worth!.PartOf ?? routine.PatternId))
        {
            var all = SavingTotal.IntervalsOf([.. family]);
            Assert.InRange(all.UsdLow, 0, all.UsdHigh);
            Assert.InRange(family.Sum(routine => routine.Worth!.MarginalUsd), 0, spent);
            Assert.InRange(all.UsdHigh, 0, spent);
        }

        var total = AnalysisSummary.Of(summary.Patterns).CouldGo;
        Assert.InRange(total.Usd, 0, spent);
        Assert.InRange(total.UsdHigh, total.UsdLow, spent);
    }

    [StoreFact]
    public void What_could_go_stands_on_the_day_on_which_its_session_spent()
    {
        AddRandomSessions(1, 1);
        var before = Analyze().SpentByDay;

        // A turn before midnight has its call behind it.
        _events.Execute("UPDATE pattern_messages SET observed_at = observed_at - 86400000");

        Assert.Contains(before, day => day.CouldGoUsd > 0);
        Assert.Equal(before.Select(day => day with { Day = day.Day.AddDays(-1) }), Analyze().SpentByDay);
    }

    [StoreTheory]
    [InlineData(7)]
    [InlineData(8)]
    public void What_routines_save_adds_up_without_overlap(ulong seed)
    {
        AddRandomSessions(seed, 1);

        var summary = Analyze();

        var routines = summary
            .Patterns.Where(pattern => pattern.Status != PatternStatus.AutoRejected && pattern.Worth is not null)
            .ToArray();
        Assert.NotEqual(0, summary.CouldGo.RoutineCount);
        Assert.Equal(routines.Sum(routine => routine.Worth!.MarginalUsd), summary.CouldGo.Usd, 9);
        Assert.Equal(routines.Sum(routine => routine.Worth!.MarginalTurns), summary.CouldGo.Turns, 9);
        Assert.All(routines, routine => Assert.True(routine.Worth!.MarginalUsd <= routine.Worth.SavedUsd + 1e-9));
    }

    [StoreTheory]
    [InlineData(CostGrouping.Session)]
    [InlineData(CostGrouping.Prompt)]
    [InlineData(CostGrouping.Activity)]
    [InlineData(CostGrouping.Model)]
    [InlineData(CostGrouping.Application)]
    [InlineData(CostGrouping.Day)]
    public void Every_grouping_adds_up_to_the_same_total(CostGrouping grouping)
    {
        AddRandomSessions(9, 0.8);

        var total = Assert.Single(Cost(CostGrouping.Total));
        var costs = Cost(grouping);

        Assert.Equal(total.Turns, costs.Sum(cost => cost.Turns));
        Assert.Equal(total.InputTokens, costs.Sum(cost => cost.InputTokens));
        Assert.Equal(total.OutputTokens, costs.Sum(cost => cost.OutputTokens));
        Assert.Equal(total.CacheReadTokens, costs.Sum(cost => cost.CacheReadTokens));
        Assert.Equal(total.CacheWriteTokens, costs.Sum(cost => cost.CacheWriteTokens));
        Assert.Equal(total.UnpricedTurns, costs.Sum(cost => cost.UnpricedTurns));
        Assert.Equal(total.Usd, costs.Sum(cost => cost.Usd));
    }

    [StoreFact]
    public void An_answer_that_asked_for_several_calls_is_split_among_their_activities()
    {
        AddCalls([
            ("s", s_start, "git commit -m x", "m1"),
            ("s", s_start, "dotnet test", "m1"),
            ("s", s_start.AddSeconds(9), "dotnet test", "m2"),
        ]);
        _events.Database.UsageWriter.Write(
            [Message("s", "m1", 101, 3), Message("s", "m2", 10, 1), Message("s", "m3", 7, 0)],
            [],
            CancellationToken.None
        );

        var costs = Cost(CostGrouping.Activity).ToDictionary(cost => cost.Name, cost => (cost.Turns, cost.InputTokens));

        // Of the three calls of the first answer one is not among the events.
        Assert.Equal((0, 34), costs["Bash(git commit)"]);
        Assert.Equal((2, 34 + 10), costs["Bash(dotnet test)"]);
        Assert.Equal((0, 33), costs[AgentCost.Unknown]);
        Assert.Equal((1, 7), costs[AgentCost.Answer]);
    }

    [StoreFact]
    public void What_sub_agents_cost_stands_once_under_the_session_that_started_them()
    {
        AddCalls([
            ("s", s_start, "dotnet test", "m1"),
            ("s", s_start.AddSeconds(1), "make all", "a1"),
            ("t", s_start.AddSeconds(2), "make all", "m2"),
        ]);
        MessageUsage[] messages =
        [
            Message("s", "m1", 1_000, 1),
            Message("s", "a1", 300, 1) with
            {
                AgentId = "agent-1",
            },
            Message("s", "a2", 70, 0) with
            {
                AgentId = "agent-2",
                PromptId = "p1",
            },
            Message("t", "m2", 5, 1),
        ];

        // A transcript of the agent and one of its parent hold the same messages.
        _events.Database.UsageWriter.Write(messages, [], CancellationToken.None);
        _events.Database.UsageWriter.Write(messages, [], CancellationToken.None);

        Assert.Equal(
            [("s", 3, 1_370), ("t", 1, 5)],
            Cost(CostGrouping.Session).Select(cost => (cost.Name, cost.Turns, cost.InputTokens)).Order()
        );
        Assert.Equal(1_375, Assert.Single(Cost(CostGrouping.Total)).InputTokens);
    }

    [StoreFact]
    public void A_run_remembers_where_the_turns_went()
    {
        AddRandomSessions(3, 1);
        var summary = new DailyAnalysis(_events.Database.Events, _events.Database.Approvals, usage: _events.Database.Usage).Run(
            new AnalysisOptions()
        );

        Assert.NotEmpty(summary.SpentByClass);
        Assert.Equal(summary.SpentByClass, Assert.Single(_events.Database.Runs.Last(1)).SpentByClass);

        _events.Execute("UPDATE pattern_runs SET spent_by_class = 'no list'");
        Assert.Empty(Assert.Single(_events.Database.Runs.Last(1)).SpentByClass);
        _events.Execute("""UPDATE pattern_runs SET spent_by_class = '[null, {"class": 99, "steps": 1}]'""");
        Assert.Empty(Assert.Single(_events.Database.Runs.Last(1)).SpentByClass);
    }

    private IReadOnlyList<AgentCost> Cost(CostGrouping grouping) =>
        CostQuery.Run(_events.Database, new CostOptions { GroupBy = grouping }, CancellationToken.None);

    private AnalysisSummary Analyze() =>
        new DailyAnalysis(_events.Database.Events, _events.Database.Approvals, usage: _events.Database.Usage).Run(
            new AnalysisOptions { DryRun = true }
        );

    // Sessions that hold a routine again and again, beside calls at random; of some calls nobody tells what they used.
    private void AddRandomSessions(ulong seed, double toldShare)
    {
        var random = new SeededRandom(seed);
        var messages = new List<MessageUsage>();
        var calls = new List<(string, DateTimeOffset, string, string)>();
        for (var session = 0; session < 30; session++)
        {
            var (id, time) = ($"s{session}", s_start.AddHours(session));
            for (var call = 0; call < 12; call++)
            {
                time = time.AddSeconds(1 + random.Below(400));
                var message = $"{id}-m{call / (1 + random.Below(2))}";
                var command =
                    call % 3 == 0 ? "dotnet format"
                    : call % 3 == 1 ? "dotnet test"
                    : s_commands[random.Below(s_commands.Length)];
                calls.Add((id, time, command, message));
                if (random.Below(1000) < toldShare * 1000)
                    messages.Add(
                        Message(id, message, random.Below(9000), 1 + random.Below(2)) with
                        {
                            Model = s_models[random.Below(s_models.Length)],
                            OutputTokens = random.Below(2000),
                            CacheReadTokens = random.Below(90000),
                            CacheWriteTokens = random.Below(3000),
                            PromptId = $"p{call / 5}",
                            Timestamp = time.UtcDateTime,
                        }
                    );
            }
        }

        AddCalls(calls);
        _events.Database.UsageWriter.Write(messages, [], CancellationToken.None);
    }

    private static MessageUsage Message(string session, string message, long input, int calls) =>
        new()
        {
            SessionId = session,
            MessageId = message,
            Model = "claude-opus-4-5",
            Timestamp = s_start.UtcDateTime,
            InputTokens = input,
            CallCount = calls,
        };

    private void AddCalls(IEnumerable<(string Session, DateTimeOffset Time, string Command, string Message)> calls) =>
        _events.Database.EventWriter.Write(
            [
                .. calls.Select(
                    (call, number) =>
                        new NewHookEvent(
                            $"{call.Session}-{number}",
                            "PreToolUse",
                            call.Session,
                            "app",
                            call.Time.UtcDateTime,
                            "Bash",
                            $$"""{"tool_input":{"command":"{{call.Command}}"},"message_id":"{{call.Message}}"}"""
                        )
                ),
            ],
            CancellationToken.None
        );
}

/// <summary>The same on SQLite.</summary>
public sealed class SqliteCostTests() : CostTests(new SqliteEvents(SqliteEvents.OriginalSchema));

/// <summary>The same on PostgreSQL.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresCostTests() : CostTests(new PostgresEvents(PostgresEvents.OriginalSchema));
