namespace PatternAnalysis.Reporting;

/// <summary>The report of a run as one JSON object, the one that <c>pattern-analysis analyze --json</c> prints.</summary>
public sealed class JsonReportWriter : IReportWriter
{
    /// <inheritdoc/>
    public void Write(AnalysisSummary summary, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        AnalysisJson.Write(summary, stream);
        stream.Write("\n"u8);
    }
}
