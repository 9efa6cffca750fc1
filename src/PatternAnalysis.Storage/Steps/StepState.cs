using System.Data.Common;
using PatternAnalysis.Storage.Events;

namespace PatternAnalysis.Storage.Steps;

/// <summary>What is decided about the tables of steps as a whole.</summary>
/// <param name="IsKept">Whether they are kept: nobody took them away.</param>
/// <param name="Removals">How often sources, facts and verdicts were removed: what a process knows to be stored may be gone.</param>
internal readonly record struct StepState(bool IsKept, long Removals)
{
    /// <summary>What is stored; where nothing is, steps are kept.</summary>
    public static StepState Read(DbConnection connection, DbTransaction? transaction)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"SELECT is_kept, removals FROM {StepSchema.State}";
        using var row = command.ExecuteReader();
        return row.Read() ? new StepState(row.GetInt16(0) != 0, row.GetInt64(1)) : new StepState(IsKept: true, 0);
    }

    /// <summary>How often rows were removed; 0 where there are no tables.</summary>
    public static long RemovalsOf(ISqlDatabase database, DbConnection connection) =>
        database.ColumnsOf(connection, StepSchema.State).Count == 0 ? 0 : Read(connection, null).Removals;

    /// <summary>Stores it.</summary>
    public void Write(DbConnection connection, DbTransaction transaction)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText =
            $"INSERT INTO {StepSchema.State} (id, is_kept, removals) VALUES (1, @kept, @removals) "
            + "ON CONFLICT (id) DO UPDATE SET is_kept = excluded.is_kept, removals = excluded.removals";
        command.AddParameter("@kept").Value = (short)(IsKept ? 1 : 0);
        command.AddParameter("@removals").Value = Removals;
        command.ExecuteNonQuery();
    }
}
