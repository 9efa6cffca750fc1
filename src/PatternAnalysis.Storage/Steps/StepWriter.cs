using System.Data.Common;
using PatternAnalysis.Activities;
using PatternAnalysis.Danger;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Storage.Steps;

/// <summary>Writes derived steps, and what they stand for.</summary>
internal sealed class StepWriter(IStepTable table, StepContents contents)
{
    /// <summary>Writes the steps of a stretch of events in the place of those that may be there.</summary>
    /// <param name="connection">Where to write.</param>
    /// <param name="transaction">The transaction to write in.</param>
    /// <param name="after">Where the stretch begins: the last number before it; null for no such number.</param>
    /// <param name="last">The last number of it.</param>
    /// <param name="steps">The steps.</param>
    /// <param name="block">The events of the block that they make larger; null when they begin a block.</param>
    public void Write(
        DbConnection connection,
        DbTransaction transaction,
        long? after,
        long last,
        IReadOnlyList<DerivedEvent> steps,
        EventRange? block
    )
    {
        table.Remove(connection, transaction, new EventGap(after, last == long.MaxValue ? null : last + 1));
        var sources = contents.Sources.Store(connection, transaction, steps.Select(step => step.Source));
        var facts = contents.Facts.Store(connection, transaction, steps.Select(step => step.Facts).OfType<StepFacts>());
        var verdicts = contents.Verdicts.Store(
            connection,
            transaction,
            steps.Select(step => step.Verdict).OfType<JudgedStep>().Where(IsSaid)
        );
        table.Add(
            connection,
            transaction,
            [
                .. steps.Select(step => new StoredStep(
                    step.Event,
                    step.Type,
                    step.UtcTicks,
                    StepContents.SessionId(step.Source.Session),
                    sources[step.Source],
                    step.Facts is null ? 0 : facts[step.Facts],
                    step.Verdict is { } said && IsSaid(said) ? verdicts[said] : 0,
                    step.Call,
                    step.Message,
                    step.Milliseconds,
                    step.Error
                )),
            ],
            block
        );
    }

    private static bool IsSaid(JudgedStep step) => step.Verdict != DangerVerdict.Safe || step.Command is not null;
}
