using System.CommandLine;
using System.Globalization;
using PatternAnalysis.Application;
using PatternAnalysis.Reporting;
using PatternAnalysis.Scheduling;
using PatternAnalysis.Surfaces;

namespace PatternAnalysis.Cli.Commands;

/// <summary><c>status</c>: whether the analysis is running, for people and for monitors.</summary>
internal static class StatusCommand
{
    public static Command Create(string name) =>
        new QueryCommand<StatusOptions, AnalysisStatus>
        {
            Ask = (database, options, _) => StatusQuery.Run(database, options, Schedulers.FindAll()),
            WriteJson = (status, _, output) => RunJson.Write(status, output),
            Write = Write,
            ExitCode = status => status.IsHealthy ? CommandRunner.Ran : CommandRunner.NotRunning,
        }.Create(
            name,
            "Say whether the analysis is running: its last run, the last import, the last event "
                + "of each application, what waits, and the next run. Exit code: 0 an analysis ended well within the age, "
                + "1 failed, 2 bad arguments, 3 none did.",
            form: "lines"
        );

    private static void Write(AnalysisStatus status)
    {
        Console.Out.WriteLine($"{(status.IsHealthy ? "OK" : "NOT RUNNING")}: {status.Explanation}");
        Console.Out.WriteLine($"Last analysis:  {Show(status.LastRun)}");
        Console.Out.WriteLine($"Last import:    {Show(status.LastImport)}");
        Console.Out.WriteLine($"Last failure:   {Show(status.LastFailure)}");
        foreach (var source in status.Sources)
            Console.Out.WriteLine($"Last event:     {Instant(source.LastEventAt)}  {Name(source)}");
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Waiting events: {status.SpoolCount}"));
        Console.Out.WriteLine($"Next run:       {(status.NextRunAt is { } next ? Instant(next) : "none is registered")}");
    }

    private static string Name(EventSource source) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(source.SourceApp is { } name ? SurfaceText.Line(name) : "(no application)")}, {source.EventCount:N0} events"
        );

    private static string Show(PastRun? run) =>
        run is null ? "none" : $"{Instant(run.FinishedAt)}{(run.Error is { } error ? $"  {run.Kind}: {SurfaceText.Line(error)}" : "")}";

    private static string Instant(DateTimeOffset? instant) =>
        instant?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "no time";
}
