using System.Management.Automation;
using PatternAnalysis.Import;
using PatternAnalysis.Recording;
using PatternAnalysis.Storage;

namespace PatternAnalysis.Commands;

/// <summary>Register-HookRecorder: has Claude Code hand its hook events to the recorder.</summary>
[Cmdlet(VerbsLifecycle.Register, "HookRecorder", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class RegisterHookRecorderCommand : HookSettingsCommand
{
    private const string Recorder = "pattern-analysis";

    /// <summary>The database that the events go to; <c>$env:PATTERN_ANALYSIS_DATABASE</c> when not given.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Database { get; set; }

    /// <summary>The command line program; the one on the PATH when not given.</summary>
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
            var command = new RecorderCommandLine(FindRecorder(), DatabasePath(), PayloadMode).ToString();
            Change(settings => HookRegistration.Register(settings, command), $"Add the hook '{command}'");
        });

    private string DatabasePath()
    {
        var database = Database ?? Environment.GetEnvironmentVariable(PatternDatabase.EnvironmentVariable);
        return PatternDatabase
            .Open(string.IsNullOrWhiteSpace(database) || PatternDatabase.IsConnectionString(database) ? database : Resolve(database))
            .Name;
    }

    private string FindRecorder()
    {
        if (RecorderPath is not null)
        {
            var given = Resolve(RecorderPath);
            return File.Exists(given)
                ? given
                : throw new PatternAnalysisException("RecorderNotFound", $"There is no program '{given}'. Check -RecorderPath.");
        }

        return InvokeCommand.GetCommand(Recorder, CommandTypes.Application) is ApplicationInfo { Path: { } found }
            ? found
            : throw new PatternAnalysisException(
                "RecorderNotFound",
                $"The program '{Recorder}' is not on the PATH. Install it, or name it with -RecorderPath."
            );
    }
}
