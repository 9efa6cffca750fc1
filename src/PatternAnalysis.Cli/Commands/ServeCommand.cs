using System.CommandLine;
using System.Runtime.InteropServices;
using PatternAnalysis.Approvals;
using PatternAnalysis.Panel;
using PatternAnalysis.Storage;

namespace PatternAnalysis.Cli.Commands;

/// <summary><c>serve</c>: the review panel, until it is interrupted.</summary>
internal sealed class ServeCommand
{
    private readonly Option<string?> _database = Arguments.Database();
    private readonly Option<int> _port = Arguments.AtLeast(
        0,
        "--port",
        PanelOptions.DefaultPort,
        "The port on this machine's loopback address; 0 for any that is free.",
        maximum: 65535
    );
    private readonly Option<string[]> _urls = new("--urls")
    {
        Description = "Where to listen instead, for example http://192.168.1.20:8765. Without TLS: what is sent can be read on the way.",
        AllowMultipleArgumentsPerToken = true,
        HelpName = "url",
    };
    private readonly Option<string> _reviewer = new("--reviewer")
    {
        Description = "Who decides, unless another name is given.",
        DefaultValueFactory = _ => Environment.UserName,
        HelpName = "name",
    };

    public static Command Create(string name)
    {
        var options = new ServeCommand();
        var command = new Command(
            name,
            "Show the review panel to a browser, until Ctrl+C. Exit code: 0 stopped, 1 failed, 2 bad arguments."
        )
        {
            options._database,
            options._port,
            options._urls,
            options._reviewer,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(options._port) is { Implicit: false } && result.GetResult(options._urls) is { Implicit: false })
                result.AddError("--urls names the ports. Leave --port out.");
        });
        command.SetAction(CommandRunner.Action(options.Run));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        var database = PatternDatabase.Open(parsed.GetValue(_database));
        database.Approvals.Find(new ApprovalQuery { First = 1 }); // a database that can't be read is told here, not in the browser
        ServeAsync(
                new PanelOptions
                {
                    Store = database.Approvals,
                    Runs = database.Runs,
                    Effects = database.Effects,
                    DatabaseName = database.Name,
                    Reviewer = parsed.GetValue(_reviewer)!,
                    Port = parsed.GetValue(_port),
                    Urls = parsed.GetValue(_urls) ?? [],
                    Log = Console.Error.WriteLine,
                },
                cancellationToken
            )
            .GetAwaiter()
            .GetResult();
        return CommandRunner.Ran;
    }

    private static async Task ServeAsync(PanelOptions options, CancellationToken cancellationToken)
    {
        await using var server = await PanelServer.StartAsync(options, cancellationToken).ConfigureAwait(false);
        await Console.Out.WriteLineAsync($"Review panel of {options.DatabaseName}").ConfigureAwait(false);
        await Console.Out.WriteLineAsync($"Open this link; whoever has it may decide: {server.Link}").ConfigureAwait(false);
        await Console.Out.WriteLineAsync("Ctrl+C ends it.").ConfigureAwait(false);
        await InterruptAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits for Ctrl+C, or for the signal that ends services.</summary>
    private static async Task InterruptAsync(CancellationToken cancellationToken)
    {
        // What follows must not run inside the signal's handler, which what is disposed of may wait for.
        var interrupted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            interrupted.TrySetResult();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var cancel = cancellationToken.Register(() => interrupted.TrySetResult());
        await interrupted.Task.ConfigureAwait(false);
    }
}
