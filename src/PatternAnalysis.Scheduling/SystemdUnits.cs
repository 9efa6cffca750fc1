using System.Globalization;
using System.Text.RegularExpressions;

namespace PatternAnalysis.Scheduling;

/// <summary>The two units of a task: what runs, and when.</summary>
internal static partial class SystemdUnits
{
    public const string Prefix = "pattern-analysis-";

    public static string Service(AnalysisTask task) =>
        $"""
            [Unit]
            Description=PatternAnalysis {task.Name}

            [Service]
            Type=oneshot
            ExecStart={string.Join(' ', task.Arguments.Prepend(task.Program).Select(Quote))}

            """.ReplaceLineEndings("\n");

    public static string Timer(AnalysisTask task) =>
        string.Create(
                CultureInfo.InvariantCulture,
                $"""
                [Unit]
                Description=PatternAnalysis {task.Name}, on time

                [Timer]
                {string.Join('\n', task.Schedule.Times.Select(time => Calendar(time, task.Schedule.Days)))}
                Persistent=true

                [Install]
                WantedBy=timers.target

                """
            )
            .ReplaceLineEndings("\n");

    /// <summary>The task that two units stand for, or null when they are none of ours.</summary>
    public static ScheduledAnalysis? Read(string name, string service, string timer)
    {
        var (command, times) = (ExecStart().Match(service), OnCalendar().Matches(timer));
        if (!command.Success || times.Count == 0)
            return null;

        var text = command.Groups[1].Value;
        return ScheduledTasks.Make(
            name,
            new Schedule(
                times.Select(time => TimeOnly.ParseExact(time.Groups["time"].Value, "HH:mm", CultureInfo.InvariantCulture)),
                Enum.GetValues<DayOfWeek>()
                    .Where(day => times[0].Groups["days"].Value.Contains(Schedule.Short(day), StringComparison.Ordinal))
            ),
            SchedulerKind.Systemd,
            text,
            [
                .. CommandWords
                    .OfQuotes(text, isWindows: false)
                    .Select(word => word.Replace("%%", "%", StringComparison.Ordinal).Replace("$$", "$", StringComparison.Ordinal)),
            ]
        );
    }

    private static string Calendar(TimeOnly time, IReadOnlyList<DayOfWeek> days) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"OnCalendar={(days.Count == 0 ? "" : string.Join(',', days.Select(Schedule.Short)) + " ")}*-*-* {time:HH\\:mm}:00"
        );

    // systemd.service(5), "Command lines": C escapes in double quotes; % begins a specifier, $ a variable.
    private static string Quote(string word) =>
        "\""
        + word.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("%", "%%", StringComparison.Ordinal)
            .Replace("$", "$$", StringComparison.Ordinal)
        + "\"";

    [GeneratedRegex("^ExecStart=(.*)$", RegexOptions.Multiline)]
    private static partial Regex ExecStart();

    [GeneratedRegex(@"^OnCalendar=(?:(?<days>[A-Za-z,]+) )?\*-\*-\* (?<time>\d\d:\d\d):00$", RegexOptions.Multiline)]
    private static partial Regex OnCalendar();
}
