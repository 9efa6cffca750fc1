using System.CommandLine;
using System.Globalization;
using PatternAnalysis.Storage;

namespace PatternAnalysis.Cli.Commands;

/// <summary><c>protect</c>: masks the secrets in events that are stored already.</summary>
internal static class ProtectCommand
{
    public static Command Create(string name)
    {
        var database = Arguments.Database();
        var again = new Option<bool>("--again") { Description = "Look at all events, also at those that an earlier run looked at." };
        var command = new Command(
            name,
            "Mask secrets in the events that a database holds already. Can be "
                + "stopped and goes on later. Exit code: 0 ran, 1 failed, 2 bad arguments."
        )
        {
            database,
            again,
        };
        command.SetAction(
            CommandRunner.Action(
                (parsed, cancellationToken) =>
                {
                    var result = PatternDatabase
                        .Open(parsed.GetValue(database))
                        .Protection.Run(parsed.GetValue(again), cancellationToken: cancellationToken);
                    Console.Out.WriteLine(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"Looked at {result.EventCount:N0} events in {result.Database}, masked "
                                + $"{result.MaskedCount:N0}, in {result.Elapsed.TotalSeconds:0.0} s"
                        )
                    );
                    return CommandRunner.Ran;
                }
            )
        );
        return command;
    }
}
