using System.Data.Common;
using PatternAnalysis.Danger;
using PatternAnalysis.Sequences;
using PatternAnalysis.Storage.Events;

namespace PatternAnalysis.Storage.Steps;

/// <summary>Writes derived steps.</summary>
internal sealed class StepWriter(ISqlDatabase database, StepContents contents, bool hasSessions)
{
    /// <summary>Writes the steps of a stretch of events in the place of those that may be there.</summary>
    /// <param name="connection">Where to write.</param>
    /// <param name="transaction">The transaction to write in.</param>
    /// <param name="after">Where the stretch begins: the last number before it; null for no such number.</param>
    /// <param name="last">The last number of it.</param>
    /// <param name="steps">The steps.</param>
    public void Write(DbConnection connection, DbTransaction transaction, long? after, long last, IReadOnlyList<DerivedEvent> steps)
    {
        Remove(connection, transaction, new EventGap(after, last == long.MaxValue ? null : last + 1));
        if (steps.Count == 0)
            return;

        var sources = contents.Sources.Store(connection, transaction, steps.Select(step => step.Source));
        var facts = contents.Facts.Store(
            connection,
            transaction,
            steps.Select(step => step.Facts).OfType<PatternAnalysis.Activities.StepFacts>()
        );
        var verdicts = contents.Verdicts.Store(
            connection,
            transaction,
            steps.Select(step => step.Verdict).OfType<JudgedStep>().Where(IsSaid)
        );
        var columns = new List<(string, Array)>
        {
            ("event", steps.Select(step => step.Event).ToArray()),
            ("type", steps.Select(step => (short)step.Type).ToArray()),
            ("at", steps.Select(step => step.UtcTicks).ToArray()),
            ("source", steps.Select(step => sources[step.Source]).ToArray()),
            ("facts", steps.Select(step => step.Facts is null ? (long?)null : facts[step.Facts]).ToArray()),
            ("verdict", steps.Select(step => step.Verdict is { } said && IsSaid(said) ? verdicts[said] : (long?)null).ToArray()),
            ("call", steps.Select(step => IdOf(step.Call)).ToArray()),
            ("message", steps.Select(step => IdOf(step.Message)).ToArray()),
            ("milliseconds", steps.Select(step => step.Milliseconds < 0 ? (long?)null : step.Milliseconds).ToArray()),
            ("error", steps.Select(step => step.Error).ToArray()),
        };
        if (hasSessions)
            columns.Add(("session", steps.Select(step => StepContents.SessionId(step.Source.Session)).ToArray()));
        database.Insert(connection, transaction, StepSchema.Steps, columns, "");
    }

    /// <summary>Removes the steps of a stretch of events.</summary>
    public static void Remove(DbConnection connection, DbTransaction transaction, EventGap gap)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandTimeout = 0;
        command.CommandText = $"DELETE FROM {StepSchema.Steps} WHERE true";
        if (gap.After is { } after)
        {
            command.CommandText += " AND event > @after";
            command.AddParameter("@after").Value = after;
        }

        if (gap.Before is { } before)
        {
            command.CommandText += " AND event < @before";
            command.AddParameter("@before").Value = before;
        }

        command.ExecuteNonQuery();
    }

    private static bool IsSaid(JudgedStep step) => step.Verdict != DangerVerdict.Safe || step.Command is not null;

    private static long? IdOf(ulong hash) => hash == 0 ? null : unchecked((long)hash);
}
