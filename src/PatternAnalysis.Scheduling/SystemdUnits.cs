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
                Description=PatternAnalysis {task.Name}, daily

                [Timer]
                OnCalendar=*-*-* {task.At:HH\:mm}:00
                Persistent=true

                [Install]
                WantedBy=timers.target

                """
            )
            .ReplaceLineEndings("\n");

    /// <summary>The task that two units stand for, or null when they are none of ours.</summary>
    public static ScheduledAnalysis? Read(string name, string service, string timer)
    {
        var (command, time) = (ExecStart().Match(service), OnCalendar().Match(timer));
        return command.Success && time.Success
            ? new ScheduledAnalysis(
                name,
                TimeOnly.ParseExact(time.Groups[1].Value, "HH:mm", CultureInfo.InvariantCulture),
                nameof(SchedulerKind.Systemd),
                command.Groups[1].Value
            )
            : null;
    }

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

    [GeneratedRegex(@"^OnCalendar=\*-\*-\* (\d\d:\d\d):00$", RegexOptions.Multiline)]
    private static partial Regex OnCalendar();
}
