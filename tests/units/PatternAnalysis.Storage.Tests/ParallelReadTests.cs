using Dapper;
using PatternAnalysis.Activities;
using PatternAnalysis.Events;
using PatternAnalysis.Options;
using PatternAnalysis.Sequences;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests;

/// <summary>
/// Large tables are read in parts by several connections, by whatever index there is; nothing of that shows in the result.
/// </summary>
public sealed class ParallelReadTests
{
    private const int Rows = 260_000;

    // Sessions in turn; times that are missing, numbers, unreadable or of another century; two types of which one is wanted.
    private const string Fill = """
        WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < @Rows - 1)
        INSERT INTO hook_events (session_id, event_type, tool_name, timestamp)
        SELECT 's' || (i * 7919 % 997), CASE i % 2 WHEN 0 THEN 'PreToolUse' ELSE 'PostToolUse' END, 't' || (i * i % 11),
            CASE i % 1000 WHEN 0 THEN NULL WHEN 2 THEN 1772445600 + i WHEN 4 THEN 'soon' WHEN 6 THEN '1999-12-31 23:59:59'
                WHEN 8 THEN '20th of May'
                ELSE strftime('%Y-%m-%d %H:%M:%f', 1772445600 + (CASE WHEN i % 500 = 10 THEN i - 90000 ELSE i END) / 4.0, 'unixepoch') END
        FROM n
        """;

    private const string ManyIndexes = """
        CREATE INDEX by_time ON hook_events (timestamp);
        CREATE INDEX by_type ON hook_events (event_type);
        CREATE INDEX by_session ON hook_events (session_id);
        """;

    private static readonly TimeWindow s_anyTime = TimeWindow.Always;
    private static readonly TimeWindow s_hours = new(
        DateTimeOffset.FromUnixTimeSeconds(1772445600 + 20_000),
        DateTimeOffset.FromUnixTimeSeconds(1772445600 + 50_000)
    );
    private static readonly TimeWindow s_minutes = new(
        DateTimeOffset.FromUnixTimeSeconds(1772445600 + 20_000),
        DateTimeOffset.FromUnixTimeSeconds(1772445600 + 20_060)
    );

    [Theory]
    [InlineData("")]
    [InlineData(ManyIndexes)]
    [InlineData("CREATE INDEX covering ON hook_events (event_type, timestamp, session_id, tool_name);")]
    [InlineData(ManyIndexes, "*[13579]")]
    public void The_parts_make_up_what_one_connection_reads(string indexes, string sessions = "*")
    {
        using var events = new SqliteEvents();
        using (var connection = events.Open())
            connection.Execute(Fill + ";" + indexes, new { Rows });

        foreach (var window in (TimeWindow[])[s_anyTime, s_hours, s_minutes])
        {
            var query = new EventQuery
            {
                EventTypes = ["PreToolUse"],
                Window = window,
                SessionFilter = WildcardFilter.Of(sessions),
            };
            var parts = Read(events, query);
            var whole = Read(events, query, inParts: false);

            Assert.True(whole.StepCount > 0);
            Assert.Equal(whole.Reading.EventCount, parts.Reading.EventCount);
            Assert.Equal(whole.Reading.Excluded.OrderBy(entry => entry.Key), parts.Reading.Excluded.OrderBy(entry => entry.Key));
            Assert.Equal(whole.Sequences().Select(Describe), parts.Sequences().Select(Describe));
        }
    }

    [Fact]
    public void Reading_in_parts_stops_when_it_is_asked_to()
    {
        using var events = new SqliteEvents();
        using (var connection = events.Open())
            connection.Execute(Fill, new { Rows });
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
        var query = new EventQuery { EventTypes = ["PreToolUse"] };

        void ReadForEver()
        {
            while (true)
                events.Database.Events.Read(
                    query,
                    new EventSequencer(query, new ActivityOptions { Model = ActivityModel.Tool }),
                    stop.Token
                );
        }

        Assert.ThrowsAny<OperationCanceledException>(ReadForEver);
    }

    private static SequenceCorpus Read(SqliteEvents events, EventQuery query, bool inParts = true)
    {
        var sequencer = new EventSequencer(query, new ActivityOptions { Model = ActivityModel.Tool });
        IHookEventSink sink = inParts ? sequencer : new OneThread(sequencer);
        events.Database.Events.Read(sequencer.StoreQuery, sink, CancellationToken.None);
        return sequencer.Build();
    }

    private static (string, string, int, DateTimeOffset?, DateTimeOffset?) Describe(ToolSequence sequence) =>
        (sequence.SessionId, sequence.Text, sequence.EventCount, sequence.FirstSeen, sequence.LastSeen);

    /// <summary>A sink that all rows must come to from one thread.</summary>
    private sealed class OneThread(IHookEventSink sink) : IHookEventSink
    {
        public void Add(in HookEventRow row) => sink.Add(row);

        public void Restart() => sink.Restart();
    }
}
