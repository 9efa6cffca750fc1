namespace PatternAnalysis.Scheduling;

/// <summary>The scheduler of each kind.</summary>
public static class Schedulers
{
    /// <summary>The kind that every machine of this platform has.</summary>
    public static SchedulerKind Default => OperatingSystem.IsWindows() ? SchedulerKind.TaskScheduler : SchedulerKind.Cron;

    /// <summary>The scheduler of a kind.</summary>
    public static IScheduler Of(SchedulerKind kind) =>
        kind switch
        {
            SchedulerKind.Systemd => new SystemdScheduler(SystemdScheduler.UserFolder),
            SchedulerKind.TaskScheduler => new WindowsTaskScheduler(),
            _ => new CronScheduler(),
        };

    /// <summary>The runs that are registered with this platform's schedulers; one that can't be asked has none.</summary>
    public static IReadOnlyList<ScheduledAnalysis> FindAll() =>
        OperatingSystem.IsWindows()
            ? TryFind(SchedulerKind.TaskScheduler)
            : [.. TryFind(SchedulerKind.Cron), .. TryFind(SchedulerKind.Systemd)];

    private static IReadOnlyList<ScheduledAnalysis> TryFind(SchedulerKind kind)
    {
        try
        {
            return Of(kind).Find();
        }
        catch (Exception error) when (error is PatternAnalysisException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
