using System.Globalization;
using System.Text.Json;
using Dapper;
using PatternAnalysis.Analysis;
using PatternAnalysis.Approvals;
using PatternAnalysis.Events;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests;

/// <summary>The same events give the same rows on SQLite and on PostgreSQL, to the last one.</summary>
[Collection(PostgresTests.Name)]
public sealed class SameResultsTests
{
    [StoreTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Generated_events_give_the_same_rows(int seed)
    {
        var random = new Random(seed);
        string[] tools = ["Read", "Edit", "Write", "Bash", "読む", "a→b", "it's", "\"q\"", "delete_branch", ""];
        var events = Enumerable.Range(0, 3000).Select(_ => new Event(
            $"session-{random.Next(60)}", random.Next(10) > 0 ? "PreToolUse" : "Notification", tools[Math.Min(random.Next(tools.Length), random.Next(tools.Length))],
            new DateTime(2026, 3, 2).AddSeconds(random.Next(2000)).ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture), "{}")).ToArray();

        AssertSame(events);
    }

    [ReferenceEventsFact]
    public void The_reference_events_give_the_same_rows() =>
        AssertSame([.. File.ReadLines(ReferenceEventsFactAttribute.Path!).Select(line =>
        {
            var json = JsonDocument.Parse(line).RootElement;
            string Field(string name) => json.GetProperty(name).GetString() ?? "";
            return new Event(Field("session_id"), Field("event_type"), Field("tool_name"), Field("timestamp"), json.GetProperty("payload").GetRawText());
        })]);

    private static void AssertSame(Event[] events)
    {
        using var sqlite = new SqliteEvents(SqliteEvents.OriginalSchema);
        using var postgres = new PostgresEvents(PostgresEvents.OriginalSchema);
        foreach (var database in (EventDatabase[])[sqlite, postgres])
        {
            using var connection = database.Open();
            using var transaction = connection.BeginTransaction();
            connection.Execute(
                "INSERT INTO hook_events (session_id, event_type, tool_name, timestamp, payload) VALUES (@SessionId, @Type, @Tool, @Timestamp, @Payload)",
                events.Select(row => new { row.SessionId, row.Type, row.Tool, Timestamp = new StoredText(row.Timestamp), Payload = new StoredText(row.Payload) }), transaction);
            transaction.Commit();
        }

        foreach (var options in (AnalysisOptions[])[Options("PreToolUse"), Options("PreToolUse", "PostToolUse"), Options("PreToolUse", "Notification")])
        {
            var (a, b) = (sqlite.Analyze(options), postgres.Analyze(options));
            Assert.True(a.PatternsFound > 10);
            Assert.Equal((a.EventCount, a.TotalSessions, a.PatternsFound, a.NewPatterns, a.UpdatedPatterns, a.NotStored, a.TotalSavings),
                (b.EventCount, b.TotalSessions, b.PatternsFound, b.NewPatterns, b.UpdatedPatterns, b.NotStored, b.TotalSavings));
            Assert.Equal(a.Excluded, b.Excluded);
        }

        Assert.Equal(Stored(sqlite), Stored(postgres));
        foreach (var sql in (string[])
            [
                "SELECT pattern_id, session_id, occurrence_count, observed_from, observed_to FROM pattern_sightings",
                "SELECT pattern_id, session_count, occurrence_count, total_sessions, expected_count, p_value, q_value, dispersion, family_size FROM pattern_evidence",
                "SELECT pattern_id, action, reviewer, notes FROM pattern_review_history",
            ])
        {
            Assert.Equal(Rows(sqlite, sql), Rows(postgres, sql));
        }
    }

    private static AnalysisOptions Options(params string[] eventTypes) => new() { Query = new EventQuery { EventTypes = eventTypes } };

    private static string[] Stored(EventDatabase events) =>
        [.. events.Database.Approvals.Find(new ApprovalQuery()).Select(row => JsonSerializer.Serialize(row with { CreatedAt = null, UpdatedAt = null }))];

    private static string[] Rows(EventDatabase events, string sql)
    {
        using var connection = events.Open();
        return [.. connection.Query(sql)
            .Select(row => string.Join('|', ((IDictionary<string, object?>)row).Values.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture))))
            .Order(StringComparer.Ordinal)];
    }

    private sealed record Event(string SessionId, string Type, string Tool, string Timestamp, string Payload);
}
