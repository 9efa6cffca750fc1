using System.CommandLine;
using System.Globalization;
using PatternAnalysis.Application;
using PatternAnalysis.Reporting;
using PatternAnalysis.Scheduling;
using PatternAnalysis.Storage;
using PatternAnalysis.Surfaces;

namespace PatternAnalysis.Cli.Commands;

/// <summary><c>status</c>: whether the analysis is running, for people and for monitors.</summary>
internal sealed class StatusCommand
{
    private readonly Option<string?> _database = Arguments.Database();
    private readonly OptionSet<StatusOptions> _options = new();
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object instead of the lines." };

    public static Command Create()
    {
        var options = new StatusCommand();
        var command = new Command(
            "status",
            "Say whether the analysis is running: its last run, the last import, the last event "
                + "of each application, what waits, and the next run. Exit code: 0 an analysis ended well within the age, "
                + "1 failed, 2 bad arguments, 3 none did."
        )
        {
            options._database,
        };
        options._options.AddTo(command);
        command.Options.Add(options._json);
        command.SetAction(CommandRunner.Action(options.Run));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        var status = StatusQuery.Run(PatternDatabase.Open(parsed.GetValue(_database)), _options.Read(parsed), Schedulers.FindAll());
        if (parsed.GetValue(_json))
        {
            using var output = Console.OpenStandardOutput();
            RunJson.Write(status, output);
            output.Write("\n"u8);
        }
        else
        {
            WriteLines(status);
        }

        return status.IsHealthy ? CommandRunner.Ran : CommandRunner.NotRunning;
    }

    private static void WriteLines(AnalysisStatus status)
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
