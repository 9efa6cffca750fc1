using System.Globalization;
using PatternAnalysis.Options;
using PatternAnalysis.Reporting;

namespace PatternAnalysis.Application;

/// <summary>Whether a run writes a report, and where.</summary>
public sealed record ReportOptions
{
    /// <summary>Whether a report is written; asking for a file or a format asks for a report as well.</summary>
    [Option("Report", "Writes a report.")]
    public bool Report { get; init; }

    /// <summary>The file; null for one that is named by the day.</summary>
    [Option(
        "ReportPath",
        "The report's file, in the format that its extension asks for: .md, .html, .json, .csv; pattern_analysis_DATE.md when not given.",
        IsPath = true
    )]
    public string? Path { get; init; }

    /// <summary>The format; null for the one that the file's name asks for.</summary>
    [Option("ReportFormat", "The report's format, whatever the file's extension.")]
    public ReportFormat? Format { get; init; }

    /// <summary>Whether there is to be a report.</summary>
    public bool IsWanted => Report || Path is not null || Format is not null;

    /// <summary>Refuses what no report can be written as.</summary>
    /// <exception cref="PatternAnalysisException"><c>UnknownReportFormat</c>: the file's extension belongs to no format, and none is
    /// given.</exception>
    public void Check()
    {
        if (Path is not null && Format is null)
            _ = ReportWriters.FormatOf(Path);
    }

    /// <summary>The file of a run that started at some time.</summary>
    /// <param name="startedAt">When it started.</param>
    /// <param name="folder">The folder that a relative name starts from.</param>
    public string FileOf(DateTimeOffset startedAt, string folder) =>
        System.IO.Path.GetFullPath(
            Path
                ?? string.Create(
                    CultureInfo.InvariantCulture,
                    $"pattern_analysis_{startedAt:yyyyMMdd}{ReportWriters.ExtensionOf(Format ?? ReportFormat.Markdown)}"
                ),
            folder
        );
}
