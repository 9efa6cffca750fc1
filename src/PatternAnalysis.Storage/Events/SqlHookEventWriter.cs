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
        return database.WriteAsIs(
            "storing hook events",
            (connection, transaction) =>
            {
                schema.CreateMissingTable(connection, transaction);
                using var insert = new HookEventInsert(schema, connection, transaction);
                return Outcomes(events, insert.Execute, cancellationToken);
            },
            cancellationToken
        );
    }

    public IReadOnlyList<EventWriteOutcome> Preview(IReadOnlyList<NewHookEvent> events, CancellationToken cancellationToken)
    {
        if (!schema.DatabaseExists)
            return new EventWriteOutcome[events.Count];

        return database.ReadEvents(
            "comparing with the stored hook events",
            connection =>
            {
                if (KnownIds(connection) is not { } table)
                    return new EventWriteOutcome[events.Count];

                using var command = connection.CreateCommand();
                command.CommandText = $"SELECT 1 FROM {table} WHERE event_id = @event_id";
                var id = command.AddParameter("event_id");
                return Outcomes(
                    events,
                    hookEvent =>
                    {
                        id.Value = hookEvent.EventId;
                        return command.ExecuteScalar() is null ? EventWriteOutcome.Stored : EventWriteOutcome.Duplicate;
                    },
                    cancellationToken
                );
            }
        );
    }

    private static EventWriteOutcome[] Outcomes(
        IReadOnlyList<NewHookEvent> events,
        Func<NewHookEvent, EventWriteOutcome> outcomeOf,
        CancellationToken cancellationToken
    )
    {
        var outcomes = new EventWriteOutcome[events.Count];
        for (var i = 0; i < outcomes.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            outcomes[i] = outcomeOf(events[i]);
        }

        return outcomes;
    }

    private string? KnownIds(DbConnection connection) =>
        schema.IsUnique(connection, HookEventInsert.Table, "event_id", null) ? HookEventInsert.Table
        : database.ColumnsOf(connection, HookEventInsert.IdTable).Count > 0 ? HookEventInsert.IdTable
        : null;
}
