namespace PatternAnalysis.Reporting;

/// <summary>Writes the report of a run in one format.</summary>
public interface IReportWriter
{
    /// <summary>Writes the report as UTF-8 and leaves the stream open.</summary>
    void Write(AnalysisSummary summary, Stream stream);
}
