using System.CommandLine;
using System.Globalization;
using PatternAnalysis.Application;
using PatternAnalysis.Storage;
using PatternAnalysis.Surfaces;

namespace PatternAnalysis.Cli.Commands;

/// <summary><c>permissions</c>: allow rules for what agents ask for again and again.</summary>
internal sealed class PermissionsCommand
{
    private readonly Option<string?> _database = Arguments.Database();
    private readonly OptionSet<PermissionOptions> _options = new();

    public static Command Create(string name)
    {
        var options = new PermissionsCommand();
        var command = new Command(
            name,
            "Propose allow rules for an agent's settings: only for commands that are safe in "
                + "every occurrence. Nothing is installed. Exit code: 0 ran, 1 failed, 2 bad arguments."
        )
        {
            options._database,
        };
        options._options.AddTo(command);
        command.SetAction(CommandRunner.Action(options.Run));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        var rules = PermissionQuery.Run(PatternDatabase.Open(parsed.GetValue(_database)), _options.Read(parsed), cancellationToken);
        Console.Out.WriteLine("Sessions  Calls  Agent        Rule");
        foreach (var rule in rules)
        {
            Console.Out.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{rule.SessionCount, 8} {rule.CallCount, 6}  {rule.Agent, -11}  {SurfaceText.Line(rule.Rule)}"
                )
            );
            if (rule.Refusal is { } refusal)
                Console.Out.WriteLine($"                 not to be used: {SurfaceText.Line(refusal)}");
            else if (rule.LetsThrough.Length > 0)
                Console.Out.WriteLine($"                 lets through: {SurfaceText.Line(string.Join(" | ", rule.LetsThrough))}");
        }

        return CommandRunner.Ran;
    }
}
