using System.Globalization;
using System.Text.RegularExpressions;
using PatternAnalysis.Activities;
using PatternAnalysis.Analysis;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests;

/// <summary>What is done with a session is done where the session is, by the plans that the servers executed.</summary>
[Collection(PostgresTests.Name)]
public sealed class DatabaseEnginePlanTests
{
    private const string Partitions = """
        CREATE TABLE hook_events (id BIGSERIAL, session_id TEXT, event_type TEXT, tool_name TEXT, timestamp TIMESTAMP)
            PARTITION BY HASH (session_id);
        CREATE TABLE events_0 PARTITION OF hook_events FOR VALUES WITH (MODULUS 2, REMAINDER 0);
        CREATE TABLE events_1 PARTITION OF hook_events FOR VALUES WITH (MODULUS 2, REMAINDER 1)
        """;

    // A connection reads the events for what is left out, and once more to cut the sessions.
    private const int Readings = 2;
    private const int Connections = 2;

    private static readonly string[] s_settings = [.. PlanLog.Settings, $"max_parallel_workers_per_gather={Connections}"];

    private static readonly AnalysisOptions s_counted = new()
    {
        Activity = new ActivityOptions { Model = ActivityModel.Tool },
        Engine = AnalysisEngine.Database,
        DryRun = true,
    };

    [StoreFact]
    public void Each_partition_is_read_twice_by_each_connection_and_the_rest_is_done_in_temporary_tables()
    {
        var server = new PostgresServer(5448, s_settings);
        using var events = new PostgresServerEvents(server, Partitions);
        SampleEvents.Generate(41).AddTo(events, withPayload: false);
        var log = new PlanLog(server);

        CountingDatabase.Analyze(events.Database, s_counted);

        foreach (var partition in new[] { "events_0", "events_1" })
            Assert.Equal(Readings * Connections, log.Scans.Count(scan => scan.Contains($"Scan on public.{partition}", Of)));
        AssertOnlyTemporary(log, "public.events_");
    }

    [StoreFact]
    public void Nodes_count_in_temporary_tables_of_theirs_and_the_coordinator_sees_no_event()
    {
        using var events = new PostgresNodes(2, PostgresNodes.Counted, s_settings);
        SampleEvents.Generate(42).AddTo(events, withPayload: false);
        var coordinator = new PlanLog(events.Coordinator);
        PlanLog[] nodes = [.. events.Servers.Select(server => new PlanLog(server))];

        CountingDatabase.Analyze(events.Database, s_counted);

        AssertSeesNoEvent(coordinator);
        foreach (var node in nodes)
        {
            Assert.Equal(Readings * Connections, node.Scans.Count(scan => scan.Contains("on public.hook_events", Of)));
            AssertOnlyTemporary(node, "public.hook_events");
        }
    }

    [StoreFact]
    public void By_default_nodes_hand_over_derived_steps_and_of_events_what_marks_the_ends_of_blocks()
    {
        using var events = new PostgresNodes(2, PostgresNodes.Any, s_settings);
        AnyEvents.Generate(new Random(43), 900).Where(any => any.SessionId is not null).AddTo(events);
        foreach (var database in events.Nodes)
            database.Steps.Derive();
        var coordinator = new PlanLog(events.Coordinator);
        PlanLog[] nodes = [.. events.Servers.Select(server => new PlanLog(server))];
        var summary = new DailyAnalysis(
            events.Database.Events,
            events.Database.Approvals,
            openCounter: events.Database.OpenCounter,
            nodeEvents: events.Database.NodeEvents
        ).Run(new AnalysisOptions { Engine = AnalysisEngine.Database, DryRun = true });

        Assert.True(summary.PatternsFound > 10);
        AssertSeesNoEvent(coordinator);
        foreach (var node in nodes)
        {
            Assert.Contains(node.Plans, plan => plan.Contains("on public.pattern_steps", Of) && RowsOf(plan) > 100);

            // The first and the last event of the one block, the count of its events, and nothing before and after it.
            Assert.All(node.Plans.Where(plan => plan.Contains("on public.hook_events", Of)), plan => Assert.InRange(RowsOf(plan), 0, 2));
        }

        static int RowsOf(string plan) =>
            int.Parse(Regex.Match(plan, @"actual time=\S+ rows=(\d+)").Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [StoreFact]
    public void Where_a_node_can_not_be_asked_it_sends_the_coordinator_only_what_is_in_the_window_and_of_the_types()
    {
        using var events = new PostgresNodes(2, PostgresNodes.Counted, s_settings);
        SampleEvents.Generate(44).AddTo(events, withPayload: false);
        events.Execute("ALTER SERVER node_1 OPTIONS (ADD application_name 'coordinator')");
        var coordinator = new PlanLog(events.Coordinator);
        var since = new DateTimeOffset(2026, 3, 2, 0, 10, 0, TimeSpan.Zero);

        CountingDatabase.Analyze(events.Database, s_counted with { Query = new() { Window = new(since, null) } });

        var remote = coordinator.Plans.SelectMany(plan => plan.Split('\n')).Where(line => line.Contains("Remote SQL", Of)).ToArray();
        Assert.Equal(Readings * Connections * 2, remote.Length);
        Assert.All(remote, sql => Assert.Matches("WHERE.*event_type = ANY.*\"timestamp\" >= ", sql));
    }

    private const StringComparison Of = StringComparison.Ordinal;

    private static void AssertSeesNoEvent(PlanLog log)
    {
        Assert.NotEmpty(log.Scans);
        Assert.DoesNotContain(log.Plans, plan => plan.Contains("Foreign Scan", Of));
    }

    private static void AssertOnlyTemporary(PlanLog log, string except)
    {
        var others = log.Scans.Where(scan => scan.Contains(" on ", Of) && !scan.Contains(except, Of)).ToArray();
        Assert.Contains(others, scan => scan.Contains("on pg_temp.counted_place_", Of));
        Assert.DoesNotContain(others, scan => scan.Contains("on public.", Of));
    }
}
