namespace PatternAnalysis;

/// <summary>A daily run that is registered with the system's scheduler.</summary>
/// <param name="Name">The name that it was registered by.</param>
/// <param name="At">When it starts, in the machine's local time.</param>
/// <param name="Scheduler">Cron, Systemd or TaskScheduler.</param>
/// <param name="Command">What it runs, as the scheduler has it.</param>
public sealed record ScheduledAnalysis(string Name, TimeOnly At, string Scheduler, string Command);
