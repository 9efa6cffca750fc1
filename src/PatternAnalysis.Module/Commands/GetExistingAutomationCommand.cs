using System.Management.Automation;
using PatternAnalysis.Application;
using PatternAnalysis.Storage;
using PatternAnalysis.Surfaces;

namespace PatternAnalysis.Commands;

/// <summary>Get-ExistingAutomation: what a user and projects automate already. Files are read, nothing of them is run.</summary>
[Cmdlet(VerbsCommon.Get, "ExistingAutomation")]
[OutputType(typeof(ExistingAutomation))]
public sealed class GetExistingAutomationCommand : PatternAnalysisCommand
{
    private bool _leavesOutUser;

    /// <summary>The folders of projects; the current one when neither these nor a database is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>A database: looks into the projects that its events come from.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Database { get; set; }

    /// <summary>Leaves out what the user automates in every project.</summary>
    [Parameter]
    public SwitchParameter ProjectOnly { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _leavesOutUser = ProjectOnly;
        if (Database is { } name)
            Guard(() => Write(WorkingFolders.Find(Open(name), TimeWindow.Always, StopToken)), name);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        string[] folders = Path.Length == 0 && Database is null && !MyInvocation.ExpectingInput ? ["."] : Path;
        foreach (var folder in folders)
            Guard(() => Write([Resolve(folder)]), folder);
    }

    private PatternDatabase Open(string name) => PatternDatabase.Open(DatabaseName.IsConnectionString(name) ? name : Resolve(name));

    private void Write(IReadOnlyList<string> folders)
    {
        var search = AutomationQuery.Run(folders, _leavesOutUser);
        _leavesOutUser = true;
        foreach (var skipped in search.Skipped)
            WriteWarning($"Left out {SurfaceText.Line(skipped)}.");
        WriteObject(search.Found, enumerateCollection: true);
    }
}
