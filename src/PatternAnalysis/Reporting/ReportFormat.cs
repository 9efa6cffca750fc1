namespace PatternAnalysis.Reporting;

/// <summary>How a report is written.</summary>
public enum ReportFormat
{
    /// <summary>Tables of text, for a terminal, a pull request or a wiki.</summary>
    Markdown,

    /// <summary>One self-contained page with pictures.</summary>
    Html,

    /// <summary>One object, for programs.</summary>
    Json,

    /// <summary>One row a pattern, for a spreadsheet.</summary>
    Csv,
}
