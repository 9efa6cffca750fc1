using System.CommandLine;
using System.Globalization;
using PatternAnalysis.Storage;

namespace PatternAnalysis.Cli.Commands;

/// <summary><c>optimize</c>: makes the index that holds all that an analysis by tool names reads.</summary>
internal static class OptimizeCommand
{
    public static Command Create(string name)
    {
        var database = Arguments.Database();
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be made; the database is not opened." };
        var command = new Command(
            name,
            "Make an index that an analysis by tool names can read instead of the table. Exit code: 0 ran, 1 failed, 2 bad arguments."
        )
        {
            database,
            dryRun,
        };
        command.SetAction(
            CommandRunner.Action(
                (parsed, cancellationToken) =>
                {
                    var opened = PatternDatabase.Open(parsed.GetValue(database));
                    if (parsed.GetValue(dryRun))
                    {
                        Console.Out.WriteLine($"Would make the index {EventIndex.Name} in {opened.Name}");
                        return CommandRunner.Ran;
                    }

                    var result = opened.Index.Create(cancellationToken);
                    Console.Out.WriteLine(
                        result.Created
                            ? string.Create(
                                CultureInfo.InvariantCulture,
                                $"Made the index {result.IndexName} in {result.Database} in {result.Elapsed.TotalSeconds:0.0} s"
                            )
                            : $"The index {result.IndexName} is already in {result.Database}"
                    );
                    return CommandRunner.Ran;
                }
            )
        );
        return command;
    }
}
