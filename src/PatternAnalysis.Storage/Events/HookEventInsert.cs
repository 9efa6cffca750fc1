using System.Data.Common;
using System.Globalization;
using PatternAnalysis.Events;

namespace PatternAnalysis.Storage.Events;

/// <summary>
/// The statement that stores one event, prepared once. An event whose id is known is left alone: by the table's own UNIQUE, or, where the
/// table has none, by a table beside it that remembers the ids.
/// </summary>
internal sealed class HookEventInsert : IDisposable
{
    public const string Table = "hook_events";
    public const string IdTable = "pattern_imported_events";

    private const string Savepoint = "hook_event";

    private static readonly string[] s_columns =
    [
        "event_id",
        "event_type",
        "source_app",
        "session_id",
        "timestamp",
        "tool_name",
        "payload",
    ];

    private readonly IHookEventSchema _schema;
    private readonly DbTransaction _transaction;
    private readonly DbCommand _insert;
    private readonly DbCommand? _remember;
    private readonly bool _usesSavepoints;

    public HookEventInsert(IHookEventSchema schema, DbConnection connection, DbTransaction transaction)
    {
        _schema = schema;
        _transaction = transaction;
        var existing = schema.WritableColumns(connection, transaction);
        string[] columns = [.. s_columns.Where(existing.Contains)];
        var keepsIds = schema.IsUnique(connection, Table, "event_id", transaction);
        var values = columns.Select(column => schema.Value(column, "@" + column));
        _insert = Command(
            connection,
            columns,
            $"""
            INSERT INTO {Table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", values)}){(
                keepsIds ? " ON CONFLICT (event_id) DO NOTHING" : ""
            )}
            """
        );
        _usesSavepoints = schema.RefusalEndsTransaction || !keepsIds; // two statements, of which the second may be refused
        if (keepsIds)
            return;

        schema.CreateMissingIdTable(connection, transaction);
        _remember = Command(
            connection,
            ["event_id"],
            $"INSERT INTO {IdTable} (event_id) VALUES (@event_id) ON CONFLICT (event_id) DO NOTHING"
        );
    }

    public EventWriteOutcome Execute(NewHookEvent record)
    {
        if (_usesSavepoints)
            _transaction.Save(Savepoint);
        try
        {
            var isNew = (_remember is null || Run(_remember, record)) && Run(_insert, record);
            if (_usesSavepoints)
                _transaction.Release(Savepoint);
            return isNew ? EventWriteOutcome.Stored : EventWriteOutcome.Duplicate;
        }
        catch (DbException error) when (_schema.IsRefusal(error))
        {
            // Only of a refusal the transaction is left; a full disk, for one, ends it.
            if (_usesSavepoints)
            {
                _transaction.Rollback(Savepoint);
                _transaction.Release(Savepoint);
            }

            return EventWriteOutcome.Refused;
        }
    }

    public void Dispose()
    {
        _insert.Dispose();
        _remember?.Dispose();
    }

    private DbCommand Command(DbConnection connection, string[] columns, string text)
    {
        var command = connection.CreateCommand();
        command.Transaction = _transaction;
        command.CommandText = text;
        foreach (var column in columns)
            command.AddParameter("@" + column);
        return command;
    }

    private static bool Run(DbCommand command, NewHookEvent record)
    {
        foreach (DbParameter parameter in command.Parameters)
            parameter.Value = ValueOf(record, parameter.ParameterName);
        return command.ExecuteNonQuery() > 0;
    }

    private static object ValueOf(NewHookEvent record, string parameter) =>
        parameter switch
        {
            "@event_id" => record.EventId,
            "@event_type" => record.EventType,
            "@source_app" => (object?)record.SourceApp ?? DBNull.Value,
            "@session_id" => record.SessionId,
            // The form of tac-webbuilder's hook: without a zone, so in UTC; of one length, so that it sorts as text.
            "@timestamp" => record.Timestamp.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
            "@tool_name" => (object?)record.ToolName ?? DBNull.Value,
            _ => record.Payload,
        };
}
