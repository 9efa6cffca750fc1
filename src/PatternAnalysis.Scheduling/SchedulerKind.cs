namespace PatternAnalysis.Scheduling;

/// <summary>The schedulers that daily runs can be registered with.</summary>
public enum SchedulerKind
{
    /// <summary>The user's crontab.</summary>
    Cron,

    /// <summary>A timer of the user's systemd.</summary>
    Systemd,

    /// <summary>Windows Task Scheduler.</summary>
    TaskScheduler,

    /// <summary>A launch agent of macOS.</summary>
    Launchd,
}
