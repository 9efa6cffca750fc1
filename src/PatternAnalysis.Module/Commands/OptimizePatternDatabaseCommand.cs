using System.Management.Automation;
using PatternAnalysis.Danger;
using PatternAnalysis.Storage;
using PatternAnalysis.Storage.Rules;
using PatternAnalysis.Storage.Steps;

namespace PatternAnalysis.Commands;

/// <summary>
/// Optimize-PatternDatabase: makes what lets an analysis leave the payloads unread, the index of tool names and the derived steps.
/// </summary>
[Cmdlet(VerbsCommon.Optimize, "PatternDatabase", SupportsShouldProcess = true, DefaultParameterSetName = MakeSet)]
[OutputType(typeof(EventIndexResult))]
public sealed class OptimizePatternDatabaseCommand : WholeDatabaseCommand, IProgress<StepProgress>
{
    private const string MakeSet = "Make";
    private const string RemoveSet = "Remove";

    /// <summary>Derives the steps of all events anew.</summary>
    [Parameter(ParameterSetName = MakeSet)]
    public SwitchParameter Again { get; set; }

    /// <summary>Takes the derived steps away; nothing derives them until this command is run again.</summary>
    [Parameter(ParameterSetName = RemoveSet, Mandatory = true)]
    public SwitchParameter Remove { get; set; }

    /// <summary>Files of further rules of what is dangerous, as the runs have them.</summary>
    [Parameter(ParameterSetName = MakeSet)]
    [ValidateNotNullOrEmpty]
    public string[] RulePath { get; set; } = [];

    private protected override string ProgressTitle => "Optimizing the database";

    void IProgress<StepProgress>.Report(StepProgress value) =>
        Stages.Report("Deriving steps", value.Percent, $"{value.Done:N0} of {value.Total:N0} events");

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Guard(
            () =>
            {
                var rules = DangerRuleFile.Load(RulePath.Select(Resolve));
                var database = OpenDatabase();
                if (Remove)
                    TakeAway(database);
                else
                    Make(database, rules);
            },
            Database
        );

    private void Make(PatternDatabase database, DangerRuleSet rules)
    {
        if (!ShouldProcess(database.Name, $"Create the index {EventIndex.Name} on hook_events, and derive the steps of its events"))
            return;
        Stages.Report("Making the index", 0);
        var index = database.Index.Create(StopToken);
        Stages.Report("Deriving steps", 0);
        var result = index with { DerivedCount = database.Steps.Build(rules, Again, this, StopToken).EventCount };
        Stages.Finish($"{result}");
        WriteObject(result);
    }

    private void TakeAway(PatternDatabase database)
    {
        if (!ShouldProcess(database.Name, "Remove the derived steps"))
            return;
        Stages.Report("Removing the derived steps", 0);
        database.Steps.Remove(StopToken);
        Stages.Finish($"Removed the derived steps of {database.Name}");
    }
}
