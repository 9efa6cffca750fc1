using System.Globalization;
using System.Text.Json;
using PatternAnalysis.Activities;
using PatternAnalysis.Analysis;
using PatternAnalysis.Events;
using PatternAnalysis.Storage.Postgres;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests;

/// <summary>The database counts what it can and what is worth it; else the events are read, with the same result, and a word why.</summary>
[Collection(PostgresTests.Name)]
public sealed class DatabaseEngineChoiceTests
{
    private const long Uncounted = -1;

    [StoreFact]
    public void Few_events_are_read_and_give_the_summary_of_the_engine_in_memory_in_its_order()
    {
        using var events = new PostgresEvents(PostgresEvents.OriginalSchema);
        SampleEvents.Generate(31).AddTo(events);

        AssertRead(events.Database, "there are few enough to hold", PostgresPatternCounter.FewEvents);
    }

    [StoreTheory]
    [InlineData(0, true)]
    [InlineData(80_000, true)]
    [InlineData(120_000, false)]
    public void The_window_says_how_many_events_there_are(double few, bool isCounted)
    {
        using var events = new PostgresEvents(
            "CREATE TABLE hook_events (id BIGINT, session_id TEXT, event_type TEXT, tool_name TEXT, timestamp TIMESTAMP)"
        );
        events.Execute(
            """
            INSERT INTO hook_events
            SELECT n, 's' || n % 500, 'PreToolUse', 'T' || n % 7, '2026-03-02'::timestamp + n * interval '1 second'
            FROM generate_series(0, 199999) n;
            ANALYZE hook_events
            """
        );
        var start = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
        var window = new TimeWindow(start.AddSeconds(50_000), start.AddSeconds(150_000));
        using var counter = new PostgresPatternCounter((PostgresDatabase)events.Database.Sql, null, few);

        var counted = counter.CountEvents(new EventQuery { Window = window }, Tool, CancellationToken.None);

        Assert.Equal(isCounted, counted is not null);
        Assert.Equal(isCounted, counter.Declined is null);
        Assert.True(counted is null || counted.Reading.EventCount == 100_000);
    }

    [StoreFact]
    public void A_window_without_an_end_has_all_events_from_its_start()
    {
        using var events = new PostgresEvents(PostgresEvents.OriginalSchema);
        SampleEvents.Generate(32).AddTo(events);
        var since = new TimeWindow(new DateTimeOffset(2026, 3, 2, 0, 10, 0, TimeSpan.Zero), null);
        using var counter = new PostgresPatternCounter((PostgresDatabase)events.Database.Sql, null, Uncounted);

        Assert.NotNull(counter.CountEvents(new EventQuery { Window = since }, Tool, CancellationToken.None));
    }

    [StoreFact]
    public void A_replica_s_events_are_read()
    {
        var server = new PostgresServer(5445);
        using var events = new PostgresServerEvents(server);
        SampleEvents.Generate(33).AddTo(events);

        server.BecomeReplica();

        AssertRead(events.Database, "the server is a replica, which has no temporary tables to count in");
    }

    [StoreFact]
    public void A_role_without_temporary_tables_has_the_events_read()
    {
        var server = new PostgresServer(5447);
        using var events = new PostgresServerEvents(server);
        SampleEvents.Generate(34).AddTo(events);
        events.Execute(
            "CREATE ROLE reader LOGIN; GRANT SELECT ON hook_events TO reader; REVOKE TEMPORARY ON DATABASE postgres FROM public"
        );

        AssertRead(
            PatternDatabase.Open(server.Address.Replace("tester", "reader", StringComparison.Ordinal)),
            "the server refuses temporary tables to count in (GRANT TEMPORARY ON DATABASE)"
        );
    }

    [StoreFact]
    public void Times_that_the_server_can_not_compare_are_read()
    {
        using var texts = new PostgresEvents();
        SampleEvents.Generate(35).AddTo(texts, withPayload: false);
        using var zoneless = new PostgresEvents(PostgresEvents.OriginalSchema);
        SampleEvents.Generate(36).AddTo(zoneless);
        var elsewhere = new DatabaseOptions { TimeZone = TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(2), "test", "test") };

        AssertRead(texts.Database, "the server can't count where the column timestamp is no TIMESTAMP");
        AssertRead(
            PatternDatabase.Open(zoneless.Address, elsewhere),
            "the server can't count where times without a zone are another zone's",
            timeZone: elsewhere.TimeZone
        );
    }

    [StoreFact]
    public void A_file_is_refused_and_the_engine_named_that_reads_it()
    {
        using var sqlite = new SqliteEvents();
        foreach (var activity in new[] { Tool, new ActivityOptions() })
        {
            var error = Assert.Throws<PatternAnalysisException>(() =>
                new DailyAnalysis(sqlite.Database.Events, sqlite.Database.Approvals, openCounter: sqlite.Database.OpenCounter).Run(
                    new AnalysisOptions { Activity = activity, Engine = AnalysisEngine.Database }
                )
            );
            Assert.Equal("EngineUnsupported", error.ErrorId);
            Assert.Contains("-Engine Memory", error.Message, StringComparison.Ordinal);
        }
    }

    private static ActivityOptions Tool => new() { Model = ActivityModel.Tool };

    private static void AssertRead(PatternDatabase database, string because, double few = Uncounted, TimeZoneInfo? timeZone = null)
    {
        var said = new Stages();
        using var counter = new PostgresPatternCounter((PostgresDatabase)database.Sql, timeZone, few);
        var options = new AnalysisOptions { Activity = Tool, DryRun = true };
        AnalysisSummary Run(AnalysisEngine engine) =>
            new DailyAnalysis(database.Events, database.Approvals, openCounter: () => counter, nodeEvents: database.NodeEvents).Run(
                options with
                {
                    Engine = engine,
                },
                said
            );
        var (a, b) = (Run(AnalysisEngine.Memory), Run(AnalysisEngine.Database));

        Assert.True(a.PatternsFound > 10);
        Assert.Equal(Describe(a), Describe(b));
        Assert.Contains($"Reading hook events: {because}", said.Messages);

        static string Describe(AnalysisSummary summary) =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{summary.EventCount} {summary.TotalSessions} {summary.TotalSavings}\n{JsonSerializer.Serialize(summary.Patterns)}"
            );
    }

    private sealed class Stages : IProgress<AnalysisStage>
    {
        public List<string> Messages { get; } = [];

        public void Report(AnalysisStage value) => Messages.Add(value.Message);
    }
}
