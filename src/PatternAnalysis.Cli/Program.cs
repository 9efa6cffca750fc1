using PatternAnalysis.Cli;
using PatternAnalysis.Cli.Commands;

// The recorder first, and nothing of the rest with it: it must start fast.
return
    args is [RecordCommand.Name, .. var arguments]
    && !arguments.Contains("--help")
    && !arguments.Contains("-h")
    && !arguments.Contains("-?")
    ? RecordCommand.Run(arguments)
    : await RootProgram.RunAsync(args).ConfigureAwait(false);
