using Dapper;
using PatternAnalysis.Events;
using PatternAnalysis.Sequences;
using PatternAnalysis.Storage.Postgres;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests;

/// <summary>What reading promises on PostgreSQL.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresReadTests : ReadTests
{
    [StoreTheory]
    [InlineData("TEXT", "2026-03-02T10:00:00Z")]
    [InlineData("TEXT", "2026-03-01T20:00:00-14:00")]
    [InlineData("TEXT", "2026-03-03T00:00:00+1400")]
    [InlineData("VARCHAR(40)", "1772445600.25")]
    [InlineData("TIMESTAMP", "2026-03-02 10:00:00.123456")]
    [InlineData("TIMESTAMPTZ", "2026-03-02 12:00:00+02")]
    [InlineData("BIGINT", "1772445600000")]
    [InlineData("INTEGER", "1772445600")]
    [InlineData("DOUBLE PRECISION", "1772445600.75")]
    [InlineData("NUMERIC", "1772445600.75")]
    public void Every_stored_form_of_a_time_is_read(string type, string timestamp)
    {
        using var events = new PostgresEvents(
            $"CREATE TABLE hook_events (session_id TEXT, event_type TEXT, tool_name TEXT, timestamp {type})"
        );
        events.Add("s", "tool_use", "Read", timestamp);

        var sequence = Assert.Single(Read(events, Day).Sequences());

        Assert.Equal(Day.Since!.Value.AddHours(10), sequence.FirstSeen!.Value, TimeSpan.FromSeconds(1));
    }

    [StoreFact]
    public void A_view_that_never_ends_is_refused_at_once()
    {
        using var events = new PostgresEvents(
            "CREATE VIEW hook_events AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x AS id, "
                + "'s' AS session_id, 'tool_use' AS event_type, 'Read' AS tool_name, '2026-03-02 10:00:00' AS timestamp FROM c"
        );

        Assert.Equal("EndlessView", Assert.Throws<PatternAnalysisException>(() => Read(events, Day)).ErrorId);
    }

    [StoreTheory]
    [InlineData("TIMESTAMP")]
    [InlineData("TIMESTAMPTZ")]
    public void The_window_is_half_open_and_a_time_that_is_none_is_counted(string type)
    {
        using var events = new PostgresEvents(
            $"CREATE TABLE hook_events (session_id TEXT, event_type TEXT, tool_name TEXT, timestamp {type})"
        );
        foreach (
            var timestamp in new[]
            {
                "2026-03-01 23:59:59.999999",
                "2026-03-02 00:00:00",
                "2026-03-02 23:59:59.999999",
                "2026-03-03 00:00:00",
                "infinity",
                "-infinity",
                null,
            }
        )
            events.Add("s", "tool_use", "Read", timestamp);

        var corpus = Read(events, Day);

        Assert.Equal(2, corpus.StepCount);
        Assert.Equal(new Dictionary<string, long> { ["unreadable_timestamp"] = 3 }, corpus.Reading.Excluded);
    }

    [StoreTheory]
    [InlineData("TIMESTAMP")]
    [InlineData("TEXT")]
    public void Local_times_are_read_in_the_zone_that_was_given(string type)
    {
        using var events = new PostgresEvents(
            $"CREATE TABLE hook_events (session_id TEXT, event_type TEXT, tool_name TEXT, timestamp {type})"
        );
        events
            .Add("before", "tool_use", "Read", "2026-03-02 00:59:59")
            .Add("in", "tool_use", "Read", "2026-03-02 01:00:00")
            .Add("after", "tool_use", "Read", "2026-03-03 01:00:00");
        var database = PatternDatabase.Open(
            events.Address,
            new DatabaseOptions { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") }
        );
        var sequencer = new EventSequencer(new EventQuery { Window = Day });

        database.Events.Read(sequencer.StoreQuery, sequencer, CancellationToken.None);

        var sequence = Assert.Single(sequencer.Build().Sequences());
        Assert.Equal(("in", Day.Since), (sequence.SessionId, sequence.FirstSeen));
    }

    [StoreFact]
    public void Hostile_event_types_are_values_and_nothing_else()
    {
        using var events = Create();
        string[] hostile = ["'; DROP TABLE hook_events; --", "a\\' OR true --", "{x,\"y\"}", "%1$s", "NULL", "\u2192"];
        foreach (var type in hostile)
            events.Add("s", type, "Read", "2026-03-02 10:00:00");
        events.Add("s", "other", "Edit", "2026-03-02 10:00:00");

        Assert.Equal(hostile.Length, Read(events, Day, hostile).StepCount);
        Assert.Equal(hostile.Length + 1, events.Scalar<long>("SELECT count(*) FROM hook_events"));
    }

    [StoreFact]
    public void A_view_and_other_types_of_columns_are_read_as_well()
    {
        using var events = new PostgresEvents(
            """
            CREATE TABLE raw (id INT, s UUID, e VARCHAR, t "char", at TIMESTAMP);
            CREATE VIEW hook_events AS SELECT id, s AS session_id, e AS event_type, t AS tool_name, at AS "timestamp" FROM raw;
            INSERT INTO raw VALUES (2, '6f1b0f6c-0d7b-4b3f-8a57-1d5a8c3a9e10', 'tool_use', 'E', '2026-03-02 10:00:00'), (1,
                '6f1b0f6c-0d7b-4b3f-8a57-1d5a8c3a9e10', 'tool_use', 'R', '2026-03-02 10:00:00')
            """
        );

        var sequence = Assert.Single(Read(events, Day).Sequences());

        Assert.Equal(("6f1b0f6c-0d7b-4b3f-8a57-1d5a8c3a9e10", "R→E"), (sequence.SessionId, sequence.Text));
    }

    [StoreTheory]
    [InlineData("")]
    [InlineData("PARTITION BY HASH (session_id)")]
    public void Several_connections_read_what_one_reads(string partitioning)
    {
        using var events = new PostgresEvents(
            $"CREATE TABLE hook_events (id BIGINT, session_id TEXT, event_type TEXT, tool_name TEXT, timestamp TIMESTAMP) {partitioning}"
        );
        if (partitioning.Length > 0)
            events.Execute(
                string.Concat(
                    Enumerable
                        .Range(0, 3)
                        .Select(part => $"CREATE TABLE part_{part} PARTITION OF hook_events FOR VALUES WITH (MODULUS 3, REMAINDER {part});")
                )
            );
        events.Execute(
            """
            INSERT INTO hook_events SELECT n, 'session-' || n % 100, 'tool_use', 'Tool' || n * n % 13,
                '2026-03-02'::timestamp + n * interval '1 second' FROM generate_series(1, 20000) n;
            DELETE FROM hook_events WHERE id % 17 = 0
            """
        );
        var database = new PostgresDatabase(PostgresAddress.Parse(events.Address, DatabaseOptions.None));
        SequenceCorpus ReadBy(int pagesPerPart)
        {
            var sequencer = new EventSequencer(new EventQuery { Window = Day });
            new PostgresHookEventReader(database, null, connections: 3, pagesPerPart).Read(
                sequencer.StoreQuery,
                sequencer,
                CancellationToken.None
            );
            return sequencer.Build();
        }

        string[] Texts(SequenceCorpus corpus) =>
            [.. corpus.Sequences().Select(sequence => $"{sequence.SessionId}: {sequence.Text}").Order()];

        var one = ReadBy(1_000_000);
        Assert.Equal(20000 - (20000 / 17), one.StepCount);
        Assert.Equal(Texts(one), Texts(ReadBy(7)));
    }

    [StoreFact]
    public void A_row_longer_than_the_buffer_is_read()
    {
        using var events = new PostgresEvents(PostgresEvents.OriginalSchema);
        events
            .AddCall(
                "s",
                "PreToolUse",
                "Bash",
                "2026-03-02 10:00:00",
                "{\"x\":\"" + new string('x', 3_000_000) + "\",\"tool_use_id\":\"a\"}"
            )
            .AddCall("s", "PostToolUse", "Bash", "2026-03-02 10:00:01", "{\"tool_use_id\":\"a\"}");

        Assert.Equal("Bash", Assert.Single(Read(events, Day, "PreToolUse", "PostToolUse").Sequences()).Text);
    }

    [StoreTheory]
    [InlineData(1_000_000)]
    [InlineData(100)]
    public void Cancelling_stops_in_the_midst_of_the_rows_and_leaves_no_statement_running(int pagesPerPart)
    {
        using var events = new PostgresEvents(
            "CREATE TABLE hook_events (session_id TEXT, event_type TEXT, tool_name TEXT, timestamp TIMESTAMP)"
        );
        events.Execute("INSERT INTO hook_events SELECT 's', 'tool_use', 'Read', '2026-03-02' FROM generate_series(1, 300000)");
        var database = new PostgresDatabase(PostgresAddress.Parse(events.Address, DatabaseOptions.None));
        using var cancel = new CancellationTokenSource();
        var sink = new CancellingSink(cancel);

        Assert.ThrowsAny<OperationCanceledException>(() =>
            new PostgresHookEventReader(database, null, connections: 3, pagesPerPart).Read(new EventQuery(), sink, cancel.Token)
        );

        Assert.InRange(sink.Count, CancellingSink.Enough, 299_999);
        const string Active = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'PatternAnalysis' AND state = 'active'";
        Assert.True(SpinWait.SpinUntil(() => events.Scalar<long>(Active) == 0, TimeSpan.FromMinutes(3)));
    }

    [StoreFact]
    public void What_is_missing_is_named()
    {
        using var events = new PostgresEvents("CREATE TABLE other (a INT)");
        Assert.Equal("TableNotFound", ErrorOf(events.Address).ErrorId);

        events.Execute("CREATE TABLE hook_events (session_id TEXT, event_type TEXT, timestamp TIMESTAMP)");
        Assert.Equal("ColumnNotFound", ErrorOf(events.Address).ErrorId);
        Assert.Contains("tool_name", ErrorOf(events.Address).Message, StringComparison.Ordinal);

        Assert.Equal(
            "DatabaseNotFound",
            ErrorOf(events.Address.Replace("Database=postgres", "Database=nowhere", StringComparison.Ordinal)).ErrorId
        );
        Assert.Equal("DatabaseUnreachable", ErrorOf("postgres://user:secret@127.0.0.1:1/x").ErrorId);
        Assert.DoesNotContain("secret", ErrorOf("postgres://user:secret@127.0.0.1:1/x").Message, StringComparison.Ordinal);
    }

    [StoreFact]
    public void Reading_needs_no_more_than_the_right_to_read()
    {
        using var events = new PostgresEvents(PostgresEvents.OriginalSchema);
        events.AddSession("s", Day.Since!.Value, "Read", "Edit");
        Assert.Equal(2, events.Database.Steps.Derive().EventCount);
        events.Execute(
            "DROP ROLE IF EXISTS reader; CREATE ROLE reader LOGIN; DO $$ BEGIN EXECUTE "
                + "format('GRANT USAGE ON SCHEMA %I TO reader', current_schema); END $$"
        );
        var asReader = events.Address.Replace("Username=tester", "Username=reader", StringComparison.Ordinal);
        Assert.Equal("DatabaseUnreadable", ErrorOf(asReader).ErrorId);

        events.Execute("GRANT SELECT ON hook_events TO reader");
        var sequencer = new EventSequencer(new EventQuery { Window = Day });
        PatternDatabase.Open(asReader).Events.Read(sequencer.StoreQuery, sequencer, CancellationToken.None);
        Assert.Equal(2, sequencer.Build().StepCount);
        events.Execute("DROP OWNED BY reader");
    }

    protected override EventDatabase Create() => new PostgresEvents();

    protected override EventDatabase CreateOriginal() => new PostgresEvents(PostgresEvents.OriginalSchema);

    private sealed class CancellingSink(CancellationTokenSource cancel) : IHookEventSink
    {
        public const int Enough = 5000;

        private int _count;

        public int Count => _count;

        public void Add(in HookEventRow row)
        {
            if (Interlocked.Increment(ref _count) == Enough)
                cancel.Cancel();
        }

        public IHookEventSink? Fork() => this;

        public void Restart() => throw new NotSupportedException();
    }
}
