using System.Management.Automation;
using PatternAnalysis.Sequences;
using PatternAnalysis.Storage.Recording;

namespace PatternAnalysis.Commands;

/// <summary>Get-ToolSequence: the tools that each session used, in order.</summary>
[Cmdlet(VerbsCommon.Get, "ToolSequence", DefaultParameterSetName = HoursSet)]
[OutputType(typeof(ToolSequence))]
public sealed class GetToolSequenceCommand : EventSelectionCommand
{
    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Guard(
            () =>
            {
                var query = ReadQuery();
                var activity = ReadActivity() with { ReadsOutcomes = true };
                var database = OpenDatabase();
                if (SpoolDrain.Look(database).Warning is { } warning)
                    WriteWarning(warning);
                ShowProgress("Reading hook events", 0);
                var sequencer = new EventSequencer(query, activity);
                database.Events.Read(sequencer.StoreQuery, sequencer, StopToken);
                var corpus = sequencer.Build();
                ShowProgress("Done", 100);
                WriteVerbose(
                    $"Read {corpus.Reading.EventCount} events of {database.Name}: {corpus.StepCount} steps in {corpus.Count} sessions."
                );
                foreach (var (reason, count) in corpus.Reading.Excluded)
                    WriteVerbose($"Left out {count}: {EventReading.Explain(reason)}.");

                // Who names sessions may ask for one that is not there.
                if (corpus.Count == 0 && SessionId is null && SourceApp is null)
                    WriteWarning(database.ExplainEmpty(query, corpus.Reading));
                foreach (var sequence in corpus.Sequences())
                    WriteObject(sequence);
            },
            Database
        );
}
