using System.Data.Common;
using PatternAnalysis.Storage.Events;

namespace PatternAnalysis.Storage.Steps;

/// <summary>Keeps the tables of steps true where the product itself removes or changes events, in the transaction that does so.</summary>
internal sealed class StepUpkeep(ISqlDatabase database, INumberedEvents events, IStepTable steps)
{
    private readonly StepBlocks _blocks = new(database, events);

    /// <summary>Whether the tables are there.</summary>
    public bool AreThere(DbConnection connection, DbTransaction? transaction) =>
        database.ColumnsOf(connection, StepSchema.State, transaction).Count > 0;

    /// <summary>Events were removed: the blocks that held one go, with their steps and what only those stood for.</summary>
    public void AfterRemoval(DbConnection connection, DbTransaction transaction)
    {
        if (!AreThere(connection, transaction))
            return;
        _blocks.RemoveChanged(connection, transaction, countsAll: true);
        RemoveUncovered(connection, transaction);
    }

    /// <summary>Events from one number to another were changed: what was derived of them goes.</summary>
    public void AfterChange(DbConnection connection, DbTransaction transaction, long first, long last)
    {
        if (AreThere(connection, transaction))
            StepBlocks.Remove(connection, transaction, first, last);
    }

    /// <summary>All events may have got other numbers.</summary>
    public void AfterRenumbering(DbConnection connection, DbTransaction transaction) =>
        AfterChange(connection, transaction, long.MinValue, long.MaxValue);

    /// <summary>Removes the steps of no block, and the sources, facts and verdicts of no step.</summary>
    public void RemoveUncovered(DbConnection connection, DbTransaction transaction)
    {
        if (!AreThere(connection, transaction))
            return;
        foreach (var gap in EventGap.Between(StepBlocks.All(connection, transaction)))
            steps.Remove(connection, transaction, gap);
        foreach (
            var (table, content) in ((string, StepContent)[])
                [
                    (StepSchema.Sources, StepContent.Sources),
                    (StepSchema.Facts, StepContent.Facts),
                    (StepSchema.Verdicts, StepContent.Verdicts),
                ]
        )
            Execute(
                connection,
                transaction,
                $"DELETE FROM {table} WHERE id IN (SELECT id FROM {table} EXCEPT {steps.SelectIds(content, ranges: null)})"
            );
        var state = StepState.Read(connection, transaction);
        (state with { Removals = state.Removals + 1 }).Write(connection, transaction);
    }

    /// <summary>Removes all rows, and whether steps are kept from now on.</summary>
    public static void RemoveAll(DbConnection connection, DbTransaction transaction, bool isKept)
    {
        foreach (var table in (string[])[StepSchema.Blocks, StepSchema.Steps, StepSchema.Sources, StepSchema.Facts, StepSchema.Verdicts])
            Execute(connection, transaction, $"DELETE FROM {table}");
        new StepState(isKept, StepState.Read(connection, transaction).Removals + 1).Write(connection, transaction);
    }

    private static void Execute(DbConnection connection, DbTransaction transaction, string text)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandTimeout = 0;
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
