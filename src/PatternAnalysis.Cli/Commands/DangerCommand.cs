using System.CommandLine;
using System.Globalization;
using PatternAnalysis.Classification;
using PatternAnalysis.Danger;
using PatternAnalysis.Shell;
using PatternAnalysis.Storage;
using PatternAnalysis.Storage.Rules;
using PatternAnalysis.Workflows;

namespace PatternAnalysis.Cli.Commands;

/// <summary><c>danger</c>: how dangerous a command is, by which rule, and why.</summary>
internal sealed class DangerCommand
{
    private readonly Argument<string> _command = new("command")
    {
        Description = "The text of the command; quote it.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _patternId = new("--pattern-id")
    {
        Description = "A stored pattern, whose occurrences are judged one by one, instead of a command.",
        HelpName = "id",
    };

    private readonly Option<string?> _database = Arguments.Database();
    private readonly Option<ShellDialect> _dialect = new("--dialect") { Description = "The language of the command." };
    private readonly Option<string[]> _rules = Arguments.Rules();

    public static Command Create(string name)
    {
        var options = new DangerCommand();
        var command = new Command(
            name,
            "Say how dangerous a command is, by which rule, and why. Exit code: 0 judged, 1 failed, 2 bad arguments."
        )
        {
            options._command,
            options._dialect,
            options._patternId,
            options._database,
            options._rules,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(options._command) is null == result.GetValue(options._patternId) is null)
                result.AddError("Give a command, or --pattern-id and the database of the pattern; one of them.");
        });
        command.SetAction(CommandRunner.Action(options.Run));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        var rules = DangerRuleFile.Load(parsed.GetValue(_rules) ?? []);
        if (parsed.GetValue(_patternId) is { } id)
            WriteOccurrences(PatternDatabase.Open(parsed.GetValue(_database)), id, rules, cancellationToken);
        else
            WriteCommand(new DangerExplainer(new DangerAssessor(rules)), parsed.GetValue(_command)!, parsed.GetValue(_dialect));
        return CommandRunner.Ran;
    }

    private static void WriteOccurrences(
        PatternDatabase database,
        string patternId,
        DangerRuleSet rules,
        CancellationToken cancellationToken
    )
    {
        var explainer = new OccurrenceExplainer(database.Events, database.Runs, rules);
        foreach (var occurrence in explainer.Explain(database.Approvals.Describe(patternId), cancellationToken))
        {
            Console.Out.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{occurrence.Level, -11} {occurrence.StartedAt:yyyy-MM-dd HH:mm:ss}Z session {Line(occurrence.SessionId)}"
                )
            );
            foreach (var step in occurrence.Steps)
                Console.Out.WriteLine($"  {step.Level, -11} {step.RuleId ?? "-", -28} {Line(step.Activity)}: {Line(step.Command)}");
        }
    }

    private static void WriteCommand(DangerExplainer explainer, string command, ShellDialect dialect)
    {
        var assessment = explainer.ExplainCommand(command, dialect);
        Console.Out.WriteLine(
            // What a disabled rule would have said is the reason of a verdict that no rule gave.
            $"{assessment.Level}: {assessment.Reason ?? "no rule speaks against it"}" + (assessment.RuleId is { } rule ? $" [{rule}]" : ".")
        );
        foreach (var segment in assessment.Segments)
            Console.Out.WriteLine($"  {segment.Level, -11} {segment.RuleId ?? "-", -28} {Line(segment.Text)}");
    }

    private static string Line(string text) => Sequences.StepText.Escape(text);
}
