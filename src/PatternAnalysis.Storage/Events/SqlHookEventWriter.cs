using System.Data.Common;
using PatternAnalysis.Events;

namespace PatternAnalysis.Storage.Events;

/// <summary>
/// Writes <c>hook_events</c>, as it is created here or as another program made it: columns that it lacks are worked without.
/// </summary>
internal sealed class SqlHookEventWriter(ISqlDatabase database, IHookEventSchema schema) : IHookEventWriter
{
    public IReadOnlyList<EventWriteOutcome> Write(IReadOnlyList<NewHookEvent> events, CancellationToken cancellationToken)
    {
        schema.CreateDatabase();
        using var connection = database.OpenForWriting();
        try
        {
            using var transaction = database.BeginWrite(connection, cancellationToken);
            schema.CreateMissingTable(connection, transaction);
            using var insert = new HookEventInsert(schema, connection, transaction);
            var outcomes = new EventWriteOutcome[events.Count];
            for (var i = 0; i < outcomes.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                outcomes[i] = insert.Execute(events[i]);
            }

            transaction.Commit();
            return outcomes;
        }
        catch (DbException error)
        {
            throw database.Translate(error, "storing hook events");
        }
    }

    public IReadOnlyList<EventWriteOutcome> Preview(IReadOnlyList<NewHookEvent> events, CancellationToken cancellationToken)
    {
        var outcomes = new EventWriteOutcome[events.Count];
        if (!schema.DatabaseExists)
            return outcomes;

        using var connection = database.OpenForReading();
        try
        {
            if (KnownIds(connection) is not { } table)
                return outcomes;

            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT 1 FROM {table} WHERE event_id = @event_id";
            var id = command.AddParameter("event_id");
            for (var i = 0; i < outcomes.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                id.Value = events[i].EventId;
                outcomes[i] = command.ExecuteScalar() is null ? EventWriteOutcome.Stored : EventWriteOutcome.Duplicate;
            }

            return outcomes;
        }
        catch (DbException error)
        {
            throw database.Translate(error, "comparing with the stored hook events");
        }
    }

    private string? KnownIds(DbConnection connection) =>
        schema.IsUnique(connection, HookEventInsert.Table, "event_id", null) ? HookEventInsert.Table
        : database.ColumnsOf(connection, HookEventInsert.IdTable).Count > 0 ? HookEventInsert.IdTable
        : null;
}
