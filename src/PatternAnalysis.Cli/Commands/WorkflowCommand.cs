using System.CommandLine;
using PatternAnalysis.Approvals;
using PatternAnalysis.Storage;
using PatternAnalysis.Workflows;

namespace PatternAnalysis.Cli.Commands;

/// <summary><c>workflow</c>: a draft of an automation of an approved pattern.</summary>
internal sealed class WorkflowCommand
{
    private readonly Argument<string> _pattern = new("id") { Description = "The pattern; it must be approved." };
    private readonly Option<string?> _database = Arguments.Database();
    private readonly Option<WorkflowFormat?> _format = new("--format")
    {
        Description = "What the draft is written as; what the pattern's kind asks for when not given.",
    };
    private readonly Option<string> _path = new("--path")
    {
        Description = "The new file, or the folder that it goes to.",
        DefaultValueFactory = _ => ".",
        HelpName = "path",
    };

    public static Command Create(string name)
    {
        var options = new WorkflowCommand();
        var command = new Command(
            name,
            "Draft a hook, a script, a skill or a slash command of an approved pattern. Nothing is overwritten or installed. "
                + "Exit code: 0 ran, 1 failed, 2 bad arguments."
        )
        {
            options._pattern,
            options._database,
            options._format,
            options._path,
        };
        command.SetAction(CommandRunner.Action(options.Run));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        var database = PatternDatabase.Open(parsed.GetValue(_database));
        var id = parsed.GetValue(_pattern)!;
        var pattern = database.Approvals.Find(new ApprovalQuery { PatternId = [id] }) is [var found, ..]
            ? found
            : throw new PatternAnalysisException(
                ErrorCatalogue.PatternNotFound,
                $"There is no pattern '{id}' in '{database.Name}'. 'pattern-analysis review --list' shows the ids."
            );
        var draft = new WorkflowDrafter(database.Events, database.Runs).Draft(
            pattern,
            database.Approvals.Find(new ApprovalQuery { PartOf = id }),
            cancellationToken
        );
        var format = parsed.GetValue(_format) ?? draft.Format;
        var file = WorkflowWriters.FileOf(draft, format, parsed.GetValue(_path)!);
        WorkflowWriters.WriteFile(draft, format, file);
        Console.Out.WriteLine(file);
        return CommandRunner.Ran;
    }
}
