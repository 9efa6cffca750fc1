using System.Text.RegularExpressions;
using PatternAnalysis.Reporting;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Reporting;

/// <summary>
/// Every format of a report, compared with what it was: a change of a report must be seen and wanted. <c>PATTERN_ANALYSIS_UPDATE=1</c>
/// writes the files anew.
/// </summary>
public partial class SnapshotTests
{
    [Theory]
    [InlineData(ReportFormat.Markdown)]
    [InlineData(ReportFormat.Html)]
    [InlineData(ReportFormat.Json)]
    [InlineData(ReportFormat.Csv)]
    public void A_report_of_bare_names_looks_as_it_did(ReportFormat format) =>
        Compare(
            "report",
            format,
            Reports.Analyse([
                .. Enumerable.Repeat<string[]>(["Read", "Edit", "Write"], 20),
                .. Enumerable.Repeat<string[]>(["Plan", "delete_branch"], 20),
                ["Ask", "Wait"],
                ["Ask", "Wait"],
            ])
        );

    [Theory]
    [InlineData(ReportFormat.Markdown)]
    [InlineData(ReportFormat.Html)]
    [InlineData(ReportFormat.Json)]
    [InlineData(ReportFormat.Csv)]
    public void A_report_of_routines_looks_as_it_did(ReportFormat format) => Compare("routines", format, PlantedRoutines.Analyse());

    private static void Compare(string name, ReportFormat format, AnalysisSummary summary)
    {
        var file = Path.Combine(FindFolder(), name + ReportWriters.ExtensionOf(format));
        var report = Instant().Replace(Reports.Write(summary, format), "TIME").TrimStart('\ufeff').ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("PATTERN_ANALYSIS_UPDATE") == "1")
            File.WriteAllText(file, report);

        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), report);
    }

    private static string FindFolder()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var snapshots = Path.Combine(folder, "Reporting", "Snapshots");
            if (Directory.Exists(snapshots))
                return snapshots;
        }

        throw new DirectoryNotFoundException("The tests do not run below their own project.");
    }

    // When the test ran.
    [GeneratedRegex(@"20\d\d-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|\+00:00)?")]
    private static partial Regex Instant();
}
