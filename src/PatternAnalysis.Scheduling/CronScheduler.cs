namespace PatternAnalysis.Scheduling;

/// <summary>The user's crontab, through the program <c>crontab</c>.</summary>
internal sealed class CronScheduler : IScheduler
{
    private const string Program = "crontab";

    public string Describe(AnalysisTask task) => Crontab.Block(task);

    public void Register(AnalysisTask task) => Write(Crontab.Add(Read(), task));

    public IReadOnlyList<ScheduledAnalysis> Find() => Crontab.Find(Read());

    public bool Unregister(string name)
    {
        var before = Read();
        var after = Crontab.Remove(before, name);
        if (after == before)
            return false;
        if (after.Length == 0)
            NativeCommand.Require(Program, ["-r"]);
        else
            Write(after);
        return true;
    }

    // Cron itself can't be asked for it: as it does, a shell gets the command once the escapes of % are gone.
    public void Start(ScheduledAnalysis task) =>
        NativeCommand.Run("/bin/sh", ["-c", task.Command.Replace("\\%", "%", StringComparison.Ordinal)]);

    private static string Read()
    {
        var (exitCode, output, error) = NativeCommand.Run(Program, ["-l"]);
        if (exitCode == 0)
            return output;
        return error.Contains("no crontab", StringComparison.OrdinalIgnoreCase)
            ? ""
            : throw new PatternAnalysisException(ErrorCatalogue.SchedulerFailed, $"'{Program} -l' ended with {exitCode}: {error.Trim()}");
    }

    private static void Write(string crontab) => NativeCommand.Require(Program, ["-"], crontab);
}
