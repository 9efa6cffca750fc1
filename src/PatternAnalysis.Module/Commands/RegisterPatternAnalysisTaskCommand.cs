using System.Management.Automation;
using PatternAnalysis.Scheduling;
using PatternAnalysis.Storage;

namespace PatternAnalysis.Commands;

/// <summary>Register-PatternAnalysisTask: a run every day, or on some days, once or several times.</summary>
[Cmdlet(VerbsLifecycle.Register, "PatternAnalysisTask", SupportsShouldProcess = true)]
[OutputType(typeof(ScheduledAnalysis))]
public sealed class RegisterPatternAnalysisTaskCommand : DatabaseCommand
{
    /// <summary>The times of day when it runs, in the machine's local time.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [TimeOfDay]
    [ValidateNotNullOrEmpty]
    public TimeOnly[] At { get; set; } = [];

    /// <summary>The days of the week on which it runs; every day when not given.</summary>
    [Parameter]
    public DayOfWeek[] DayOfWeek { get; set; } = [];

    /// <summary>The task's name; one of the same name is replaced.</summary>
    [Parameter]
    [ValidatePattern("^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]
    public string Name { get; set; } = "Daily";

    /// <summary>Where logs and reports go.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LogDirectory { get; set; }

    /// <summary>The scheduler; by default that of the platform.</summary>
    [Parameter]
    [PSDefaultValue(Help = "The one that this machine has")]
    public SchedulerKind Scheduler { get; set; } = Schedulers.Default;

    /// <summary>Further arguments of the script, for example <c>-RetentionDays, 90</c>.</summary>
    [Parameter]
    [ValidateNotNull]
    public string[] ScriptArgument { get; set; } = [];

    /// <inheritdoc/>
    protected override void EndProcessing() =>
        Guard(
            () =>
            {
                TaskArguments.Check(ScriptArgument, this);
                var (program, arguments) = Command();
                var task = new AnalysisTask(Name, new Schedule(At, DayOfWeek), program, arguments);
                var scheduler = Schedulers.Of(Scheduler);
                if (!ShouldProcess($"{Scheduler}:{Environment.NewLine}{scheduler.Describe(task)}", "Register the analysis"))
                    return;

                OpenDatabase().Words.EventTypes();
                foreach (var other in scheduler.Find().Where(found => found.Name != Name))
                {
                    foreach (var problem in TaskHealth.Missing(other))
                        WriteWarning($"The task '{other.Name}', which is registered already, can't run: {problem}");
                }

                scheduler.Register(task);
                WriteObject(scheduler.Find().First(found => found.Name == Name));
            },
            Name
        );

    private (string Program, string[] Arguments) Command()
    {
        var script = System.IO.Path.Combine(ModuleFolder(), "scripts", "Invoke-DailyPatternAnalysis.ps1");
        string[] powerShell = [.. PowerShellCommand(), "-NoProfile", "-NonInteractive", "-File", script];
        string[] log = LogDirectory is null ? [] : ["-LogDirectory", Resolve(LogDirectory)];
        return (powerShell[0], [.. powerShell[1..], "-Database", DatabaseName(), "-TaskName", Name, .. log, .. ScriptArgument]);
    }

    // A scheduler does not know the environment of this session, so the name is written down in full.
    private string DatabaseName()
    {
        OpenDatabase();
        var database = NamedDatabase!;
        if (!Storage.DatabaseName.IsConnectionString(database))
            return Resolve(database);
        return !Storage.DatabaseName.HoldsPassword(database)
            ? database
            : throw new PatternAnalysisException(
                ErrorCatalogue.SecretInTask,
                "The connection string holds a password, and everybody on the machine could read it in the list "
                    + "of processes. Leave it out: use a password file, or PGPASSWORD in the scheduler's environment."
            );
    }

    private static string ModuleFolder() =>
        System.IO.Path.GetDirectoryName(System.IO.Path.GetDirectoryName(typeof(ScheduledAnalysis).Assembly.Location))!;

    // The program of this session, unless PowerShell is hosted by another one. As a .NET tool, PowerShell is a library that dotnet runs;
    // the program beside it is one for another kind of machine, perhaps.
    private string[] PowerShellCommand()
    {
        var name = OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";
        if (Environment.ProcessPath is not { } process)
            return [FromHome(name)];
        if (System.IO.Path.GetFileName(process).Equals(name, StringComparison.OrdinalIgnoreCase))
            return [process];
        return IsDotNet(process) && File.Exists(FromHome("pwsh.dll")) ? [process, FromHome("pwsh.dll")] : [FromHome(name)];
    }

    private static bool IsDotNet(string program) =>
        System.IO.Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase);

    private string FromHome(string file) => System.IO.Path.Combine((string)SessionState.PSVariable.GetValue("PSHOME"), file);
}
