namespace PatternAnalysis.Scheduling;

/// <summary>The scheduler of each kind.</summary>
public static class Schedulers
{
    /// <summary>The kind that every machine of this platform has.</summary>
    public static SchedulerKind Default => Kinds[0];

    /// <summary>The kinds that this platform may have, the one that every machine has first.</summary>
    private static SchedulerKind[] Kinds =>
        OperatingSystem.IsWindows() ? [SchedulerKind.TaskScheduler]
        : OperatingSystem.IsMacOS() ? [SchedulerKind.Launchd, SchedulerKind.Cron]
        : [SchedulerKind.Cron, SchedulerKind.Systemd];

    /// <summary>The scheduler of a kind.</summary>
    public static IScheduler Of(SchedulerKind kind) =>
        kind switch
        {
            SchedulerKind.Systemd => new SystemdScheduler(SystemdScheduler.UserFolder),
            SchedulerKind.TaskScheduler => new WindowsTaskScheduler(),
            SchedulerKind.Launchd => new LaunchdScheduler(LaunchdScheduler.UserFolder),
            _ => new CronScheduler(),
        };

    /// <summary>
    /// The runs that are registered with any scheduler of this platform; one that is not there, or can't be asked, has none.
    /// </summary>
    public static IReadOnlyList<ScheduledAnalysis> FindAll() => [.. Kinds.SelectMany(TryFind)];

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
