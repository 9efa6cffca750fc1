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
    public void Generated_events_give_the_same_rows(int seed) => AssertSame(SampleEvents.Generate(seed));

    [ReferenceEventsFact]
    public void The_reference_events_give_the_same_rows() => AssertSame(SampleEvents.Reference());

    private static void AssertSame(SampleEvent[] events)
    {
        using var sqlite = new SqliteEvents(SqliteEvents.OriginalSchema);
        using var postgres = new PostgresEvents(PostgresEvents.OriginalSchema);
        events.AddTo(sqlite);
        events.AddTo(postgres);
        foreach (
            var options in (AnalysisOptions[])
                [Options("PreToolUse"), Options("PreToolUse", "PostToolUse"), Options("PreToolUse", "Notification")]
        )
        {
            var (a, b) = (sqlite.Analyze(options), postgres.Analyze(options));
            Assert.True(a.PatternsFound > 10);
            Assert.Equal(
                (a.EventCount, a.TotalSessions, a.PatternsFound, a.NewPatterns, a.UpdatedPatterns, a.NotStored, a.TotalSavings),
                (b.EventCount, b.TotalSessions, b.PatternsFound, b.NewPatterns, b.UpdatedPatterns, b.NotStored, b.TotalSavings)
            );
            Assert.Equal(a.Excluded, b.Excluded);
        }

        Assert.Equal(Stored(sqlite), Stored(postgres));
        foreach (
            var sql in (string[])
                [
                    "SELECT pattern_id, session_id, occurrence_count, observed_from, observed_to FROM pattern_sightings",
                    "SELECT pattern_id, session_count, occurrence_count, total_sessions, "
                        + "expected_count, p_value, q_value, dispersion, family_size FROM pattern_evidence",
                    "SELECT pattern_id, action, reviewer, notes FROM pattern_review_history",
                ]
        )
        {
            Assert.Equal(Rows(sqlite, sql), Rows(postgres, sql));
        }
    }

    private static AnalysisOptions Options(params string[] eventTypes) => new() { Query = new EventQuery { EventTypes = eventTypes } };

    private static string[] Stored(EventDatabase events) =>
        [
            .. events
                .Database.Approvals.Find(new ApprovalQuery())
                .Select(row => JsonSerializer.Serialize(row with { CreatedAt = null, UpdatedAt = null })),
        ];

    private static string[] Rows(EventDatabase events, string sql)
    {
        using var connection = events.Open();
        return
        [
            .. connection
                .Query(sql)
                .Select(row =>
                    string.Join(
                        '|',
                        ((IDictionary<string, object?>)row).Values.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture))
                    )
                )
                .Order(StringComparer.Ordinal),
        ];
    }
}
