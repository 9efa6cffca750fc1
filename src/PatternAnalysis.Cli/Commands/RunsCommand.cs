using System.CommandLine;
using System.Globalization;
using PatternAnalysis.Approvals;
using PatternAnalysis.Reporting;
using PatternAnalysis.Storage;
using PatternAnalysis.Surfaces;

namespace PatternAnalysis.Cli.Commands;

/// <summary><c>runs</c>: what ran, and how it ended.</summary>
internal sealed class RunsCommand
{
    private readonly Option<string?> _database = Arguments.Database();
    private readonly OptionSet<RunQuery> _options = new();
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object instead of the table." };

    public static Command Create()
    {
        var options = new RunsCommand();
        var command = new Command(
            "runs",
            "List analyses, imports and measurements of effects, newest first, failed ones with "
                + "their reason. Exit code: 0 ran, 1 failed, 2 bad arguments."
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
        var runs = PatternDatabase.Open(parsed.GetValue(_database)).Runs.Find(_options.Read(parsed));
        if (parsed.GetValue(_json))
        {
            using var output = Console.OpenStandardOutput();
            RunJson.Write(runs, output);
            output.Write("\n"u8);
            return CommandRunner.Ran;
        }

        Console.Out.WriteLine("    Run  Started (UTC)        Took (s)  Kind      Outcome    Sessions    Events  Patterns  Error");
        foreach (var run in runs)
        {
            Console.Out.WriteLine(
                string.Concat(
                        Text($"{run.RunId, 7}  {run.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}  "),
                        Text($"{(run.FinishedAt - run.StartedAt).TotalSeconds, 8:0}  {run.Kind, -8}  {run.Outcome, -9}  "),
                        Text($"{run.SessionCount, 8:N0}  {run.EventCount, 8:N0}  {run.PatternsFound, 8:N0}  "),
                        SurfaceText.Line(run.Error ?? "")
                    )
                    .TrimEnd()
            );
        }

        return CommandRunner.Ran;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
