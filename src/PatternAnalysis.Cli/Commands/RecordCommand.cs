using System.CommandLine;
using PatternAnalysis.Import;
using PatternAnalysis.Storage.Recording;

namespace PatternAnalysis.Cli.Commands;

/// <summary>
/// <c>record</c>: stores the hook event on standard input. An agent runs it before and after each of its calls and waits for it, so its
/// arguments are read without the library that reads those of the other commands, which takes longer to load than this takes to run.
/// </summary>
internal static class RecordCommand
{
    public const string Name = "record";

    /// <summary>Runs it. Always ends with 0, and never says anything on standard output: an agent would take both for an answer.</summary>
    public static int Run(ReadOnlySpan<string> arguments)
    {
        try
        {
            string? database = null;
            string? sourceApp = null;
            var mode = PayloadMode.Command;
            for (; arguments.Length > 1; arguments = arguments[2..])
            {
                switch (arguments[0])
                {
                    case "--database" or "-d":
                        database = arguments[1];
                        break;
                    case "--source-app":
                        sourceApp = arguments[1];
                        break;
                    case "--payload-mode"
                        when Enum.TryParse(arguments[1], ignoreCase: true, out PayloadMode given) && Enum.IsDefined(given):
                        mode = given;
                        break;
                    default:
                        return Tell($"'{arguments[0]} {arguments[1]}' is no argument of record.");
                }
            }

            using var input = Console.OpenStandardInput();
            return arguments.Length > 0 ? Tell($"'{arguments[0]}' needs a value.")
                : new HookRecorder(database, mode, sourceApp).Record(input) is { } trouble ? Tell(trouble)
                : CommandRunner.Ran;
        }
#pragma warning disable CA1031 // Whatever it is: the agent must go on.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return Tell(error.Message);
        }
    }

    /// <summary>The same command for the help of the program.</summary>
    public static Command Create(string name)
    {
        var command = new Command(name, "Store the hook event on standard input: for the hooks of an agent. Exit code: always 0.")
        {
            Arguments.Database(),
            new Option<string>("--source-app")
            {
                Description = "The application that the events come from. Default: claude-code.",
                HelpName = "name",
            },
            new Option<PayloadMode>("--payload-mode")
            {
                Description = "How much of a tool's input is stored: its command and file path, all of it, or nothing.",
            },
        };
        command.SetAction(_ => CommandRunner.Ran);
        return command;
    }

    private static int Tell(string trouble)
    {
        Console.Error.WriteLine($"pattern-analysis record: {trouble}");
        return CommandRunner.Ran;
    }
}
