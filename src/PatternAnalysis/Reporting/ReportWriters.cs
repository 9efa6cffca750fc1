using PatternAnalysis.Files;
using PatternAnalysis.Reporting.Html;

namespace PatternAnalysis.Reporting;

/// <summary>The writer of each format.</summary>
public static class ReportWriters
{
    /// <summary>The writer of a format.</summary>
    public static IReportWriter For(ReportFormat format) =>
        format switch
        {
            ReportFormat.Markdown => new MarkdownReportWriter(),
            ReportFormat.Html => new HtmlReportWriter(),
            ReportFormat.Json => new JsonReportWriter(),
            ReportFormat.Csv => new CsvReportWriter(),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such format."),
        };

    /// <summary>The format that a file's name asks for; a name without an extension asks for Markdown.</summary>
    /// <exception cref="PatternAnalysisException">The extension belongs to no format.</exception>
    public static ReportFormat FormatOf(string path) =>
        Path.GetExtension(path).ToUpperInvariant() switch
        {
            "" or ".MD" or ".MARKDOWN" => ReportFormat.Markdown,
            ".HTML" or ".HTM" => ReportFormat.Html,
            ".JSON" => ReportFormat.Json,
            ".CSV" => ReportFormat.Csv,
            var extension => throw new PatternAnalysisException(
                ErrorCatalogue.UnknownReportFormat,
                $"No report is written as '{extension.ToLowerInvariant()}'. Name the file .md, .html, .json or .csv, or give the format."
            ),
        };

    /// <summary>The extension of a format's files, with its dot.</summary>
    public static string ExtensionOf(ReportFormat format) =>
        format switch
        {
            ReportFormat.Html => ".html",
            ReportFormat.Json => ".json",
            ReportFormat.Csv => ".csv",
            _ => ".md",
        };

    /// <summary>Writes a report to a file; its folder is made when it is missing.</summary>
    /// <param name="summary">The run.</param>
    /// <param name="path">The file.</param>
    /// <param name="format">The format, or null for the one that the file's name asks for.</param>
    /// <param name="mode">What happens to a file that exists.</param>
    /// <exception cref="IOException">The file exists and must not, or can't be written.</exception>
    /// <exception cref="PatternAnalysisException">No format is given, and the extension belongs to none; or a link stands in the way to the
    /// file.</exception>
    public static void WriteFile(AnalysisSummary summary, string path, ReportFormat? format = null, FileMode mode = FileMode.Create)
    {
        var writer = For(format ?? FormatOf(path));
        SafeFile.RefuseLinks(path, Environment.CurrentDirectory);
        SafeFile.Write(path, stream => writer.Write(summary, stream), overwrite: mode != FileMode.CreateNew);
    }
}
