using System.Globalization;
using System.Text.Json;
using PatternAnalysis.Activities;
using PatternAnalysis.Analysis;
using PatternAnalysis.Events;
using PatternAnalysis.Metrics;
using PatternAnalysis.Mining;
using PatternAnalysis.Options;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests;

/// <summary>
/// What takes the steps themselves, as the default options do, gives the same summary from both engines, to the last figure: patterns,
/// counts, confidences, danger, worth, order, examples.
/// </summary>
[Collection(PostgresTests.Name)]
public sealed class DatabaseEngineStepTests
{
    private const int OptionsPerState = 8;

    private const string Partitions = """
        CREATE TABLE hook_events (id BIGSERIAL, session_id TEXT NOT NULL, event_type TEXT, tool_name TEXT, timestamp TEXT, payload TEXT,
            source_app TEXT, UNIQUE (id, session_id)) PARTITION BY HASH (session_id);
        CREATE TABLE events_0 PARTITION OF hook_events FOR VALUES WITH (MODULUS 3, REMAINDER 0);
        CREATE TABLE events_1 PARTITION OF hook_events FOR VALUES WITH (MODULUS 3, REMAINDER 1);
        CREATE TABLE events_2 PARTITION OF hook_events FOR VALUES WITH (MODULUS 3, REMAINDER 2)
        """;

    private static readonly string[] s_ends = ["", "", "-1", "-2", "-3"];

    [StoreFact]
    public void One_table_gives_the_same_summary()
    {
        using var events = new PostgresEvents(AnyEvents.PostgresSchema);
        AssertSameInAllStates(events, [events.Database], new Random(21));
    }

    [StoreFact]
    public void Partitions_give_the_same_summary()
    {
        using var events = new PostgresEvents(Partitions);
        AssertSameInAllStates(events, [events.Database], new Random(22));
    }

    [StoreFact]
    public void Several_servers_give_the_same_summary()
    {
        using var events = new PostgresNodes(3, PostgresNodes.Any);
        AssertSameInAllStates(events, [.. events.Nodes], new Random(23));
        Assert.All(events.EventsOfNodes(), count => Assert.True(count > 0));
    }

    [StoreFact]
    public void Payloads_that_are_derived_stay_on_their_servers()
    {
        using var events = new PostgresNodes(2, PostgresNodes.Any);
        AnyEvents.Generate(new Random(24), 900).Where(any => any.SessionId is not null).AddTo(events);
        foreach (var node in events.Nodes)
            node.Steps.Derive();
        var expected = Describe(events, new AnalysisOptions { Engine = AnalysisEngine.Memory, DryRun = true });

        // Behind their back, so that who reads them is seen.
        events.Execute("UPDATE hook_events SET payload = '{}'");

        Assert.Equal(expected, Describe(events, new AnalysisOptions { Engine = AnalysisEngine.Database, DryRun = true }));
        Assert.NotEqual(expected, Describe(events, new AnalysisOptions { Engine = AnalysisEngine.Memory, DryRun = true }));
    }

    [StoreFact]
    public void A_night_that_has_an_hour_twice_gives_the_same_summary()
    {
        using var events = new PostgresEvents(AnyEvents.PostgresSchema);
        var random = new Random(25);
        AnyEvents.Generate(random, 900).InLongNight(random).AddTo(events);
        var database = events.InBerlin;

        var expected = Describe(database, new AnalysisOptions { Engine = AnalysisEngine.Memory, DryRun = true });

        Assert.NotEqual(expected, Describe(events, new AnalysisOptions { Engine = AnalysisEngine.Memory, DryRun = true }));
        Assert.Equal(expected, Describe(database, new AnalysisOptions { Engine = AnalysisEngine.Database, DryRun = true }));
    }

    private static void AssertSameInAllStates(EventDatabase events, IReadOnlyList<PatternDatabase> nodes, Random random)
    {
        // A table that is cut by sessions takes no events without one; more sessions, so that each server has some.
        AnyEvent[] all =
        [
            .. AnyEvents
                .Generate(random, 1500)
                .Where(any => any.SessionId is not null)
                .Select(any => any with { SessionId = any.SessionId + s_ends[random.Next(s_ends.Length)] }),
        ];
        all[..700].AddTo(events);
        AssertSame(events, random, "not derived");

        foreach (var node in nodes)
            node.Steps.Derive();
        all[700..].AddTo(events);
        AssertSame(events, random, "derived in part");

        foreach (var node in nodes)
            node.Steps.Derive();
        AssertSame(events, random, "derived");
    }

    private static void AssertSame(EventDatabase events, Random random, string state)
    {
        Assert.Contains("\"Rank\":2,", Describe(events, new AnalysisOptions { DryRun = true }), StringComparison.Ordinal);
        foreach (var options in Enumerable.Range(0, OptionsPerState).Select(_ => Any(random)).Prepend(new AnalysisOptions()))
        {
            var (a, b) = (
                Describe(events, options with { Engine = AnalysisEngine.Memory, DryRun = true }),
                Describe(events, options with { Engine = AnalysisEngine.Database, DryRun = true })
            );
            Assert.True(a == b, $"{state}, {JsonSerializer.Serialize(options)}:\n{a}\n\n{b}");
        }
    }

    /// <summary>Options of any kind: what the database could count are few enough to be read, too.</summary>
    private static AnalysisOptions Any(Random random)
    {
        var model = random.Next(4) switch
        {
            0 => ActivityModel.Tool,
            1 => ActivityModel.Operation,
            _ => ActivityModel.Adaptive,
        };
        return new AnalysisOptions
        {
            Query = new EventQuery
            {
                EventTypes = random.Next(3) == 0 ? ["PreToolUse", "PostToolUse"] : ["PreToolUse", "tool_use"],
                SessionFilter = random.Next(4) == 0 ? WildcardFilter.Of("t*", "five*") : null,
                SourceAppFilter = random.Next(4) == 0 ? WildcardFilter.Of("app") : null,
            },
            Activity = new ActivityOptions
            {
                Model = model,
                Case = (CaseKind)random.Next(3),
                MinimumRecurrence = 1 + random.Next(3),
                CollapseRuns = random.Next(3) == 0,
                ExcludeFilter = random.Next(4) == 0 ? WildcardFilter.Of("Bash(ls*", "Read*") : null,
                IdleMinutes = 1 + random.Next(60),
            },
            Mining = new MiningOptions { MinimumSessions = 1 + random.Next(3), WholeSequence = random.Next(5) == 0 },
            Metric = new MetricOptions { SavingsModel = (SavingsModel)random.Next(2) },
        };
    }

    private static string Describe(EventDatabase events, AnalysisOptions options) => Describe(events.Database, options);

    private static string Describe(PatternDatabase database, AnalysisOptions options)
    {
        var summary = new DailyAnalysis(
            database.Events,
            database.Approvals,
            database.Runs,
            database.OpenCounter,
            database.Usage,
            database.NodeEvents
        ).Run(options);
        return string.Join(
            '\n',
            [
                string.Create(CultureInfo.InvariantCulture, $"{summary.EventCount} {summary.TotalSessions} {summary.TotalSavings}"),
                JsonSerializer.Serialize(summary.Excluded.OrderBy(entry => entry.Key, StringComparer.Ordinal)),
                JsonSerializer.Serialize(summary.Guidance),
                JsonSerializer.Serialize(summary.SpentByClass),
                .. summary.Patterns.Select(pattern => JsonSerializer.Serialize(pattern)),
            ]
        );
    }
}
