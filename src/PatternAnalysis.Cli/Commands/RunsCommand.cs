using System.CommandLine;
using System.Globalization;
using PatternAnalysis.Approvals;
using PatternAnalysis.Reporting;
using PatternAnalysis.Surfaces;

namespace PatternAnalysis.Cli.Commands;

/// <summary><c>runs</c>: what ran, and how it ended.</summary>
internal static class RunsCommand
{
    public static Command Create(string name) =>
        new QueryCommand<RunQuery, IReadOnlyList<PastRun>>
        {
            Ask = (database, query, _) => database.Runs.Find(query),
            WriteJson = (runs, _, output) => RunJson.Write(runs, output),
            Write = Write,
        }.Create(
            name,
            "List analyses, imports and measurements of effects, newest first, failed ones with "
                + "their reason. Exit code: 0 ran, 1 failed, 2 bad arguments."
        );

    private static void Write(IReadOnlyList<PastRun> runs)
    {
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
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
