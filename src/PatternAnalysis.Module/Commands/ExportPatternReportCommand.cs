using System.Management.Automation;
using PatternAnalysis.Reporting;

namespace PatternAnalysis.Commands;

/// <summary>Export-PatternReport: the patterns of a run as a file for people or for programs.</summary>
[Cmdlet(VerbsData.Export, "PatternReport", DefaultParameterSetName = SummarySet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportPatternReportCommand : PatternAnalysisCommand
{
    private const string SummarySet = "Summary";
    private const string PatternSet = "Pattern";

    private readonly List<ClassifiedPattern> _patterns = [];
    private AnalysisSummary? _summary;

    /// <summary>What Invoke-PatternAnalysis came to.</summary>
    [Parameter(ParameterSetName = SummarySet, Mandatory = true, ValueFromPipeline = true)]
    public AnalysisSummary Summary { get; set; } = null!;

    /// <summary>The patterns of a pipeline.</summary>
    [Parameter(ParameterSetName = PatternSet, Mandatory = true, ValueFromPipeline = true)]
    public ClassifiedPattern InputObject { get; set; } = null!;

    /// <summary>The file; it is overwritten.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = null!;

    /// <summary>The format; by default the one that the file's extension asks for.</summary>
    [Parameter]
    public ReportFormat? Format { get; set; }

    /// <summary>Fails when the file exists.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == PatternSet)
        {
            WarnOfLoss(InputObject);
            _patterns.Add(InputObject);
        }
        else
            _summary = Summary;
    }

    /// <inheritdoc/>
    protected override void EndProcessing() =>
        Guard(
            () =>
            {
                if (_summary is null && _patterns.Count == 0)
                {
                    // A report of nothing would say that a run found none, and replace one that says what a run did find.
                    WriteWarning(
                        $"Neither a run nor a pattern came through the pipeline: '{Path}' was not written. "
                            + $"What Invoke-PatternAnalysis returns is reported without patterns as well."
                    );
                    return;
                }

                var file = Resolve(Path);
                var format = Format ?? ReportWriters.FormatOf(file);
                if (!ShouldProcess(file, "Write the report"))
                    return;

                ReportWriters.WriteFile(
                    _summary ?? AnalysisSummary.Of(_patterns),
                    file,
                    format,
                    NoClobber ? FileMode.CreateNew : FileMode.Create
                );
                WriteObject(new FileInfo(file));
            },
            Path
        );
}
