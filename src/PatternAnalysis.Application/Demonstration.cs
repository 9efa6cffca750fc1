using PatternAnalysis.Analysis;
using PatternAnalysis.Reporting;
using PatternAnalysis.Storage;

namespace PatternAnalysis.Application;

/// <summary>An analysis of the bundled sample, to look around in before there are events of one's own.</summary>
/// <param name="Summary">What came of it.</param>
/// <param name="Database">The database, in a new temporary folder; it stays, so that its patterns can be looked at and decided on.</param>
/// <param name="Report">The report, as HTML, beside it.</param>
public sealed record Demonstration(AnalysisSummary Summary, string Database, string Report)
{
    /// <summary>Makes the database, analyses it and writes the report.</summary>
    /// <exception cref="IOException">The temporary folder can't be written.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Demonstration Run(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("pattern-analysis-demo-").FullName;
        var (file, report) = (Path.Combine(folder, "events.db"), Path.Combine(folder, "report.html"));
        var database = PatternDatabase.Open(file);
        BundledSample.Store(database, cancellationToken);
        var summary = new DailyAnalysis(
            database.Events,
            database.Approvals,
            database.Runs,
            usage: database.Usage,
            origins: database.Origins
        ).Run(new AnalysisOptions(), progress: null, cancellationToken);
        ReportWriters.WriteFile(summary, report);
        return new Demonstration(summary, file, report);
    }
}
