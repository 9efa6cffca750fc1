using System.Globalization;
using System.Text.RegularExpressions;

namespace PatternAnalysis.Scheduling;

/// <summary>The text of a crontab. Own entries stand between two marks; every other line stays as it is.</summary>
internal static partial class Crontab
{
    private const string Begin = "# BEGIN PatternAnalysis ";
    private const string End = "# END PatternAnalysis ";

    /// <summary>The lines of a task, marks included.</summary>
    public static string Block(AnalysisTask task) =>
        $"{Begin}{task.Name}\n{string.Concat(task.Schedule.Times.Select(time => Line(time, task)))}{End}{task.Name}\n";

    /// <summary>The crontab with a task in it, once.</summary>
    public static string Add(string crontab, AnalysisTask task)
    {
        var others = Remove(crontab, task.Name);
        return others + (others.Length == 0 || others.EndsWith('\n') ? "" : "\n") + Block(task);
    }

    /// <summary>The crontab without a task.</summary>
    public static string Remove(string crontab, string name)
    {
        var lines = crontab.Split('\n');
        var begin = Array.FindIndex(lines, line => line.TrimEnd('\r') == Begin + name);
        var end = begin < 0 ? -1 : Array.FindIndex(lines, begin, line => line.TrimEnd('\r') == End + name);
        // Without its end nobody knows what belongs to the entry.
        if (begin >= 0 && end < 0)
            throw new PatternAnalysisException(
                ErrorCatalogue.CrontabDamaged,
                $"The crontab has the line '{Begin}{name}' and not '{End}{name}'. Nothing "
                    + $"was changed. Put the end back, or remove the entry with 'crontab -e'."
            );
        return begin < 0 ? crontab : Remove(string.Join('\n', lines[..begin].Concat(lines[(end + 1)..])), name);
    }

    /// <summary>The tasks of a crontab.</summary>
    public static IReadOnlyList<ScheduledAnalysis> Find(string crontab) =>
        [.. Entry().Matches(crontab).Select(Read).OfType<ScheduledAnalysis>()];

    private static ScheduledAnalysis? Read(Match entry)
    {
        var lines = entry.Groups["line"].Captures.Select(line => Time().Match(line.Value)).ToList();
        if (!lines.TrueForAll(line => line.Success))
            return null;
        var days = lines[0].Groups["days"].Value;
        var command = lines[0].Groups["command"].Value;
        return ScheduledTasks.Make(
            entry.Groups["name"].Value,
            new Schedule(
                lines.Select(line => new TimeOnly(Number(line.Groups["hour"].Value), Number(line.Groups["minute"].Value))),
                days == "*" ? [] : days.Split(',').Select(day => (DayOfWeek)(Number(day) % 7))
            ),
            SchedulerKind.Cron,
            command,
            CommandWords.OfShell(command.Replace("\\%", "%", StringComparison.Ordinal))
        );
    }

    private static string Days(Schedule schedule) => schedule.Days.Count == 0 ? "*" : string.Join(',', schedule.Days.Cast<int>());

    private static string Line(TimeOnly time, AnalysisTask task) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.Minute} {time.Hour} * * {Days(task.Schedule)} {Command(task)}\n");

    // In single quotes a shell leaves everything as it is; cron itself reads % as a line end, quoted or not, unless it is escaped. The
    // backslash goes before the shell sees it.
    private static string Command(AnalysisTask task) =>
        string.Join(' ', task.Arguments.Prepend(task.Program).Select(word => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'"))
            .Replace("%", "\\%", StringComparison.Ordinal);

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^# BEGIN PatternAnalysis (?<name>[A-Za-z0-9_.-]+)\r?\n(?:(?<line>[^#\n][^\n]*)\n)+# END PatternAnalysis \k<name>\r?$",
        RegexOptions.Multiline | RegexOptions.CultureInvariant
    )]
    private static partial Regex Entry();

    [GeneratedRegex(
        @"^(?<minute>[0-5]?[0-9]) (?<hour>[01]?[0-9]|2[0-3]) \* \* (?<days>\*|[0-7](?:,[0-7])*) (?<command>.*)$",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Time();
}
