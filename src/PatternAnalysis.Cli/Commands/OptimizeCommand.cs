using System.CommandLine;
using System.Globalization;
using PatternAnalysis.Danger;
using PatternAnalysis.Storage;
using PatternAnalysis.Storage.Rules;
using PatternAnalysis.Storage.Steps;

namespace PatternAnalysis.Cli.Commands;

/// <summary><c>optimize</c>: makes what lets an analysis leave payloads unread, the index of tool names and the derived steps.</summary>
internal sealed class OptimizeCommand
{
    private readonly Option<string?> _database = Arguments.Database();
    private readonly Option<TimeZoneInfo?> _timeZone = Arguments.DatabaseTimeZone();
    private readonly Option<string[]> _rules = Arguments.RulesOfRuns();
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Say what would be made; the database is not opened." };
    private readonly Option<bool> _again = new("--again") { Description = "Derive the steps of all events anew." };
    private readonly Option<bool> _remove = new("--remove")
    {
        Description = "Take the derived steps away; nothing derives them until this command is run again.",
    };

    public static Command Create(string name)
    {
        var options = new OptimizeCommand();
        var command = new Command(
            name,
            "Make what lets an analysis leave the payloads unread: an index of the tools' names, and the steps that events stand "
                + "for. Can be stopped and goes on later. Exit code: 0 ran, 1 failed, 2 bad arguments."
        )
        {
            options._database,
            options._timeZone,
            options._rules,
            options._dryRun,
            options._again,
            options._remove,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(options._again) && result.GetValue(options._remove))
                result.AddError("--again and --remove contradict each other.");
        });
        command.SetAction(CommandRunner.Action(options.Run));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        var rules = DangerRuleFile.Load(parsed.GetValue(_rules) ?? []);
        var database = PatternDatabase.Open(parsed.GetValue(_database), new DatabaseOptions { TimeZone = parsed.GetValue(_timeZone) });
        if (parsed.GetValue(_dryRun))
            Console.Out.WriteLine(
                parsed.GetValue(_remove)
                    ? $"Would remove the derived steps of {database.Name}"
                    : $"Would make the index {EventIndex.Name} in {database.Name}, and derive the steps of its events"
            );
        else if (parsed.GetValue(_remove))
        {
            database.Steps.Remove(cancellationToken);
            Console.Out.WriteLine($"Removed the derived steps of {database.Name}");
        }
        else
        {
            Make(database, rules, parsed.GetValue(_again), cancellationToken);
        }

        return CommandRunner.Ran;
    }

    private static void Make(PatternDatabase database, DangerRuleSet rules, bool again, CancellationToken cancellationToken)
    {
        var result = database.Index.Create(cancellationToken);
        Console.Out.WriteLine(
            result.Created
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"Made the index {result.IndexName} in {result.Database} in {result.Elapsed.TotalSeconds:0.0} s"
                )
                : $"The index {result.IndexName} is already in {result.Database}"
        );
        StepDerivationResult derived;
        using (var line = new StatusLine())
            derived = database.Steps.Build(rules, again, new StepLine(line, "Derived"), cancellationToken);
        Console.Out.WriteLine($"{derived}");
    }
}
