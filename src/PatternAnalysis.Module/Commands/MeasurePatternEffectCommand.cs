using System.Management.Automation;
using PatternAnalysis.Application;

namespace PatternAnalysis.Commands;

/// <summary>Measure-PatternEffect: whether something occurs less since a moment, for the same work.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "PatternEffect")]
[OutputType(typeof(PatternEffect))]
[Binds(typeof(EffectOptions))]
public sealed partial class MeasurePatternEffectCommand : DatabaseCommand
{
    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Guard(
            () =>
            {
                var database = OpenDatabase(PatternId is null ? [] : [PatternId]);
                var options = ReadEffectOptions();
                if (PatternId is { } typed)
                    options = options with { PatternId = ResolveIds(database, [typed])[0] };
                WriteObject(EffectRun.Run(database, options, StopToken));
            },
            PatternId
        );
}
