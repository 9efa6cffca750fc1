using PatternAnalysis.Analysis;
using PatternAnalysis.Mining;
using PatternAnalysis.Storage.Postgres;

namespace PatternAnalysis.Storage.Tests.Support;

/// <summary>Runs the analysis over events that PostgreSQL counts however few they are.</summary>
internal static class CountingDatabase
{
    /// <summary>Runs it; where the database should count, it must have.</summary>
    public static AnalysisSummary Analyze(PatternDatabase database, AnalysisOptions options)
    {
        using var counter = new PostgresPatternCounter((PostgresDatabase)database.Sql, timeZone: null, fewEvents: -1);
        var summary = new DailyAnalysis(
            database.Events,
            database.Approvals,
            database.Runs,
            () => counter,
            nodeEvents: database.NodeEvents
        ).Run(options);
        Assert.Null(counter.Declined);
        return summary;
    }
}
