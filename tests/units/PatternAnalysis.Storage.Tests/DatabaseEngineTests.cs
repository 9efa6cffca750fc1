using System.Globalization;
using Dapper;
using Npgsql;
using PatternAnalysis.Activities;
using PatternAnalysis.Analysis;
using PatternAnalysis.Approvals;
using PatternAnalysis.Events;
using PatternAnalysis.Mining;
using PatternAnalysis.Options;
using PatternAnalysis.Sequences;
using PatternAnalysis.Storage.Postgres;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests;

/// <summary>The database that counts gives what the engine in memory gives: on one table, on partitions, on several servers.</summary>
[Collection(PostgresTests.Name)]
public sealed class DatabaseEngineTests
{
    private const string Partitions = """
        CREATE TABLE hook_events (id BIGSERIAL, session_id TEXT, event_type TEXT, tool_name TEXT, timestamp TIMESTAMP)
            PARTITION BY HASH (session_id);
        CREATE TABLE events_0 PARTITION OF hook_events FOR VALUES WITH (MODULUS 3, REMAINDER 0);
        CREATE TABLE events_1 PARTITION OF hook_events FOR VALUES WITH (MODULUS 3, REMAINDER 1);
        CREATE TABLE events_2 PARTITION OF hook_events FOR VALUES WITH (MODULUS 3, REMAINDER 2)
        """;

    private static readonly TimeWindow s_half = new(
        new DateTimeOffset(2026, 3, 2, 0, 10, 0, TimeSpan.Zero),
        new DateTimeOffset(2026, 3, 2, 0, 25, 0, TimeSpan.Zero)
    );

    [StoreTheory]
    [InlineData(1)]
    [InlineData(2)]
    public void Generated_events_on_one_table_give_the_same_patterns(int seed)
    {
        using var events = new PostgresEvents(PostgresEvents.OriginalSchema);
        SampleEvents.Generate(seed).AddTo(events);

        AssertSame(events, TimeWindow.Always);
        AssertSame(events, s_half, minimumSessions: 3, maximumLength: 3);
    }

    [StoreFact]
    public void Partitions_give_the_same_patterns()
    {
        using var events = new PostgresEvents(Partitions);
        SampleEvents.Generate(3).AddTo(events, withPayload: false);

        AssertSame(events, TimeWindow.Always);
    }

    [StoreFact]
    public void Several_servers_give_the_same_patterns()
    {
        using var events = new PostgresNodes(3);
        SampleEvents.Generate(4).AddTo(events, withPayload: false);
        Assert.All(events.EventsOfNodes(), count => Assert.True(count > 500));

        AssertSame(events, TimeWindow.Always);
        AssertSame(events, s_half);
    }

    [ReferenceEventsFact]
    public void The_reference_events_give_the_same_patterns()
    {
        using var events = new PostgresEvents(PostgresEvents.OriginalSchema);
        SampleEvents.Reference().AddTo(events);

        AssertSame(events, TimeWindow.Always);
    }

    [StoreFact]
    public void Long_repeated_sessions_give_the_same_patterns()
    {
        using var events = new PostgresEvents();
        var random = new Random(5);
        var long1 = Enumerable.Range(0, 120).Select(_ => $"Tool{random.Next(12)}").ToArray();
        for (var session = 0; session < 4; session++)
            events.AddSession(
                $"s{session}",
                new DateTimeOffset(2026, 3, 2, session, 0, 0, TimeSpan.Zero),
                [.. long1[..(120 - session * 7)], "End"]
            );
        events.AddSession("same", new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero), [.. Enumerable.Repeat("Bash", 40)]);
        events.Execute("ALTER TABLE hook_events ALTER timestamp TYPE TIMESTAMPTZ USING timestamp::timestamptz");

        AssertSame(events, TimeWindow.Always);
    }

    [StoreFact]
    public void More_activities_than_there_are_single_bytes_give_the_same_patterns()
    {
        using var events = new PostgresEvents(
            "CREATE TABLE hook_events (id BIGSERIAL, session_id TEXT, event_type TEXT, tool_name TEXT, timestamp TIMESTAMP)"
        );
        events.Execute(
            """
            INSERT INTO hook_events (session_id, event_type, tool_name, timestamp)
            SELECT 'session-' || n / 50, 'PreToolUse', 'Tool' || CASE WHEN n % 7 < 3 THEN n % 7 ELSE n::bigint * n % 197 END,
                '2026-03-02'::timestamp + n * interval '1 second'
            FROM generate_series(1, 3000) n
            """
        );
        Assert.True(events.Scalar<long>("SELECT count(DISTINCT tool_name) FROM hook_events") > 94);

        AssertSame(events, TimeWindow.Always);
    }

    [StoreTheory]
    [InlineData(11)]
    [InlineData(12)]
    public void Filters_leave_the_same_patterns(int seed)
    {
        using var events = new PostgresEvents(PostgresEvents.OriginalSchema);
        SampleEvents.Generate(seed).AddTo(events);
        events.Execute("UPDATE hook_events SET source_app = CASE id % 5 WHEN 0 THEN 'Web' WHEN 1 THEN 'web-2' ELSE 'app' END");
        var query = new EventQuery { Window = TimeWindow.Always };
        var tool = new ActivityOptions { Model = ActivityModel.Tool };

        AssertSame(events.Database, query with { SessionFilter = WildcardFilter.Of("SESSION-[1-3]*", "session-4?") }, tool);
        AssertSame(events.Database, query with { SourceAppFilter = WildcardFilter.Of("WEB*") }, tool);
        AssertSame(events.Database, query with { EventTypes = ["Notification"] }, tool);
        AssertSame(events.Database, query, tool with { ExcludeFilter = WildcardFilter.Of("read", "*branch") });
        AssertSame(
            events.Database,
            query with
            {
                Window = s_half,
                SessionFilter = WildcardFilter.Of("*[02468]"),
                SourceAppFilter = WildcardFilter.Of("web", "app"),
            },
            tool with
            {
                ExcludeFilter = WildcardFilter.Of("Write"),
            }
        );
    }

    [StoreTheory]
    [InlineData("TIMESTAMP")]
    [InlineData("TIMESTAMPTZ")]
    public void Events_of_no_named_session_are_cut_at_pauses(string type)
    {
        using var events = new PostgresEvents(PostgresEvents.OriginalSchema);
        SampleEvents.Generate(13).AddTo(events);
        events.Execute(
            $"""
            ALTER TABLE hook_events ALTER timestamp TYPE {type};
            UPDATE hook_events SET session_id = (ARRAY['Unknown', 'null', 'unknown/4', 'N/A', 'n/a/7'])[1 + id % 5] WHERE id % 2 = 0;
            UPDATE hook_events SET timestamp = timestamp + (id % 40) * interval '61 minutes' WHERE id % 2 = 0
            """
        );
        var tool = new ActivityOptions { Model = ActivityModel.Tool };

        AssertSame(events.Database, new EventQuery(), tool);
        AssertSame(events.Database, new EventQuery(), tool with { IdleMinutes = 1, ExcludeFilter = WildcardFilter.Of("Read") });
    }

    [StoreFact]
    public void Windows_that_overlap_are_saved_as_the_engine_in_memory_saves_them()
    {
        using var memory = new PostgresEvents(PostgresEvents.OriginalSchema);
        using var counted = new PostgresEvents(PostgresEvents.OriginalSchema);
        foreach (var (events, engine) in new[] { (memory, AnalysisEngine.Memory), (counted, AnalysisEngine.Database) })
        {
            SampleEvents.Generate(6).AddTo(events);
            foreach (var (from, to) in new[] { (0, 15), (10, 25), (5, 30), (0, 60) })
            {
                var start = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
                Analyze(events, Options(new TimeWindow(start.AddMinutes(from), start.AddMinutes(to)), engine));
            }
        }

        Assert.Equal(memory.Rows("pattern_sightings"), counted.Rows("pattern_sightings"));
        Assert.Equal(Stored(memory), Stored(counted));
    }

    [StoreFact]
    public void A_second_run_by_the_other_engine_changes_nothing()
    {
        using var events = new PostgresEvents(PostgresEvents.OriginalSchema + PostgresEvents.OriginalPatternSchema);
        SampleEvents.Generate(7).AddTo(events);
        var first = Analyze(events, Options(TimeWindow.Always, AnalysisEngine.Memory));
        Assert.True(first.NewPatterns > 100);

        foreach (var engine in new[] { AnalysisEngine.Database, AnalysisEngine.Memory })
            Assert.Equal((0, 0, first.NewPatterns), Changes(Analyze(events, Options(TimeWindow.Always, engine))));

        static (int, int, int) Changes(AnalysisSummary summary) =>
            (summary.NewPatterns, summary.UpdatedPatterns, summary.UnchangedPatterns);
    }

    [StoreFact]
    public void Every_so_many_th_session_is_the_same_one_though_sessions_began_together()
    {
        using var events = new PostgresEvents(
            "CREATE TABLE hook_events (id BIGSERIAL, session_id TEXT, event_type TEXT, tool_name TEXT, timestamp TIMESTAMP)"
        );
        events.Execute(
            """
            INSERT INTO hook_events (session_id, event_type, tool_name, timestamp)
            SELECT CASE WHEN n % 40 < 5 THEN 'unknown' WHEN n % 2 = 0 THEN 's-' || n % 40 ELSE 'S-' || n % 40 END, 'PreToolUse',
                'Tool' || n * 7919 % 11, '2026-03-02'::timestamp + (n % 3 + n / 400 * 90) * interval '1 minute'
            FROM generate_series(1, 2000) n
            """
        );
        var activity = new ActivityOptions { Model = ActivityModel.Tool };
        using var counter = new PostgresPatternCounter((PostgresDatabase)events.Database.Sql, null, fewEvents: -1);
        var counted = CountingMiner.Run(counter, new EventQuery(), activity, new MiningOptions(), CancellationToken.None)!;
        var sequencer = new EventSequencer(new EventQuery(), activity);
        events.Database.Events.Read(sequencer.StoreQuery, sequencer, CancellationToken.None);
        var read = PatternMiner.Run(sequencer.Build(), new MiningOptions(), CancellationToken.None);

        Assert.True(counted.SessionCount > 40);
        Assert.Equal((read.SessionCount, read.StepCount), (counted.SessionCount, counted.StepCount));
        foreach (var every in new[] { 1, 2, 3, 7, 100 })
        {
            var (a, b) = (read.Sample(every, CancellationToken.None)!, counted.Sample(every, CancellationToken.None)!);
            Assert.Equal(a.Starts, b.Starts);
            Assert.Equal(
                a.Steps.Select(step => read.Corpus!.Activity(step)),
                b.Steps.Select(step => ((CountedRun)counted).Counts.Activity((char)step))
            );
        }
    }

    [StoreTheory]
    [InlineData("")]
    [InlineData("ALTER SERVER node_1 OPTIONS (ADD application_name 'coordinator')")]
    public void Nodes_count_themselves_where_they_can_be_reached_and_the_coordinator_does_where_not(string hindrance)
    {
        using var events = new PostgresNodes(2);
        SampleEvents.Generate(8).AddTo(events, withPayload: false);
        if (hindrance.Length > 0)
            events.Execute(hindrance);
        using var connection = new NpgsqlConnection(events.Address);
        connection.Open();

        var nodes = CountingNode.Find(connection);

        Assert.Equal(hindrance.Length == 0 ? 2 : 0, nodes.Count);
        Assert.All(nodes, node => Assert.DoesNotContain("5439", node.Name, StringComparison.Ordinal));
        AssertSame(events, TimeWindow.Always);
    }

    [StoreFact]
    public void A_run_leaves_nothing_in_the_database_and_does_with_the_right_to_read()
    {
        using var events = new PostgresEvents(PostgresEvents.OriginalSchema);
        SampleEvents.Generate(9).AddTo(events);
        var reader = $"reader_{Guid.NewGuid():N}";
        events.Execute(
            $"CREATE ROLE {reader} LOGIN; GRANT USAGE ON SCHEMA {events.Schema} TO {reader}; GRANT SELECT ON hook_events TO {reader}"
        );
        var before = events.State();

        AssertSame(
            PatternDatabase.Open($"{events.Address};Username={reader};Options='-c default_transaction_read_only=on'"),
            TimeWindow.Always
        );

        Assert.Equal(before, events.State());
    }

    private static void AssertSame(
        EventDatabase events,
        TimeWindow window,
        int minimumSessions = 2,
        int maximumLength = MiningOptions.LengthGuard
    ) => AssertSame(events.Database, window, minimumSessions, maximumLength);

    private static void AssertSame(
        PatternDatabase events,
        TimeWindow window,
        int minimumSessions = 2,
        int maximumLength = MiningOptions.LengthGuard
    ) =>
        AssertSame(
            events,
            new EventQuery { Window = window },
            new ActivityOptions { Model = ActivityModel.Tool },
            new MiningOptions { MinimumSessions = minimumSessions, MaximumLength = maximumLength }
        );

    private static void AssertSame(PatternDatabase events, EventQuery query, ActivityOptions activity, MiningOptions? mining = null)
    {
        AnalysisOptions With(AnalysisEngine engine) =>
            new()
            {
                Query = query,
                Activity = activity,
                Mining = mining ?? new MiningOptions(),
                Engine = engine,
                ReportWindow = s_half,
                DryRun = true,
            };
        var (a, b) = (
            CountingDatabase.Analyze(events, With(AnalysisEngine.Memory)),
            CountingDatabase.Analyze(events, With(AnalysisEngine.Database))
        );

        Assert.True(a.PatternsFound > 10);
        Assert.Equal(
            (a.EventCount, a.TotalSessions, a.TotalSavings, a.WorthAutomating, a.WindowSessions, a.WindowSteps),
            (b.EventCount, b.TotalSessions, b.TotalSavings, b.WorthAutomating, b.WindowSessions, b.WindowSteps)
        );
        Assert.Equal(a.Excluded.OrderBy(entry => entry.Key), b.Excluded.OrderBy(entry => entry.Key));
        var (ofMemory, ofDatabase) = (a.Patterns, b.Patterns);
        Assert.Equal(ofMemory.Select(Counts), ofDatabase.Select(Counts));
        foreach (var (x, y) in ofMemory.Zip(ofDatabase))
        {
            // The database is asked for the sessions of patterns that are stored.
            if (y.ExampleSessions.Length > 0)
                Assert.Equal(x.Sessions, y.Sessions);
            Assert.Equal(x.ConfidenceScore, y.ConfidenceScore, 1e-9);
            AssertClose(x.ExpectedCount, y.ExpectedCount);
            AssertClose(x.PValue, y.PValue);
            AssertClose(x.Dispersion ?? 0, y.Dispersion ?? 0);
        }

        Assert.Contains(ofDatabase, pattern => pattern.ExampleSessions.Length > 0);

        static void AssertClose(double x, double y) => Assert.InRange(y, x - 1e-9 * Math.Abs(x), x + 1e-9 * Math.Abs(x));
        static string Counts(ClassifiedPattern pattern) =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{pattern.ToolSequence} {pattern.SessionCount} {pattern.OccurrenceCount} "
                    + $"{pattern.RawCount} {pattern.Status} {pattern.Danger.Level} {pattern.Worth?.Rank} {pattern.Worth?.PartOf}"
            );
    }

    private static AnalysisOptions Options(TimeWindow window, AnalysisEngine engine) =>
        new()
        {
            Query = new EventQuery { Window = window },
            Activity = new ActivityOptions { Model = ActivityModel.Tool },
            Engine = engine,
        };

    private static AnalysisSummary Analyze(EventDatabase events, AnalysisOptions options) =>
        CountingDatabase.Analyze(events.Database, options);

    private static string[] Stored(EventDatabase events) =>
        [
            .. events
                .Database.Approvals.Find(new ApprovalQuery())
                .Select(row =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{row.PatternId} {row.Status} {row.OccurrenceCount} "
                            + $"{row.ConfidenceScore:0.000000} {string.Join(' ', row.ExampleSessions)}"
                    )
                ),
        ];
}
