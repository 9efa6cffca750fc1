using System.Globalization;
using PatternAnalysis.Activities;
using PatternAnalysis.Analysis;
using PatternAnalysis.Approvals;
using PatternAnalysis.Events;
using PatternAnalysis.Metrics;
using PatternAnalysis.Mining;
using PatternAnalysis.Options;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests;

/// <summary>Looks whose counting is the database's leave what the engine in memory leaves, and say what they can't do.</summary>
[Collection(PostgresTests.Name)]
public sealed class DatabaseEngineNightTests
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    [StoreTheory]
    [InlineData(9)]
    [InlineData(10)]
    public void Looks_with_a_horizon_leave_the_rows_of_the_engine_in_memory_also_of_what_has_ended(int seed)
    {
        using var memory = new PostgresEvents(PostgresEvents.OriginalSchema);
        using var counted = new PostgresEvents(PostgresEvents.OriginalSchema);
        foreach (var (events, engine) in new[] { (memory, AnalysisEngine.Memory), (counted, AnalysisEngine.Database) })
        {
            SampleEvents.Generate(seed).AddTo(events);
            foreach (var until in new[] { 10, 15, 25, 25, 40, 60 }.Select(minutes => s_start.AddMinutes(minutes)))
            {
                CountingDatabase.Analyze(
                    events.Database,
                    Options(engine) with
                    {
                        Query = new EventQuery { Window = new TimeWindow(until.AddMinutes(-12), until) },
                        ReportWindow = new TimeWindow(until.AddMinutes(-5), until),
                    }
                );
            }
        }

        var (ofMemory, ofDatabase) = (Rows(memory), Rows(counted));
        Assert.Contains(ofMemory, row => !row.EndsWith("lasting", StringComparison.Ordinal));
        Assert.Equal(memory.Rows("pattern_sightings"), counted.Rows("pattern_sightings"));
        Assert.Equal(ofMemory, ofDatabase);
    }

    private static AnalysisOptions Options(AnalysisEngine engine) =>
        new()
        {
            Activity = new ActivityOptions { Model = ActivityModel.Tool },
            Engine = engine,
        };

    private static string[] Rows(EventDatabase events) =>
        [
            .. events
                .Database.Approvals.Find(new ApprovalQuery())
                .OrderBy(row => row.PatternId, StringComparer.Ordinal)
                .Select(row =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{row.ToolSequence} {row.Status} {row.OccurrenceCount} {row.ConfidenceScore:0.000000} "
                            + $"{row.LastEvidenceAt?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) ?? "lasting"}"
                    )
                ),
        ];
}
