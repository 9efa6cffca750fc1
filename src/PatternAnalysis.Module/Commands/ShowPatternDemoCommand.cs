using System.Management.Automation;
using PatternAnalysis.Application;

namespace PatternAnalysis.Commands;

/// <summary>Show-PatternDemo: the analysis of the bundled sample, in a temporary database.</summary>
[Cmdlet(VerbsCommon.Show, "PatternDemo")]
[OutputType(typeof(AnalysisSummary))]
public sealed class ShowPatternDemoCommand : PatternAnalysisCommand
{
    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Guard(() =>
        {
            var (summary, database, report) = Demonstration.Run(StopToken);
            var result = PSObject.AsPSObject(summary with { Database = database });
            result.Properties.Add(new PSNoteProperty("Report", report));
            WriteObject(result);
            WriteInformation(
                new HostInformationMessage
                {
                    Message = $"Database: {database}\nReport:   {report}\nNext:     Get-PatternApproval -Database '{database}'",
                },
                ["PSHOST"]
            );
        });
}
