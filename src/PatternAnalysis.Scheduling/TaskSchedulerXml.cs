using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace PatternAnalysis.Scheduling;

/// <summary>The definition of a task for Windows Task Scheduler (schema 1.2).</summary>
internal static class TaskSchedulerXml
{
    public const string Folder = "\\PatternAnalysis\\";

    private static readonly XNamespace s_task = "http://schemas.microsoft.com/windows/2004/02/mit/task";

    public static XDocument Write(AnalysisTask task) =>
        new(
            new XDeclaration("1.0", "UTF-16", null),
            new XElement(
                s_task + "Task",
                new XAttribute("version", "1.2"),
                new XElement(s_task + "RegistrationInfo", new XElement(s_task + "URI", Folder + task.Name)),
                new XElement(s_task + "Triggers", task.Schedule.Times.Select(time => Trigger(time, task.Schedule.Days))),
                new XElement(
                    s_task + "Settings",
                    new XElement(s_task + "MultipleInstancesPolicy", "IgnoreNew"),
                    new XElement(s_task + "DisallowStartIfOnBatteries", false),
                    new XElement(s_task + "StopIfGoingOnBatteries", false),
                    new XElement(s_task + "StartWhenAvailable", true),
                    new XElement(s_task + "ExecutionTimeLimit", "PT4H")
                ),
                new XElement(
                    s_task + "Actions",
                    new XElement(
                        s_task + "Exec",
                        new XElement(s_task + "Command", task.Program),
                        new XElement(s_task + "Arguments", string.Join(' ', task.Arguments.Select(Quote)))
                    )
                )
            )
        );

    /// <summary>The tasks in what <c>schtasks /Query /XML ONE</c> prints; tasks of others are passed over.</summary>
    public static IReadOnlyList<ScheduledAnalysis> Read(string xml) =>
        [.. XDocument.Parse(xml).Descendants(s_task + "Task").Select(Read).OfType<ScheduledAnalysis>()];

    private static ScheduledAnalysis? Read(XElement task)
    {
        var uri = (string?)task.Descendants(s_task + "URI").FirstOrDefault() ?? "";
        TimeOnly[] times =
        [
            .. task.Descendants(s_task + "StartBoundary")
                .Select(start => TimeOnly.FromDateTime(DateTime.Parse(start.Value, CultureInfo.InvariantCulture))),
        ];
        if (
            !uri.StartsWith(Folder, StringComparison.OrdinalIgnoreCase)
            || times.Length == 0
            || task.Descendants(s_task + "Exec").FirstOrDefault() is not { } exec
        )
            return null;

        var (program, arguments) = ((string?)exec.Element(s_task + "Command") ?? "", (string?)exec.Element(s_task + "Arguments") ?? "");
        var days = task.Descendants(s_task + "DaysOfWeek")
            .FirstOrDefault()
            ?.Elements()
            .Select(day => Enum.Parse<DayOfWeek>(day.Name.LocalName));
        return ScheduledTasks.Make(
            uri[Folder.Length..],
            new Schedule(times, days),
            SchedulerKind.TaskScheduler,
            $"{program} {arguments}",
            [program, .. CommandWords.OfQuotes(arguments, isWindows: true)]
        );
    }

    // Without a zone: local time, past summer and winter time.
    private static XElement Trigger(TimeOnly time, IReadOnlyList<DayOfWeek> days) =>
        new(
            s_task + "CalendarTrigger",
            new XElement(s_task + "StartBoundary", string.Create(CultureInfo.InvariantCulture, $"2020-01-01T{time:HH\\:mm}:00")),
            days.Count == 0
                ? new XElement(s_task + "ScheduleByDay", new XElement(s_task + "DaysInterval", 1))
                : new XElement(
                    s_task + "ScheduleByWeek",
                    new XElement(s_task + "WeeksInterval", 1),
                    new XElement(s_task + "DaysOfWeek", days.Select(day => new XElement(s_task + day.ToString())))
                )
        );

    // As CommandLineToArgvW reads it back: backslashes count only before a quote.
    internal static string Quote(string word)
    {
        if (word.Length > 0 && !word.AsSpan().ContainsAny(' ', '\t', '"'))
            return word;

        var quoted = new StringBuilder("\"");
        var backslashes = 0;
        foreach (var character in word)
        {
            if (character == '\\')
            {
                backslashes++;
                continue;
            }

            quoted.Append('\\', character == '"' ? 2 * backslashes + 1 : backslashes).Append(character);
            backslashes = 0;
        }

        return quoted.Append('\\', 2 * backslashes).Append('"').ToString();
    }
}
