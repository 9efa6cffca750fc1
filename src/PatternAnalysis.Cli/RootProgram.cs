using System.CommandLine;
using PatternAnalysis.Cli.Commands;

namespace PatternAnalysis.Cli;

/// <summary>The program with all its commands.</summary>
internal static class RootProgram
{
    // In the order of the help.
    private static readonly (string Name, Func<string, Command> Create)[] s_commands =
    [
        ("import", ImportCommand.Create),
        (RecordCommand.Name, RecordCommand.Create),
        ("analyze", AnalyzeCommand.Create),
        ("review", ReviewCommand.Create),
        ("serve", ServeCommand.Create),
        ("status", StatusCommand.Create),
        ("runs", RunsCommand.Create),
        ("cost", CostCommand.Create),
        ("effect", EffectCommand.Create),
        ("automations", AutomationsCommand.Create),
        ("permissions", PermissionsCommand.Create),
        ("danger", DangerCommand.Create),
        ("workflow", WorkflowCommand.Create),
        ("optimize", OptimizeCommand.Create),
        ("check", CheckCommand.Create),
        ("protect", ProtectCommand.Create),
        ("demo", DemoCommand.Create),
    ];

    public static Task<int> RunAsync(string[] args)
    {
        Console.OutputEncoding = System.Text.Encoding.UTF8;
        Console.SetOut(new TerminalWriter(Console.Out));
        Console.SetError(new TerminalWriter(Console.Error));
        return CommandRunner.RunAsync(Create(args.FirstOrDefault()), args);
    }

    /// <summary>Makes the program's commands.</summary>
    /// <param name="first">
    /// The first argument. Where it names a command, only that one is made: the options of all take longer than many a command runs.
    /// </param>
    public static RootCommand Create(string? first = null)
    {
        var root = new RootCommand(
            "Finds what coding agents do over and over, shows that it is not chance, prices it, and queues it for review."
        )
        {
            CommandRunner.Verbose,
        };
        var only = s_commands.Where(command => command.Name == first).ToArray();
        foreach (var (name, create) in only.Length > 0 ? only : s_commands)
            root.Subcommands.Add(create(name));
        return root;
    }
}
