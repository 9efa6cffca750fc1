using System.ComponentModel;
using System.Management.Automation;
using PatternAnalysis.Storage.Recording;

namespace PatternAnalysis.Commands;

/// <summary>A cmdlet that changes the hooks in Claude Code's settings.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class HookSettingsCommand : PatternAnalysisCommand
{
    /// <summary>Whose settings.</summary>
    [Parameter]
    public HookScope Scope { get; set; } = HookScope.User;

    /// <summary>Emits the settings file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Changes the settings when the change is one and is wanted.</summary>
    /// <param name="edit">The change of the file's text.</param>
    /// <param name="action">What it does, in words.</param>
    /// <param name="prepare">What must be there before the settings are changed.</param>
    private protected void Change(Func<string, string> edit, string action, Action? prepare = null)
    {
        var path = Scope == HookScope.User ? HookSettingsFile.UserPath : Resolve(Path.Combine(".claude", "settings.json"));
        var file = new HookSettingsFile(path, Scope == HookScope.User ? null : CurrentFolder);
        var before = file.Read();
        var after = edit(before);
        if (after == before)
            WriteVerbose($"There is nothing to change in {path}.");
        else if (ShouldProcess(path, action))
        {
            prepare?.Invoke();
            WriteVerbose(file.Write(after) is { } backup ? $"What {path} held before is in {backup}." : $"Made {path}.");
        }

        if (PassThru && File.Exists(path))
            WriteObject(new FileInfo(path));
    }
}
