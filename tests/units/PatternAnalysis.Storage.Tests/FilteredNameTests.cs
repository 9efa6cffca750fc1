using System.Globalization;
using PatternAnalysis.Activities;
using PatternAnalysis.Events;
using PatternAnalysis.Options;
using PatternAnalysis.Sequences;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests;

/// <summary>A step is named by what recurs in all sessions, so that a routine has one id, whichever sessions are looked at.</summary>
public abstract class FilteredNameTests(EventDatabase events) : IDisposable
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] s_programs = ["npm run", "go test", "kubectl get", "make", "tofu"];

    public void Dispose()
    {
        events.Dispose();
        GC.SuppressFinalize(this);
    }

    [StoreTheory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_filter_changes_no_name(int seed)
    {
        AddSessions(new Random(seed));
        var all = Read(new EventQuery()).Sequences().ToDictionary(sequence => sequence.SessionId, sequence => sequence.Steps.ToArray());

        var some = Read(new EventQuery { SessionFilter = WildcardFilter.Of("session-1*") });
        var ofApp = Read(new EventQuery { SourceAppFilter = WildcardFilter.Of("web") });

        Assert.Equal(11, some.Count);
        Assert.All(some.Sequences(), sequence => Assert.Equal(all[sequence.SessionId], sequence.Steps));
        Assert.Equal(15, ofApp.Count);
        Assert.All(ofApp.Sequences(), sequence => Assert.Equal(all[sequence.SessionId], sequence.Steps));

        // What is counted is what was asked for.
        Assert.Equal(some.StepCount, some.Reading.EventCount);
        Assert.Equal(ofApp.StepCount, ofApp.Reading.EventCount);

        // By themselves these sessions hold too little for the same names.
        events.Execute("DELETE FROM hook_events WHERE session_id NOT LIKE 'session-1%'");
        Assert.Contains(Read(new EventQuery()).Sequences(), sequence => !sequence.Steps.SequenceEqual(all[sequence.SessionId]));
    }

    private SequenceCorpus Read(EventQuery query)
    {
        var sequencer = new EventSequencer(query, new ActivityOptions());
        events.Database.Events.Read(sequencer.StoreQuery, sequencer, CancellationToken.None);
        return sequencer.Build();
    }

    private static string NewCall(Random random)
    {
        var command = $"{s_programs[random.Next(5)]} part{random.Next(12)} --to {random.Next(4)}";
        return $$$"""{"tool_input": {"command": "{{{command}}}"}}""";
    }

    private void AddSessions(Random random) =>
        events.Execute(
            "INSERT INTO hook_events (session_id, event_type, tool_name, timestamp, payload, source_app) "
                + "VALUES (@session, 'PreToolUse', 'Bash', @time, @payload, @app)",
            Enumerable
                .Range(0, 30)
                .SelectMany(session =>
                    Enumerable
                        .Range(0, 12)
                        .Select(step => new
                        {
                            session = $"session-{session}",
                            time = new StoredText(
                                s_start.AddHours(session).AddSeconds(step).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
                            ),
                            payload = new StoredText(NewCall(random)),
                            app = session % 2 == 0 ? "web" : "shop",
                        })
                )
        );
}

/// <summary>The same on SQLite.</summary>
public sealed class SqliteFilteredNameTests() : FilteredNameTests(new SqliteEvents(SqliteEvents.OriginalSchema));

/// <summary>The same on PostgreSQL.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresFilteredNameTests() : FilteredNameTests(new PostgresEvents(PostgresEvents.OriginalSchema));
