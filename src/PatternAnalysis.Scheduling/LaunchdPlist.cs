using System.Globalization;
using System.Xml.Linq;

namespace PatternAnalysis.Scheduling;

/// <summary>The property list of a launch agent of macOS (launchd.plist(5)).</summary>
internal static class LaunchdPlist
{
    public const string Prefix = "pattern-analysis.";

    public static XDocument Write(AnalysisTask task) =>
        new(
            new XDeclaration("1.0", "UTF-8", null),
            new XDocumentType("plist", "-//Apple//DTD PLIST 1.0//EN", "http://www.apple.com/DTDs/PropertyList-1.0.dtd", null),
            new XElement(
                "plist",
                new XAttribute("version", "1.0"),
                new XElement(
                    "dict",
                    Entry("Label", new XElement("string", Prefix + task.Name)),
                    Entry(
                        "ProgramArguments",
                        new XElement("array", task.Arguments.Prepend(task.Program).Select(word => new XElement("string", word)))
                    ),
                    Entry("StartCalendarInterval", new XElement("array", Intervals(task.Schedule))),
                    Entry("ProcessType", new XElement("string", "Background"))
                )
            )
        );

    /// <summary>The task that a property list stands for; null when it is none of ours.</summary>
    public static ScheduledAnalysis? Read(XDocument plist)
    {
        var dict = plist.Root?.Element("dict");
        if (Value(dict, "Label")?.Value is not { } label || !label.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        string[] words = [.. Value(dict, "ProgramArguments")?.Elements("string").Select(word => word.Value) ?? []];
        var intervals = Value(dict, "StartCalendarInterval")?.Elements("dict").ToList() ?? [];
        return words.Length == 0 || intervals.Count == 0
            ? null
            : ScheduledTasks.Make(
                label[Prefix.Length..],
                new Schedule(
                    intervals.Select(interval => new TimeOnly(Number(interval, "Hour") ?? 0, Number(interval, "Minute") ?? 0)),
                    intervals.Select(interval => Number(interval, "Weekday")).OfType<int>().Select(day => (DayOfWeek)(day % 7))
                ),
                SchedulerKind.Launchd,
                string.Join(' ', words),
                words
            );
    }

    private static IEnumerable<XElement> Intervals(Schedule schedule) =>
        from day in schedule.Days.Count == 0 ? [null] : schedule.Days.Select(day => (DayOfWeek?)day)
        from time in schedule.Times
        select new XElement(
            "dict",
            day is { } weekday ? Entry("Weekday", Integer((int)weekday)) : null,
            Entry("Hour", Integer(time.Hour)),
            Entry("Minute", Integer(time.Minute))
        );

    private static XElement Integer(int value) => new("integer", value.ToString(CultureInfo.InvariantCulture));

    private static object[] Entry(string key, XElement value) => [new XElement("key", key), value];

    private static XElement? Value(XElement? dict, string key) =>
        dict?.Elements("key").FirstOrDefault(element => element.Value == key)?.ElementsAfterSelf().FirstOrDefault();

    private static int? Number(XElement dict, string key) =>
        int.TryParse(Value(dict, key)?.Value, CultureInfo.InvariantCulture, out var number) ? number : null;
}
