using System.Management.Automation;
using PatternAnalysis.Storage.Rules;
using PatternAnalysis.Storage.Steps;

namespace PatternAnalysis.Commands;

/// <summary>Test-PatternDatabase: says whether the derived steps are what their events say.</summary>
[Cmdlet(VerbsDiagnostic.Test, "PatternDatabase")]
[OutputType(typeof(StepCheckResult))]
public sealed class TestPatternDatabaseCommand : WholeDatabaseCommand, IProgress<StepProgress>
{
    /// <summary>Files of further rules of what is dangerous, as the runs have them.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] RulePath { get; set; } = [];

    private protected override string ProgressTitle => "Checking the database";

    void IProgress<StepProgress>.Report(StepProgress value) =>
        Stages.Report("Comparing steps", value.Percent, $"{value.Done:N0} of {value.Total:N0} events");

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Guard(
            () =>
            {
                var rules = DangerRuleFile.Load(RulePath.Select(Resolve));
                var database = OpenDatabase();
                Stages.Report("Comparing steps", 0);
                var result = database.Steps.Check(rules, this, StopToken);
                Stages.Finish($"{result}");
                if (result is { DerivedCount: 0, StaleCount: > 0 })
                    WriteWarning(
                        "Nothing was compared: all steps were derived by other rules. "
                            + "Give -RulePath and -DatabaseTimeZone as the runs have them."
                    );
                if (!result.IsTrue)
                    WriteWarning(
                        "Derived steps are not what their events say: somebody changed or removed events. "
                            + "Optimize-PatternDatabase -Again derives them anew."
                    );
                WriteObject(result);
            },
            Database
        );
}
