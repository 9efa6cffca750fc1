using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using CsCheck;

namespace PatternAnalysis.Scheduling.Tests;

public class SchedulerTests
{
    private static readonly string[] s_hostile =
    [
        "/opt/my dir/it's 100% \"ours\"$HOME\\x.ps1",
        "`id`",
        "$(id)",
        "a;b|c&d",
        "",
        "-x",
        "%h %%",
        "\\",
        "ä→ü",
    ];

    [Fact]
    public void A_crontab_keeps_every_other_line_and_has_a_task_once()
    {
        const string Others = "# mine\nMAILTO=me\n5 4 * * * true\n";
        var once = Crontab.Add(Others, Task());

        Assert.StartsWith(Others, once, StringComparison.Ordinal);
        Assert.Equal(once, Crontab.Add(once, Task()));
        Assert.Equal(Others, Crontab.Remove(once, "Daily"));
        Assert.Equal(Others, Crontab.Remove(Others, "Daily"));
    }

    [Fact]
    public void Adding_and_removing_is_doing_nothing_whatever_the_crontab_holds() =>
        Gen.OneOf(Gen.Const("# x"), Gen.Const("5 4 * * * true"), Gen.Const(""), Gen.String[Gen.Char[' ', '~'], 0, 20])
            .List[0, 8]
            .Sample(lines =>
            {
                var crontab = string.Concat(lines.Select(line => line + "\n"));
                Assert.Equal(crontab, Crontab.Remove(Crontab.Add(crontab, Task()), "Daily"));
            });

    [Fact]
    public void Tasks_of_other_names_stay()
    {
        var both = Crontab.Add(Crontab.Add("", Task()), Task("Second", new TimeOnly(3, 5)));

        Assert.Equal(["Daily", "Second"], Crontab.Find(both).Select(task => task.Name));
        Assert.Equal([new TimeOnly(2, 0), new TimeOnly(3, 5)], Crontab.Find(both).Select(task => task.At.Single()));
        Assert.Equal(["Second"], Crontab.Find(Crontab.Remove(both, "Daily")).Select(task => task.Name));
    }

    [Fact]
    public void A_crontab_whose_mark_has_no_end_is_left_alone() =>
        Assert.Equal(
            "CrontabDamaged",
            Assert.Throws<PatternAnalysisException>(() => Crontab.Add("# BEGIN PatternAnalysis Daily\n5 4 * * * true\n", Task())).ErrorId
        );

    [Fact]
    public void A_shell_gets_every_argument_as_it_is()
    {
        if (OperatingSystem.IsWindows())
            return;

        var task = new AnalysisTask("Daily", new Schedule([new TimeOnly(2, 0)]), "/usr/bin/printf", ["%s\\n", .. s_hostile]);
        // What cron does before it starts the shell.
        var command = Crontab.Find(Crontab.Add("", task)).Single().Command.Replace("\\%", "%", StringComparison.Ordinal);
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command]) { RedirectStandardOutput = true })!;

        Assert.Equal(s_hostile, shell.StandardOutput.ReadToEnd().TrimEnd('\n').Split('\n'));
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    public void What_no_scheduler_can_hold_is_refused(string argument) =>
        Assert.Equal(
            "InvalidTask",
            Assert
                .Throws<PatternAnalysisException>(() => new AnalysisTask("Daily", new Schedule([default]), "/bin/true", [argument]))
                .ErrorId
        );

    [Fact]
    public void Systemd_units_are_written_read_and_removed()
    {
        var folder = Directory.CreateTempSubdirectory("pattern-analysis-units-").FullName;
        var calls = new List<string>();
        var scheduler = new SystemdScheduler(folder, arguments => calls.Add(string.Join(' ', arguments)));
        File.WriteAllText(Path.Combine(folder, "other.timer"), "[Timer]");
        scheduler.Register(Task());
        scheduler.Register(Task());

        var service = File.ReadAllText(Path.Combine(folder, "pattern-analysis-Daily.service"));
        Assert.Contains(
            "ExecStart=\"/usr/bin/pwsh\" \"-File\" \"/opt/my dir/it's 100%% \\\"ours\\\"$$HOME\\\\x.ps1\"\n",
            service,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "OnCalendar=*-*-* 02:00:00\nPersistent=true\n",
            File.ReadAllText(Path.Combine(folder, "pattern-analysis-Daily.timer")),
            StringComparison.Ordinal
        );
        Assert.Equal((new TimeOnly(2, 0), "Daily"), scheduler.Find().Select(task => (task.At.Single(), task.Name)).Single());
        Assert.Equal("enable pattern-analysis-Daily.timer", calls[1]);

        Assert.True(scheduler.Unregister("Daily"));
        Assert.False(scheduler.Unregister("Daily"));
        Assert.Equal(["other.timer"], Directory.GetFiles(folder).Select(Path.GetFileName));
        Directory.Delete(folder, recursive: true);
    }

    [SystemdFact]
    public void Systemd_takes_the_units_whatever_the_arguments_are()
    {
        var folder = Directory.CreateTempSubdirectory("pattern-analysis-units-").FullName;
        new SystemdScheduler(folder, _ => { }).Register(
            new AnalysisTask("Daily", new Schedule([new TimeOnly(2, 0)]), "/bin/true", ["-File", .. s_hostile])
        );

        Assert.Equal((0, ""), SystemdFactAttribute.Verify(folder, "pattern-analysis-Daily.timer", "pattern-analysis-Daily.service"));

        // And it is one that looks.
        File.WriteAllText(
            Path.Combine(folder, "pattern-analysis-Daily.timer"),
            SystemdUnits.Timer(Task()).Replace("02:00:00", "25:00:00", StringComparison.Ordinal)
        );
        Assert.NotEqual(0, SystemdFactAttribute.Verify(folder, "pattern-analysis-Daily.timer").ExitCode);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_definition_for_Task_Scheduler_keeps_to_its_schema()
    {
        var schemas = new XmlSchemaSet();
        using var schema = XmlReader.Create(typeof(SchedulerTests).Assembly.GetManifestResourceStream("task.xsd")!);
        schemas.Add(null, schema);
        foreach (var arguments in new[] { s_hostile, ["<&>\"'"] })
        {
            var task = TaskSchedulerXml.Write(
                new AnalysisTask("Daily", new Schedule([new TimeOnly(2, 0)]), "C:\\Program Files\\PowerShell\\7\\pwsh.exe", arguments)
            );

            // As the file that schtasks gets: parsed again.
            XDocument.Parse($"{task}").Validate(schemas, (_, problem) => Assert.Fail(problem.Message));
        }

        var broken = TaskSchedulerXml.Write(Task());
        broken.Descendants().Single(element => element.Name.LocalName == "DaysInterval").Value = "0";
        Assert.Throws<XmlSchemaValidationException>(() => broken.Validate(schemas, null));
    }

    [Fact]
    public void A_definition_for_Task_Scheduler_is_read_back()
    {
        var task = TaskSchedulerXml.Read(TaskSchedulerXml.Write(Task()).ToString()).Single();

        Assert.Equal(("Daily", new TimeOnly(2, 0), "TaskScheduler"), (task.Name, task.At.Single(), task.Scheduler));
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "\"\"")]
    [InlineData("a b", "\"a b\"")]
    [InlineData("C:\\my dir\\", "\"C:\\my dir\\\\\"")]
    [InlineData("say \"hi\"", "\"say \\\"hi\\\"\"")]
    [InlineData("a\\\"b", "\"a\\\\\\\"b\"")]
    public void Windows_gets_every_argument_as_it_is(string argument, string quoted) =>
        Assert.Equal(quoted, TaskSchedulerXml.Quote(argument));

    [Fact]
    public void Every_scheduler_gives_back_times_days_and_arguments()
    {
        var folder = Directory.CreateTempSubdirectory("pattern-analysis-agents-").FullName;
        var task = new AnalysisTask(
            "Twice",
            new Schedule([new TimeOnly(14, 30), new TimeOnly(2, 5)], [DayOfWeek.Monday, DayOfWeek.Sunday]),
            "/usr/bin/pwsh",
            ["-File", .. s_hostile]
        );
        var systemd = new SystemdScheduler(folder, _ => { });
        var launchd = new LaunchdScheduler(folder, _ => { });
        systemd.Register(task);
        launchd.Register(task);
        ScheduledAnalysis[] found =
        [
            Crontab.Find(Crontab.Add("", task)).Single(),
            systemd.Find().Single(),
            launchd.Find().Single(),
            TaskSchedulerXml.Read(TaskSchedulerXml.Write(task).ToString()).Single(),
        ];
        foreach (var back in found)
        {
            Assert.Equal([new TimeOnly(2, 5), new TimeOnly(14, 30)], back.At);
            Assert.Equal([DayOfWeek.Sunday, DayOfWeek.Monday], back.DayOfWeek);
            Assert.Equal(["/usr/bin/pwsh", "-File", .. s_hostile], back.Arguments);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_launch_agent_is_a_property_list_that_macOS_reads()
    {
        var task = new AnalysisTask("Daily", new Schedule([new TimeOnly(2, 0)], [DayOfWeek.Friday]), "/usr/bin/pwsh", ["-File", "a&b.ps1"]);

        Assert.Equal(
            "<plist version=\"1.0\"><dict><key>Label</key><string>pattern-analysis.Daily</string>"
                + "<key>ProgramArguments</key><array><string>/usr/bin/pwsh</string>"
                + "<string>-File</string><string>a&amp;b.ps1</string></array>"
                + "<key>StartCalendarInterval</key><array><dict><key>Weekday</key><integer>5</integer><key>Hour</key><integer>2</integer>"
                + "<key>Minute</key><integer>0</integer></dict></array><key>ProcessType</key><string>Background</string></dict></plist>",
            LaunchdPlist.Write(task).Root!.ToString(SaveOptions.DisableFormatting)
        );
    }

    [Fact]
    public void What_a_scheduler_refuses_leaves_nothing_behind()
    {
        var folder = Directory.CreateTempSubdirectory("pattern-analysis-refused-").FullName;
        static void Refuse(IEnumerable<string> arguments) => throw new PatternAnalysisException(ErrorCatalogue.SchedulerFailed, "no");

        Assert.Throws<PatternAnalysisException>(() => new SystemdScheduler(folder, Refuse).Register(Task()));
        Assert.Throws<PatternAnalysisException>(() => new LaunchdScheduler(folder, Refuse).Register(Task()));
        Assert.Empty(Directory.GetFiles(folder));

        // And what was there before is there again.
        new SystemdScheduler(folder, _ => { }).Register(Task());
        var before = Directory.GetFiles(folder).Order().Select(File.ReadAllText).ToList();
        Assert.Throws<PatternAnalysisException>(() => new SystemdScheduler(folder, Refuse).Register(Task(at: new TimeOnly(5, 0))));
        Assert.Equal(before, Directory.GetFiles(folder).Order().Select(File.ReadAllText));
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("2026-03-02T01:00", "2026-03-02T02:00")]
    [InlineData("2026-03-02T02:00", "2026-03-02T14:00")]
    [InlineData("2026-03-02T15:00", "2026-03-04T02:00")]
    [InlineData("2026-03-05T00:00", "2026-03-09T02:00")]
    public void The_next_run_is_the_first_time_after_now(string now, string next) =>
        Assert.Equal(
            DateTimeOffset.Parse(next + "Z", CultureInfo.InvariantCulture),
            ScheduledTasks
                .Make(
                    "Twice",
                    new Schedule([new TimeOnly(14, 0), new TimeOnly(2, 0)], [DayOfWeek.Monday, DayOfWeek.Wednesday]),
                    SchedulerKind.Cron,
                    "",
                    []
                )
                .NextAfter(DateTimeOffset.Parse(now + "Z", CultureInfo.InvariantCulture), TimeZoneInfo.Utc)
        );

    [Fact]
    public void A_task_tells_what_it_needs_and_how_its_last_run_ended()
    {
        var folder = Directory.CreateTempSubdirectory("pattern-analysis-health-").FullName;
        File.WriteAllText(
            Path.Combine(folder, $"pattern_analysis_Nightly_events-{Hash("/no/events.db")}_20260302.log"),
            "2026-03-02T02:00:00+00:00 Started\n2026-03-02T02:00:09+00:00 Ended with exit code 1\n"
        );
        var task = ScheduledTasks.Make(
            "Nightly",
            new Schedule([new TimeOnly(2, 0)]),
            SchedulerKind.Cron,
            "",
            ["/no/pwsh", "-File", "/no/such.ps1", "-Database", "/no/events.db", "-LogDirectory", folder]
        );

        var check = TaskHealth.Check(task);
        Assert.False(check.IsHealthy);
        Assert.Equal(4, check.Problem.Length);
        Assert.Equal((1, new DateTimeOffset(2026, 3, 2, 2, 0, 0, TimeSpan.Zero)), (check.LastExitCode, check.LastRun));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_task_reads_its_own_logs_and_not_those_of_one_whose_name_begins_alike()
    {
        var folder = Directory.CreateTempSubdirectory("pattern-analysis-health-").FullName;
        void Log(string name, string day, int exitCode) =>
            File.WriteAllText(
                Path.Combine(folder, $"pattern_analysis_{name}_{day}.log"),
                $"2026-03-02T02:00:00+00:00 Started\n2026-03-02T02:00:09+00:00 Ended with exit code {exitCode}\n"
            );
        Log($"Daily_my_events-{Hash("/no/my_events.db")}", "20260302", 0);
        Log($"Daily_Weekly_my_events-{Hash("/no/my_events.db")}", "20260303", 1);
        Log("Daily_other-123456", "20260304", 2);
        Log("Daily", "20260305", 3);

        Assert.Equal(0, TaskHealth.Check(Logging("Daily", folder, "-Database", "/no/my_events.db")).LastExitCode);
        Assert.Equal(1, TaskHealth.Check(Logging("Daily_Weekly", folder, "-Database", "/no/my_events.db")).LastExitCode);
        Assert.Equal(3, TaskHealth.Check(Logging("Daily", folder)).LastExitCode);
        Assert.Null(TaskHealth.Check(Logging("Daily", folder, "-Database", "/no/Weekly_my_events.db")).LastExitCode);
        Directory.Delete(folder, recursive: true);
    }

    private static string Hash(string database) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(database)))[..6].ToLowerInvariant();

    [Fact]
    public void A_run_that_never_ended_is_a_problem_once_none_takes_that_long()
    {
        var folder = Directory.CreateTempSubdirectory("pattern-analysis-health-").FullName;
        File.WriteAllText(Path.Combine(folder, "pattern_analysis_Daily_20260302.log"), "2026-03-02T02:00:00+00:00 Started\n");
        var started = new DateTimeOffset(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);

        Assert.Empty(TaskHealth.Check(Logging("Daily", folder), started.AddHours(12)).Problem);
        var problem = Assert.Single(TaskHealth.Check(Logging("Daily", folder), started.AddHours(13)).Problem);
        Assert.StartsWith("The last run started at 2026-03-02 02:00 and never ended; see ", problem, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void What_a_scheduler_refuses_leaves_the_run_that_was_registered_before_running()
    {
        var folder = Directory.CreateTempSubdirectory("pattern-analysis-refused-").FullName;
        var calls = new List<string>();
        var refused = new Queue<string>(["load", "restart"]);
        void Refuse(IEnumerable<string> arguments)
        {
            calls.Add(arguments.First());
            if (!refused.TryPeek(out var word) || word != arguments.First())
                return;
            refused.Dequeue();
            throw new PatternAnalysisException(ErrorCatalogue.SchedulerFailed, "no");
        }

        new LaunchdScheduler(folder, _ => { }).Register(Task());
        Assert.Throws<PatternAnalysisException>(() => new LaunchdScheduler(folder, Refuse).Register(Task(at: new TimeOnly(5, 0))));
        Assert.Equal(["unload", "load", "load"], calls);

        calls.Clear();
        new SystemdScheduler(folder, _ => { }).Register(Task());
        Assert.Throws<PatternAnalysisException>(() => new SystemdScheduler(folder, Refuse).Register(Task(at: new TimeOnly(5, 0))));
        Assert.Equal(["daemon-reload", "enable", "restart", "daemon-reload", "restart"], calls);
        Directory.Delete(folder, recursive: true);
    }

    private static ScheduledAnalysis Logging(string name, string folder, params string[] arguments) =>
        ScheduledTasks.Make(
            name,
            new Schedule([new TimeOnly(2, 0)]),
            SchedulerKind.Cron,
            "",
            ["pwsh", "-LogDirectory", folder, .. arguments]
        );

    private static AnalysisTask Task(string name = "Daily", TimeOnly? at = null) =>
        new(name, new Schedule([at ?? new TimeOnly(2, 0)]), "/usr/bin/pwsh", ["-File", s_hostile[0]]);
}

/// <summary>
/// A test that has systemd read units. Where it is not installed the test is skipped, and says so; it need not be running.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SystemdFactAttribute : FactAttribute
{
    private const string Program = "/usr/bin/systemd-analyze";

    public SystemdFactAttribute()
    {
        if (!File.Exists(Program))
            Skip = $"There is no {Program} on this machine.";
    }

    public static (int ExitCode, string Output) Verify(string folder, params string[] units)
    {
        var start = new ProcessStartInfo(Program, ["verify", "--user", "--man=no", .. units.Select(unit => Path.Combine(folder, unit))])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["XDG_RUNTIME_DIR"] = folder;
        using var process = Process.Start(start)!;
        var output = process.StandardError.ReadToEnd() + process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    [Theory]
    [InlineData("2026-03-02T00:00:00Z", "02:00", "UTC", "2026-03-02T02:00:00Z")]
    [InlineData("2026-03-02T02:00:00Z", "02:00", "UTC", "2026-03-03T02:00:00Z")]
    [InlineData("2026-03-02T23:30:00Z", "02:00", "Europe/Berlin", "2026-03-03T01:00:00Z")]
    [InlineData("2026-03-28T12:00:00Z", "02:30", "Europe/Berlin", "2026-03-29T01:30:00Z")]
    public void The_next_start_is_in_the_machines_own_time(string now, string at, string zone, string next) =>
        Assert.Equal(
            DateTimeOffset.Parse(next, CultureInfo.InvariantCulture),
            new ScheduledAnalysis("Daily", [TimeOnly.Parse(at, CultureInfo.InvariantCulture)], [], "Cron", "x").NextAfter(
                DateTimeOffset.Parse(now, CultureInfo.InvariantCulture),
                TimeZoneInfo.FindSystemTimeZoneById(zone)
            )
        );
}
