using System.Management.Automation;
using PatternAnalysis.Classification;
using PatternAnalysis.Danger;
using PatternAnalysis.Sequences;
using PatternAnalysis.Shell;
using PatternAnalysis.Storage.Rules;

namespace PatternAnalysis.Commands;

/// <summary>Test-PatternDanger: how dangerous a command or a pattern is, by which rule, and why.</summary>
[Cmdlet(VerbsDiagnostic.Test, "PatternDanger", DefaultParameterSetName = CommandSet)]
[OutputType(typeof(DangerAssessment), typeof(bool))]
public sealed class TestPatternDangerCommand : PatternAnalysisCommand
{
    private const string CommandSet = "Command";
    private const string PatternSet = "Pattern";

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
    public string ToolSequence { get; set; } = null!;

    /// <summary>Files of further rules.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] RulePath { get; set; } = [];

    /// <summary>Emits true when it is safe, and false otherwise, instead of the explanation.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() =>
        Guard(() => _explainer = new DangerExplainer(new DangerAssessor(DangerRuleFile.Load(RulePath.Select(Resolve)))));

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == PatternSet)
            Write(_explainer.ExplainPattern(StepText.Split(ToolSequence)));
        else
            Array.ForEach(Command, command => Write(_explainer.ExplainCommand(command, Dialect)));
    }

    private void Write(DangerAssessment assessment)
    {
        if (Quiet)
            WriteObject(assessment.Level == DangerLevel.Safe);
        else
            WriteObject(assessment);
    }
}
