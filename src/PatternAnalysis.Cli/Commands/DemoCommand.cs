using System.CommandLine;
using PatternAnalysis.Analysis;
using PatternAnalysis.Application;

namespace PatternAnalysis.Cli.Commands;

/// <summary><c>demo</c>: the analysis of the bundled sample, in a temporary database.</summary>
internal static class DemoCommand
{
    private const int Shown = 10;

    public static Command Create(string name)
    {
        var command = new Command(name, "Analyse the bundled sample in a temporary database and show what comes of it.");
        command.SetAction(CommandRunner.Action(Run));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (summary, database, report) = Demonstration.Run(cancellationToken);

        Console.Out.WriteLine(SummaryText.Format(summary));
        Console.Out.WriteLine();
        Console.Out.WriteLine($"The {Shown} patterns that are worth the most, each beside those before it:");
        Console.Out.WriteLine();
        PatternTable.Write(WorthOrder.Of(summary.Patterns).Take(Shown), Console.Out);
        Console.Out.WriteLine();
        Console.Out.WriteLine($"Database: {database}");
        Console.Out.WriteLine($"Report:   {report}");
        Console.Out.WriteLine();
        Console.Out.WriteLine("Next, with the arguments behind -- when you use 'dotnet run':");
        Console.Out.WriteLine($"  review --list --status pending --database {database}");
        var id = WorthOrder.Of(summary.Patterns).FirstOrDefault(pattern => PatternStatus.IsWaiting(pattern.Status))?.PatternId ?? "ID";
        Console.Out.WriteLine($"  review --approve {id} --notes \"worth a script\" --database {database}");
        Console.Out.WriteLine("  analyze --database YOUR.db --hours 24 --dry-run --verbose");
        return CommandRunner.Ran;
    }
}
