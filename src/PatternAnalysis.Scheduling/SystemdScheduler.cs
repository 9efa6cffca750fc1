namespace PatternAnalysis.Scheduling;

/// <summary>
/// Timers of the user's systemd: a service and a timer for each task. A run that was missed because the machine was off is made up for at
/// the next start.
/// </summary>
internal sealed class SystemdScheduler(string folder, Action<IEnumerable<string>>? control = null) : IScheduler
{
    private readonly Action<IEnumerable<string>> _control =
        control ?? (arguments => NativeCommand.Require("systemctl", arguments.Prepend("--user")));

    /// <summary>Where a user's own units lie.</summary>
    public static string UserFolder =>
        Path.Combine(
            Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } home
                ? home
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config"),
            "systemd",
            "user"
        );

    public string Describe(AnalysisTask task) =>
        $"# {ServiceFile(task.Name)}\n{SystemdUnits.Service(task)}\n# {TimerFile(task.Name)}\n{SystemdUnits.Timer(task)}";

    public void Register(AnalysisTask task)
    {
        Directory.CreateDirectory(folder);
        using var written = WrittenFiles.Write(
            (ServiceFile(task.Name), SystemdUnits.Service(task)),
            (TimerFile(task.Name), SystemdUnits.Timer(task))
        );
        var timer = Path.GetFileName(TimerFile(task.Name));
        try
        {
            _control(["daemon-reload"]);
            _control(["enable", timer]);
            _control(["restart", timer]);
        }
        catch (PatternAnalysisException)
        {
            written.PutBack(() =>
            {
                _control(["daemon-reload"]);
                if (written.Replaced)
                    _control(["restart", timer]);
            });
            throw;
        }

        written.Keep();
    }

    public IReadOnlyList<ScheduledAnalysis> Find() =>
        !Directory.Exists(folder)
            ? []
            :
            [
                .. Directory
                    .EnumerateFiles(folder, SystemdUnits.Prefix + "*.timer")
                    .Order(StringComparer.Ordinal)
                    .Select(file => Path.GetFileNameWithoutExtension(file)[SystemdUnits.Prefix.Length..])
                    .Where(name => File.Exists(ServiceFile(name)))
                    .Select(name => SystemdUnits.Read(name, File.ReadAllText(ServiceFile(name)), File.ReadAllText(TimerFile(name))))
                    .OfType<ScheduledAnalysis>(),
            ];

    public bool Unregister(string name)
    {
        if (Find().All(task => task.Name != name))
            return false;
        _control(["disable", "--now", Path.GetFileName(TimerFile(name))]);
        File.Delete(TimerFile(name));
        File.Delete(ServiceFile(name));
        _control(["daemon-reload"]);
        return true;
    }

    public void Start(ScheduledAnalysis task) => _control(["start", Path.GetFileName(ServiceFile(task.Name))]);

    private string ServiceFile(string name) => Path.Combine(folder, $"{SystemdUnits.Prefix}{name}.service");

    private string TimerFile(string name) => Path.Combine(folder, $"{SystemdUnits.Prefix}{name}.timer");
}
