using System.CommandLine;
using PatternAnalysis.Classification;
using PatternAnalysis.Danger;
using PatternAnalysis.Shell;
using PatternAnalysis.Storage.Rules;

namespace PatternAnalysis.Cli.Commands;

/// <summary><c>danger</c>: how dangerous a command is, by which rule, and why.</summary>
internal sealed class DangerCommand
{
    private readonly Argument<string> _command = new("command") { Description = "The text of the command; quote it." };
    private readonly Option<ShellDialect> _dialect = new("--dialect") { Description = "The language of the command." };
    private readonly Option<string[]> _rules = Arguments.Rules();

    public static Command Create()
    {
        var options = new DangerCommand();
        var command = new Command(
            "danger",
            "Say how dangerous a command is, by which rule, and why. Exit code: 0 judged, 1 failed, 2 bad arguments."
        )
        {
            options._command,
            options._dialect,
            options._rules,
        };
        command.SetAction(CommandRunner.Action(options.Run));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        var explainer = new DangerExplainer(new DangerAssessor(DangerRuleFile.Load(parsed.GetValue(_rules) ?? [])));
        var assessment = explainer.ExplainCommand(parsed.GetValue(_command)!, parsed.GetValue(_dialect));
        Console.Out.WriteLine(
            assessment.RuleId is null
                ? $"{assessment.Level}: no rule speaks against it."
                : $"{assessment.Level}: {assessment.Reason} [{assessment.RuleId}]"
        );
        foreach (var segment in assessment.Segments)
            Console.Out.WriteLine($"  {segment.Level, -11} {segment.RuleId ?? "-", -28} {Line(segment.Text)}");
        return CommandRunner.Ran;
    }

    private static string Line(string text) => Sequences.StepText.Escape(text);
}
