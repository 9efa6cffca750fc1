using System.CommandLine;
using System.Globalization;
using PatternAnalysis.Storage;
using PatternAnalysis.Storage.Steps;

namespace PatternAnalysis.Cli.Commands;

/// <summary><c>check</c>: says whether the derived steps are what their events say.</summary>
internal static class CheckCommand
{
    public static Command Create(string name)
    {
        var database = Arguments.Database();
        var timeZone = Arguments.DatabaseTimeZone();
        var rules = Arguments.RulesOfRuns();
        var command = new Command(
            name,
            "Derive the steps of all events once more and compare them with those that are kept; nothing is changed. "
                + "Exit code: 0 they are true, 1 failed, or they are not, 2 bad arguments."
        )
        {
            database,
            timeZone,
            rules,
        };
        command.SetAction(
            CommandRunner.Action(
                (parsed, cancellationToken) =>
                {
                    var danger = Storage.Rules.DangerRuleFile.Load(parsed.GetValue(rules) ?? []);
                    StepCheckResult result;
                    using (var line = new StatusLine())
                        result = PatternDatabase
                            .Open(parsed.GetValue(database), new DatabaseOptions { TimeZone = parsed.GetValue(timeZone) })
                            .Steps.Check(danger, new StepLine(line, "Compared"), cancellationToken);
                    Write(result);
                    return result.IsTrue ? CommandRunner.Ran : CommandRunner.Failed;
                }
            )
        );
        return command;
    }

    private static void Write(StepCheckResult result)
    {
        Console.Out.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{result.DerivedCount:N0} events of {result.Database} are derived, {result.UnderivedCount:N0} not yet, "
                    + $"{result.StaleCount:N0} by other rules{(result.IsKept ? "" : "; the steps were taken away")}"
            )
        );
        if (result is { DerivedCount: 0, StaleCount: > 0 })
            Console.Error.WriteLine(
                "warning: Nothing was compared: all steps were derived by other rules. "
                    + "Give --rule-path and --database-time-zone as the runs have them."
            );
        if (!result.IsTrue)
            Console.Error.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"warning: {result.MissingCount:N0} steps are missing, {result.SurplusCount:N0} have no event, "
                        + $"{result.ChangedCount:N0} are not what their event says. Run 'pattern-analysis optimize --again'."
                )
            );
    }
}
