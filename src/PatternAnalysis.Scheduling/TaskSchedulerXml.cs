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
                new XElement(
                    s_task + "Triggers",
                    new XElement(
                        s_task + "CalendarTrigger",
                        // Without a zone: local time, past summer and winter time.
                        new XElement(
                            s_task + "StartBoundary",
                            string.Create(CultureInfo.InvariantCulture, $"2020-01-01T{task.At:HH\\:mm}:00")
                        ),
                        new XElement(s_task + "ScheduleByDay", new XElement(s_task + "DaysInterval", 1))
                    )
                ),
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
        [
            .. XDocument
                .Parse(xml)
                .Descendants(s_task + "Task")
                .Select(task =>
                    (
                        Uri: (string?)task.Descendants(s_task + "URI").FirstOrDefault() ?? "",
                        Start: (string?)task.Descendants(s_task + "StartBoundary").FirstOrDefault(),
                        Exec: task.Descendants(s_task + "Exec").FirstOrDefault()
                    )
                )
                .Where(task =>
                    task.Uri.StartsWith(Folder, StringComparison.OrdinalIgnoreCase) && task.Start is not null && task.Exec is not null
                )
                .Select(task => new ScheduledAnalysis(
                    task.Uri[Folder.Length..],
                    TimeOnly.FromDateTime(DateTime.Parse(task.Start!, CultureInfo.InvariantCulture)),
                    nameof(SchedulerKind.TaskScheduler),
                    $"{(string?)task.Exec!.Element(s_task + "Command")} {(string?)task.Exec.Element(s_task + "Arguments")}"
                )),
        ];

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
