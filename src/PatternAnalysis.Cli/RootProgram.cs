using System.CommandLine;
using PatternAnalysis.Cli.Commands;

namespace PatternAnalysis.Cli;

/// <summary>The program with all its commands.</summary>
internal static class RootProgram
{
    public static Task<int> RunAsync(string[] args)
    {
        Console.OutputEncoding = System.Text.Encoding.UTF8;
        Console.SetOut(new TerminalWriter(Console.Out));
        Console.SetError(new TerminalWriter(Console.Error));
        return CommandRunner.RunAsync(Create(), args);
    }

    /// <summary>Makes the program's commands.</summary>
    public static RootCommand Create() =>
        new("Finds what coding agents do over and over, shows that it is not chance, prices it, and queues it for review.")
        {
            CommandRunner.Verbose,
            ImportCommand.Create(),
            RecordCommand.Create(),
            AnalyzeCommand.Create(),
            ReviewCommand.Create(),
            ServeCommand.Create(),
            StatusCommand.Create(),
            RunsCommand.Create(),
            CostCommand.Create(),
            EffectCommand.Create(),
            AutomationsCommand.Create(),
            PermissionsCommand.Create(),
            DangerCommand.Create(),
            WorkflowCommand.Create(),
            OptimizeCommand.Create(),
            CheckCommand.Create(),
            ProtectCommand.Create(),
            DemoCommand.Create(),
        };
}
