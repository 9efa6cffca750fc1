namespace PatternAnalysis.Scheduling;

/// <summary>The scheduler of each kind.</summary>
public static class Schedulers
{
    /// <summary>The kind that every machine of this platform has.</summary>
    public static SchedulerKind Default =>
        OperatingSystem.IsWindows() ? SchedulerKind.TaskScheduler
        : OperatingSystem.IsMacOS() ? SchedulerKind.Launchd
        : SchedulerKind.Cron;

    /// <summary>The scheduler of a kind.</summary>
    public static IScheduler Of(SchedulerKind kind) =>
        kind switch
        {
            SchedulerKind.Systemd => new SystemdScheduler(SystemdScheduler.UserFolder),
            SchedulerKind.TaskScheduler => new WindowsTaskScheduler(),
            SchedulerKind.Launchd => new LaunchdScheduler(LaunchdScheduler.UserFolder),
            _ => new CronScheduler(),
        };
}
