using System.CommandLine;
using PatternAnalysis.Application;
using PatternAnalysis.Reporting;
using PatternAnalysis.Storage;
using PatternAnalysis.Surfaces;

namespace PatternAnalysis.Cli.Commands;

/// <summary><c>automations</c>: what a user and projects automate already.</summary>
internal sealed class AutomationsCommand
{
    private readonly Argument<string[]> _folders = new("folder")
    {
        Description = "The folders of projects; the current one when neither these nor a database is given.",
        DefaultValueFactory = _ => [],
    };
    private readonly Option<string?> _database = new("--database", "-d")
    {
        Description = "Look into the projects that the events of this database come from.",
    };
    private readonly Option<bool> _projectOnly = new("--project-only")
    {
        Description = "Leave out what the user automates in every project.",
    };
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object instead of the table." };

    public static Command Create(string name)
    {
        var options = new AutomationsCommand();
        var command = new Command(
            name,
            "List the skills, slash commands, hooks, allow rules and tasks that exist already. Files are read, nothing of them is run. "
                + "Exit code: 0 ran, 1 failed, 2 bad arguments."
        )
        {
            options._folders,
            options._database,
            options._projectOnly,
            options._json,
        };
        command.SetAction(CommandRunner.Action(options.Run));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        var folders = parsed.GetValue(_folders) ?? [];
        var projects = parsed.GetValue(_database) is { } database
            ? WorkingFolders.Find(PatternDatabase.Open(database), TimeWindow.Always, cancellationToken)
            : [];
        var all = folders.Length == 0 && parsed.GetValue(_database) is null ? ["."] : folders.Union(projects).ToArray();
        var search = AutomationQuery.Run(all, parsed.GetValue(_projectOnly));
        foreach (var skipped in search.Skipped)
            Console.Error.WriteLine($"note: left out {SurfaceText.Line(skipped)}.");
        if (parsed.GetValue(_json))
        {
            using var output = Console.OpenStandardOutput();
            AutomationJson.Write(search.Found, output);
            output.Write("\n"u8);
            return CommandRunner.Ran;
        }

        Console.Out.WriteLine("Kind          Name                            Path");
        foreach (var automation in search.Found)
            Console.Out.WriteLine($"{automation.Kind, -12}  {SurfaceText.Line(automation.Name), -30}  {SurfaceText.Line(automation.Path)}");
        return CommandRunner.Ran;
    }
}
