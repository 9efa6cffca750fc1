using System.Management.Automation;
using PatternAnalysis.Classification;
using PatternAnalysis.Danger;
using PatternAnalysis.Sequences;
using PatternAnalysis.Shell;
using PatternAnalysis.Storage.Rules;
using PatternAnalysis.Workflows;

namespace PatternAnalysis.Commands;

/// <summary>Test-PatternDanger: how dangerous a command or a pattern is, by which rule, and why.</summary>
[Cmdlet(VerbsDiagnostic.Test, "PatternDanger", DefaultParameterSetName = CommandSet)]
[OutputType(typeof(DangerAssessment), typeof(OccurrenceAssessment), typeof(bool))]
public sealed class TestPatternDangerCommand : DatabaseCommand
{
    private const string CommandSet = "Command";
    private const string PatternSet = "Pattern";
    private const string StoredSet = "Stored";

    private DangerRuleSet _rules = null!;
    private DangerExplainer _explainer = null!;

    /// <summary>The text of commands.</summary>
    [Parameter(ParameterSetName = CommandSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string[] Command { get; set; } = null!;

    /// <summary>The language of the commands.</summary>
    [Parameter(ParameterSetName = CommandSet)]
    public ShellDialect Dialect { get; set; } = ShellDialect.Posix;

    /// <summary>
    /// The text of a pattern, its steps joined by an arrow. Only the tools' names are judged: what they were given is not in it.
    /// </summary>
    [Parameter(ParameterSetName = PatternSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ToolSequenceCompleter))]
    public string ToolSequence { get; set; } = null!;

    /// <summary>The id of a stored pattern, whose occurrences are judged one by one.</summary>
    [Parameter(ParameterSetName = StoredSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PatternIdCompleter))]
    public string PatternId { get; set; } = null!;

    /// <inheritdoc/>
    [Parameter(ParameterSetName = StoredSet)]
    [ValidateNotNullOrEmpty]
    public override string? Database { get; set; }

    /// <summary>Files of further rules.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] RulePath { get; set; } = [];

    /// <summary>Emits true when it is safe, and false otherwise, instead of the explanation.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() =>
        Guard(() =>
        {
            _rules = DangerRuleFile.Load(RulePath.Select(Resolve));
            _explainer = new DangerExplainer(new DangerAssessor(_rules));
        });

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == PatternSet)
            Write(_explainer.ExplainPattern(StepText.Split(ToolSequence)));
        else if (ParameterSetName == StoredSet)
            Guard(ExplainStored, PatternId);
        else
            Array.ForEach(Command, command => Write(_explainer.ExplainCommand(command, Dialect)));
    }

    private void ExplainStored()
    {
        var database = OpenDatabase([PatternId]);
        var occurrences = new OccurrenceExplainer(database.Events, database.Runs, _rules).Explain(
            database.Approvals.Describe(ResolveIds(database, [PatternId])[0]),
            StopToken
        );
        if (Quiet)
            WriteObject(occurrences.All(occurrence => occurrence.Level == DangerLevel.Safe));
        else
            WriteObject(occurrences, enumerateCollection: true);
    }

    private void Write(DangerAssessment assessment)
    {
        if (Quiet)
            WriteObject(assessment.Level == DangerLevel.Safe);
        else
            WriteObject(assessment);
    }
}
