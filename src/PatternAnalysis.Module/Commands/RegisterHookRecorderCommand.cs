using System.Management.Automation;
using PatternAnalysis.Import;
using PatternAnalysis.Recording;
using PatternAnalysis.Storage;
using PatternAnalysis.Storage.Recording;

namespace PatternAnalysis.Commands;

/// <summary>Register-HookRecorder: has Claude Code hand its hook events to the recorder.</summary>
[Cmdlet(VerbsLifecycle.Register, "HookRecorder", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class RegisterHookRecorderCommand : HookSettingsCommand
{
    /// <summary>The database that the events go to; <c>$env:PATTERN_ANALYSIS_DATABASE</c> when not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Database { get; set; }

    /// <summary>The command line program, to store each event at once; without it the hook only leaves it to be stored later.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RecorderPath { get; set; }

    /// <summary>How much of a tool's input is stored.</summary>
    [Parameter]
    public PayloadMode PayloadMode { get; set; } = PayloadMode.Command;

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Guard(() =>
        {
            var database = DatabasePath();
            var spool = new SpoolFolder(database);
            var command = RecorderPath is null
                ? new SpoolCommandLine(spool.Places, PayloadMode).ToString()
                : new RecorderCommandLine(Recorder(RecorderPath), database, PayloadMode).ToString();
            Change(settings => HookRegistration.Register(settings, command), $"Add the hook '{command}'", spool.Prepare);
        });

    private string DatabasePath()
    {
        var database = Database ?? Environment.GetEnvironmentVariable(PatternDatabase.EnvironmentVariable);
        return PatternDatabase
            .Open(string.IsNullOrWhiteSpace(database) || DatabaseName.IsConnectionString(database) ? database : Resolve(database))
            .Name;
    }

    private string Recorder(string path)
    {
        var given = Resolve(path);
        return File.Exists(given)
            ? given
            : throw new PatternAnalysisException(ErrorCatalogue.RecorderNotFound, $"There is no program '{given}'. Check -RecorderPath.");
    }
}
