using System.Management.Automation;
using PatternAnalysis.Storage.Automations;
using PatternAnalysis.Surfaces;

namespace PatternAnalysis.Commands;

/// <summary>Get-ExistingAutomation: what a user and projects automate already. Files are read, nothing of them is run.</summary>
[Cmdlet(VerbsCommon.Get, "ExistingAutomation")]
[OutputType(typeof(ExistingAutomation))]
public sealed class GetExistingAutomationCommand : PatternAnalysisCommand
{
    /// <summary>The folders of projects; the current one when not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = ["."];

    /// <summary>Leaves out what the user automates in every project.</summary>
    [Parameter]
    public SwitchParameter ProjectOnly { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (!ProjectOnly && Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home)
            Guard(() => Write(AutomationFinder.OfUser(home)));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Guard(() =>
        {
            foreach (var folder in Path)
                Write(AutomationFinder.InProject(Resolve(folder)));
        });

    private void Write(AutomationSearch search)
    {
        foreach (var skipped in search.Skipped)
            WriteWarning($"Left out {SurfaceText.Line(skipped)}.");
        WriteObject(search.Found, enumerateCollection: true);
    }
}
