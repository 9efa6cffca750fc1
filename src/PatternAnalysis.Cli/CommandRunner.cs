using System.CommandLine;
using PatternAnalysis.Surfaces;

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

    /// <summary>No analysis ended well in the time in which one should have.</summary>
    public const int NotRunning = 3;

    /// <summary>An option of every command.</summary>
    public static Option<bool> Verbose { get; } =
        new("--verbose", "-v")
        {
            Description = "Say on standard error what is being done, and of an unforeseen error where it happened.",
            Recursive = true,
        };

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
        (parsed, cancellationToken) =>
            Task.Run(() => Guard(() => work(parsed, cancellationToken), parsed.GetValue(Verbose)), CancellationToken.None);

    /// <summary>Tells an error in one line.</summary>
    public static void Tell(PatternAnalysisException error) => Console.Error.WriteLine($"error {error.ErrorId}: {error.Message}");

    private static int Guard(Func<int> work, bool isVerbose)
    {
        try
        {
            return work();
        }
#pragma warning disable CA1031 // Whatever it is, the user gets one line and not a stack trace.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            var error = Explain(exception);
            Tell(error);
            if (isVerbose && error.Is(ErrorCatalogue.Unexpected))
                Console.Error.WriteLine(exception);
            return error.Error.ExitCode;
        }
    }

    private static PatternAnalysisException Explain(Exception exception) =>
        exception switch
        {
            PatternAnalysisException error => error,
            OperationCanceledException => new(ErrorCatalogue.Cancelled, "stopped; what was not finished was not saved.", exception),
            IOException or UnauthorizedAccessException => new(ErrorCatalogue.InputOutput, exception.Message, exception),
            _ => ErrorCatalogue.OfUnforeseen(exception),
        };

    private static string NameOf(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand ? "" : parsed.CommandResult.Command.Name + " ";
}
