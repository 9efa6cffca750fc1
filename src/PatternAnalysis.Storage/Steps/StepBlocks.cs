using System.Data.Common;
using PatternAnalysis.Events;
using PatternAnalysis.Storage.Events;

namespace PatternAnalysis.Storage.Steps;

/// <summary>The blocks of derived events, as they are stored.</summary>
internal sealed class StepBlocks(ISqlDatabase database, INumberedEvents events)
{
    private static readonly string[] s_columns =
    [
        "first_event",
        "last_event",
        "first_mark",
        "last_mark",
        "event_count",
        "first_at",
        "last_at",
        "has_unreadable_times",
        "rules",
        "derived_at",
    ];

    /// <summary>All blocks in order, whatever their rules.</summary>
    public static List<StepBlock> All(DbConnection connection, DbTransaction? transaction)
    {
        using var command = Command(
            connection,
            transaction,
            $"SELECT {string.Join(", ", s_columns)} FROM {StepSchema.Blocks} ORDER BY first_event"
        );
        using var row = command.ExecuteReader();
        var blocks = new List<StepBlock>();
        while (row.Read())
        {
            blocks.Add(
                new StepBlock(
                    row.GetInt64(0),
                    row.GetInt64(1),
                    row.GetInt64(2),
                    row.GetInt64(3),
                    row.GetInt64(4),
                    row.IsDBNull(5) ? null : row.GetInt64(5),
                    row.IsDBNull(6) ? null : row.GetInt64(6),
                    row.GetInt16(7) != 0,
                    row.GetString(8),
                    row.GetInt64(9)
                )
            );
        }

        return blocks;
    }

    /// <summary>
    /// The blocks in order that were made by some rules, and whose events are still those that they were as far as that can be seen
    /// cheaply: the first and the last of each, and how many there are. None when the count tells that some are missing, or too many.
    /// </summary>
    public List<StepBlock> Valid(DbConnection connection, DbTransaction? transaction, string rules)
    {
        var blocks = WithSameEdges(connection, transaction, All(connection, transaction).FindAll(block => block.Rules == rules));
        return blocks.Count == 0 || events.HaveCount(connection, transaction, blocks, looksAtAll: false) ? blocks : [];
    }

    /// <summary>Removes the blocks whose events are not what they were, as far as edges and counts tell.</summary>
    /// <param name="connection">Where to look.</param>
    /// <param name="transaction">The transaction to write in.</param>
    /// <param name="countsAll">Whether to count the events of each block, even where nothing tells that some are missing.</param>
    /// <returns>Whether there were any.</returns>
    public bool RemoveChanged(DbConnection connection, DbTransaction transaction, bool countsAll = false)
    {
        var blocks = All(connection, transaction);
        var same = WithSameEdges(connection, transaction, blocks);
        if (countsAll || !events.HaveCount(connection, transaction, same, looksAtAll: true))
            same.RemoveAll(block => events.Count(connection, transaction, block) != block.EventCount);
        List<StepBlock> changed = [.. blocks.Except(same)];
        foreach (var block in changed)
            Remove(connection, transaction, block.FirstEvent, block.LastEvent);
        return changed.Count > 0;
    }

    private List<StepBlock> WithSameEdges(DbConnection connection, DbTransaction? transaction, List<StepBlock> blocks)
    {
        if (blocks.Count == 0)
            return blocks;
        var edges = new EdgeMarks();
        events.ReadEdges(connection, transaction, edges);
        return blocks.FindAll(block => edges.Of(block.FirstEvent) == block.FirstMark && edges.Of(block.LastEvent) == block.LastMark);
    }

    /// <summary>Stores a block in the place of those that begin in the same stretch.</summary>
    public void Put(DbConnection connection, DbTransaction transaction, StepBlock block)
    {
        Remove(connection, transaction, block.FirstEvent, block.LastEvent);
        Array[] values =
        [
            new[] { block.FirstEvent },
            new[] { block.LastEvent },
            new[] { block.FirstMark },
            new[] { block.LastMark },
            new[] { block.EventCount },
            new[] { block.FirstTicks },
            new[] { block.LastTicks },
            new[] { (short)(block.HasUnreadableTimes ? 1 : 0) },
            new[] { block.Rules },
            new[] { block.DerivedAt },
        ];
        database.Insert(connection, transaction, StepSchema.Blocks, [.. s_columns.Select((column, place) => (column, values[place]))], "");
    }

    /// <summary>Removes the blocks that hold a number of a stretch.</summary>
    public static void Remove(DbConnection connection, DbTransaction transaction, long first, long last)
    {
        using var command = Command(
            connection,
            transaction,
            $"DELETE FROM {StepSchema.Blocks} WHERE first_event <= @last AND last_event >= @first"
        );
        command.AddParameter("@first").Value = first;
        command.AddParameter("@last").Value = last;
        command.ExecuteNonQuery();
    }

    private static DbCommand Command(DbConnection connection, DbTransaction? transaction, string text)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = text;
        return command;
    }

    private sealed class EdgeMarks : IHookEventSink
    {
        private readonly Dictionary<long, long> _marks = [];

        public long? Of(long number) => _marks.TryGetValue(number, out var mark) ? mark : null;

        public void Add(in HookEventRow row) => _marks[row.InsertionId] = EventBatch.MarkOf(row);

        public void Restart() => _marks.Clear();
    }
}
