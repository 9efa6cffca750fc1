using System.Management.Automation;
using PatternAnalysis.Activities;
using PatternAnalysis.Analysis;
using PatternAnalysis.Events;
using PatternAnalysis.Sequences;
using PatternAnalysis.Storage.Recording;
using PatternAnalysis.Storage.Rules;

namespace PatternAnalysis.Commands;

/// <summary>Get-ToolSequence: the tools that each session used, in order.</summary>
[Cmdlet(VerbsCommon.Get, "ToolSequence", DefaultParameterSetName = "Hours")]
[OutputType(typeof(ToolSequence))]
[Binds(typeof(WindowOptions))]
[Binds(typeof(EventQuery))]
[Binds(typeof(ActivityOptions))]
public sealed partial class GetToolSequenceCommand : WholeDatabaseCommand
{
    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Guard(
            () =>
            {
                var window = ReadWindowOptions();
                window.Check(DateTimeOffset.UtcNow);
                var activity = ReadActivityOptions().LoadRules() with { ReadsOutcomes = true };
                var database = OpenDatabase();
                var query = ReadEventQuery() with { Window = window.Resolve(DateTimeOffset.UtcNow, database.Runs) };
                if (SpoolDrain.Look(database).Warning is { } warning)
                    WriteWarning(warning);
                Stages.Report("Reading hook events", 0);
                var sequencer = new EventSequencer(query, activity) { Origins = database.Origins };
                database.Events.Read(sequencer.StoreQuery, sequencer, StopToken);
                sequencer.ReadUsage(database.Usage, StopToken);
                var corpus = sequencer.Build();
                Stages.Finish(
                    $"Read {corpus.Reading.EventCount} events of {database.Name}: {corpus.StepCount} steps in {corpus.Count} sessions"
                );
                foreach (var (reason, count) in corpus.Reading.Excluded)
                    WriteVerbose($"Left out {count}: {EventReading.Explain(reason)}.");

                // Who names sessions may ask for one that is not there.
                if (corpus.Count == 0 && query.SessionFilter is null && query.SourceAppFilter is null)
                    WriteWarning(database.ExplainEmpty(query, corpus.Reading));
                foreach (var sequence in corpus.Sequences())
                    WriteObject(sequence);
            },
            Database
        );
}
