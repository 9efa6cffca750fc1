using System.CommandLine;
using PatternAnalysis.Cli;
using PatternAnalysis.Cli.Commands;

Console.OutputEncoding = System.Text.Encoding.UTF8;

var root = new RootCommand("Finds what coding agents do over and over, shows that it is not chance, prices it, and queues it for review.")
{
    AnalyzeCommand.Create(),
    ReviewCommand.Create(),
    DangerCommand.Create(),
    OptimizeCommand.Create(),
    DemoCommand.Create(),
};
return await CommandRunner.RunAsync(root, args).ConfigureAwait(false);
