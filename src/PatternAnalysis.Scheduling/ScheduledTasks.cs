namespace PatternAnalysis.Scheduling;

/// <summary>Makes what is shown of a registered task.</summary>
internal static class ScheduledTasks
{
    public static ScheduledAnalysis Make(string name, Schedule schedule, SchedulerKind kind, string command, IReadOnlyList<string> words)
    {
        var task = new ScheduledAnalysis(name, [.. schedule.Times], [.. schedule.Days], kind.ToString(), command)
        {
            Arguments = [.. words],
        };
        return task with { NextRun = task.NextAfter(DateTimeOffset.Now, TimeZoneInfo.Local).DateTime };
    }
}
