using System.CommandLine;
using System.CommandLine.Parsing;

namespace PatternAnalysis.Cli;

/// <summary>Runs a command line and turns its outcome into an exit code.</summary>
internal static class CommandRunner
{
    /// <summary>It ran, with or without a pattern.</summary>
    public const int Ran = 0;

    /// <summary>It failed; the error says why.</summary>
    public const int Failed = 1;

    /// <summary>The arguments are wrong; nothing was done.</summary>
    public const int BadArguments = 2;

    /// <summary>How long what is told to stop may take, before the process ends as it is.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                await Console.Error.WriteLineAsync($"error: {error.Message}").ConfigureAwait(false);
            await Console.Error.WriteLineAsync($"Try 'pattern-analysis {NameOf(parsed)}--help'.").ConfigureAwait(false);
            return BadArguments;
        }

        // Said although it looks like a default: without it, version 2.0.0 of the library leaves Ctrl+C and SIGTERM to the runtime, which
        // ends the process at once.
        return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = s_patience }).ConfigureAwait(false);
    }

    /// <summary>Makes an action of work that ends with an exit code; its errors are told on standard error.</summary>
    public static Func<ParseResult, CancellationToken, Task<int>> Action(Func<ParseResult, CancellationToken, int> work) =>
        (parsed, cancellationToken) => Task.Run(() => Guard(() => work(parsed, cancellationToken)), CancellationToken.None);

    private static int Guard(Func<int> work)
    {
        try
        {
            return work();
        }
        catch (PatternAnalysisException error)
        {
            Console.Error.WriteLine($"error {error.ErrorId}: {error.Message}");
            return
                error.ErrorId
                    is Arguments.ErrorId
                        or "InvalidWindow"
                        or "InvalidWildcard"
                        or "InvalidOption"
                        or "InvalidLength"
                        or "UnknownReportFormat"
                        or Delivery.SinkFactory.SettingsErrorId
                ? BadArguments
                : Failed;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("error Cancelled: stopped; what was not finished was not saved.");
            return Failed;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"error InputOutput: {error.Message}");
            return Failed;
        }
    }

    private static string NameOf(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand ? "" : parsed.CommandResult.Command.Name + " ";
}
