using PatternAnalysis.Reporting;

namespace PatternAnalysis.Commands;

/// <summary>Writes a report to a file.</summary>
internal static class ReportFile
{
    /// <summary>Writes the report; its folder is made when it is missing.</summary>
    /// <exception cref="IOException">The file exists and must not, or can't be written.</exception>
    public static FileInfo Write(AnalysisSummary summary, string path, bool noClobber)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using (var writer = new StreamWriter(new FileStream(path, noClobber ? FileMode.CreateNew : FileMode.Create, FileAccess.Write)))
            MarkdownReport.Write(summary, writer);
        return new FileInfo(path);
    }
}
