using Dapper;
using PatternAnalysis.Storage.Tests.Support;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Storage.Tests.Steps;

/// <summary>
/// Whatever kind of table <c>hook_events</c> is, readings with derived steps give what readings without them give; where its rows have no
/// numbers, nothing is derived.
/// </summary>
public abstract class DerivedTableTests
{
    private protected const string Columns = "session_id, event_type, tool_name, timestamp, payload, source_app";
    private protected const string Values = "@SessionId, @Type, @Tool, @Timestamp, @Payload, @Application";

    private protected static void AssertSame(EventDatabase events, bool derives, string insert)
    {
        var random = new Random(5);
        var any = AnyEvents.Generate(random, 800);
        Add(events, insert, any[..500], 0);
        var steps = events.Database.Steps;
        (steps.Derivation.BatchCount, steps.Derivation.BlockCount) = (100, 150);
        Assert.Equal(derives, steps.Derive().EventCount > 0);
        Add(events, insert, any[500..], 500);

        for (var i = 0; i < 12; i++)
        {
            var (query, activity) = (AnyReading.Query(random), AnyActivity.Options(random));
            Assert.Equal(
                AnyReading.Describe(events, query, activity, derived: false).Split('\n'),
                AnyReading.Describe(events, query, activity).Split('\n')
            );
        }
    }

    private static void Add(EventDatabase events, string insert, AnyEvent[] added, int before)
    {
        using var connection = events.Open();
        using var transaction = connection.BeginTransaction();
        foreach (var (place, any) in added.Index())
        {
            connection.Execute(
                insert,
                new
                {
                    any.SessionId,
                    any.Type,
                    any.Tool,
                    any.Timestamp,
                    any.Payload,
                    any.Application,
                    Place = (long)(before + place),
                },
                transaction
            );
        }

        transaction.Commit();
    }
}

public sealed class SqliteDerivedTableTests : DerivedTableTests
{
    // Unix time where the text is one that SQLite reads.
    private const string Seconds = "coalesce((julianday(@Timestamp) - 2440587.5) * 86400, @Timestamp)";

    [Theory]
    [InlineData(true, "CREATE TABLE hook_events (session_id, event_type, tool_name, timestamp, payload, source_app)")]
    [InlineData(true, "CREATE TABLE hook_events (id TEXT PRIMARY KEY DEFAULT (hex(randomblob(8))), {0})")]
    [InlineData(
        true,
        "CREATE TABLE hook_events (s, e, t, at, p, a, session_id AS (s) STORED, event_type AS (e), tool_name AS (t) STORED, "
            + "timestamp AS (at), payload AS (p), source_app AS (a))",
        "s, e, t, at, p, a"
    )]
    [InlineData(true, "CREATE TABLE hook_events (id INTEGER PRIMARY KEY, {0})", Columns, Seconds)]
    [InlineData(
        true,
        "CREATE TABLE hook_events (session_id, event_type, tool_name, timestamp REAL, payload, source_app)",
        Columns,
        Seconds
    )]
    [InlineData(
        true,
        "CREATE TABLE hook_events (session_id, event_type, tool_name, timestamp INTEGER, payload, source_app)",
        Columns,
        "CAST(" + Seconds + " * 1000 AS INTEGER)"
    )]
    [InlineData(false, "CREATE TABLE hook_events (id INTEGER PRIMARY KEY, {0}) WITHOUT ROWID", "id, " + Columns, "@Timestamp", "@Place, ")]
    [InlineData(false, "CREATE TABLE hook_events (rowid TEXT, {0})")]
    [InlineData(
        false,
        "CREATE TABLE kept (id INTEGER PRIMARY KEY, {0}); CREATE VIEW hook_events AS SELECT * FROM kept; "
            + "CREATE TRIGGER put INSTEAD OF INSERT ON hook_events BEGIN INSERT INTO kept ("
            + Columns
            + ") VALUES (new.session_id, new.event_type, new.tool_name, new.timestamp, new.payload, new.source_app); END"
    )]
    public void Any_SQLite_table_gives_the_same_with_steps(
        bool derives,
        string schema,
        string columns = Columns,
        string time = "@Timestamp",
        string id = ""
    )
    {
        using var events = new SqliteEvents(
            schema.Replace(
                "{0}",
                "session_id TEXT, event_type TEXT, tool_name TEXT, timestamp, payload TEXT, source_app TEXT",
                StringComparison.Ordinal
            )
        );
        AssertSame(
            events,
            derives,
            $"INSERT INTO hook_events ({columns}) VALUES ({id}{Values.Replace("@Timestamp", time, StringComparison.Ordinal)})"
        );
    }
}

[Collection(PostgresTests.Name)]
public sealed class PostgresDerivedTableTests : DerivedTableTests
{
    // An id that two sessions have stands for an event in each, but where events may have no session nothing tells two of those apart.
    [StoreTheory]
    [InlineData(true, "UNIQUE (id, session_id)) PARTITION BY HASH (session_id)", "@Place / 2", "TEXT NOT NULL")]
    [InlineData(false, "UNIQUE (id, session_id)) PARTITION BY HASH (session_id)", "@Place / 2")]
    [InlineData(true, "PRIMARY KEY (id))", "@Place")]
    [InlineData(false, "UNIQUE (id, event_type, session_id)) PARTITION BY HASH (session_id)", "@Place")]
    [InlineData(false, "CHECK (id >= 0))", "@Place")]
    public void Any_PostgreSQL_table_gives_the_same_with_steps(bool derives, string end, string number, string session = "TEXT")
    {
        using var events = new PostgresEvents(
            $"CREATE TABLE hook_events (id BIGINT NOT NULL, session_id {session}, event_type TEXT, tool_name TEXT, timestamp TEXT, "
                + $"payload TEXT, source_app TEXT, {end}"
        );
        if (end.Contains("HASH", StringComparison.Ordinal))
        {
            for (var part = 0; part < 3; part++)
                events.Execute($"CREATE TABLE part_{part} PARTITION OF hook_events FOR VALUES WITH (MODULUS 3, REMAINDER {part})");
        }

        var values = session == "TEXT" ? Values : Values.Replace("@SessionId", "coalesce(@SessionId, '')", StringComparison.Ordinal);
        AssertSame(events, derives, $"INSERT INTO hook_events (id, {Columns}) VALUES ({number}, {values}) ON CONFLICT DO NOTHING");
    }
}
