using System.Data.Common;
using Microsoft.Data.Sqlite;
using PatternAnalysis.Storage.Events;
using SQLitePCL;

namespace PatternAnalysis.Storage.Sqlite;

/// <summary>
/// <c>hook_events</c> in SQLite, with the columns of tac-webbuilder. Its CHECK on the event type and its foreign key are left out: they
/// refuse
/// the events of newer agents, and events of workflows that the database doesn't know.
/// </summary>
internal sealed class SqliteHookEventSchema(SqliteDatabase database) : IHookEventSchema
{
    private const string CreateTable = """
        CREATE TABLE IF NOT EXISTS hook_events (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            event_id TEXT NOT NULL UNIQUE,
            event_type TEXT NOT NULL,
            source_app TEXT,
            session_id TEXT NOT NULL,
            workflow_id TEXT,
            timestamp TEXT NOT NULL DEFAULT (datetime('now')),
            payload TEXT NOT NULL,
            tool_name TEXT,
            chat_history TEXT,
            processed INTEGER DEFAULT 0,
            processed_at TEXT,
            created_at TEXT DEFAULT (datetime('now'))
        );
        CREATE INDEX IF NOT EXISTS idx_hook_events_timestamp ON hook_events (timestamp);
        """;

    private const string CreateIdTable = "CREATE TABLE IF NOT EXISTS pattern_imported_events (event_id TEXT PRIMARY KEY) WITHOUT ROWID";

    // An index on an expression, on several columns or on some rows only doesn't keep the values of one column distinct.
    private const string UniqueColumns = """
        SELECT count(*) FROM pragma_index_list(@table) AS list
        WHERE list."unique" = 1 AND list.partial = 0
            AND (SELECT count(*) FROM pragma_index_info(list.name)) = 1
            AND (SELECT name FROM pragma_index_info(list.name)) = @column
        """;

    public bool DatabaseExists => File.Exists(database.Path);

    public void CreateDatabase() => database.CreateIfMissing();

    public void CreateMissingTable(DbConnection connection, DbTransaction transaction)
    {
        if (database.ColumnsOf(connection, HookEventInsert.Table, transaction).Count == 0)
            Execute(connection, transaction, CreateTable);
    }

    public void CreateMissingIdTable(DbConnection connection, DbTransaction transaction) => Execute(connection, transaction, CreateIdTable);

    public IReadOnlySet<string> WritableColumns(DbConnection connection, DbTransaction transaction)
    {
        using var command = SqliteDatabase.Command(
            connection,
            "SELECT name FROM pragma_table_xinfo('hook_events') WHERE hidden = 0",
            transaction
        );
        using var row = command.ExecuteReader();
        var columns = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (row.Read())
            columns.Add(row.GetString(0));
        return columns;
    }

    public bool IsUnique(DbConnection connection, string table, string column, DbTransaction? transaction)
    {
        using var command = SqliteDatabase.Command(connection, UniqueColumns, transaction);
        command.AddParameter("table").Value = table;
        command.AddParameter("column").Value = column;
        return command.ExecuteScalar() is > 0L;
    }

    public string Value(string column, string parameter) => parameter;

    public bool RefusalEndsTransaction => false;

    public bool IsRefusal(DbException error) => error is SqliteException { SqliteErrorCode: raw.SQLITE_CONSTRAINT };

    private static void Execute(DbConnection connection, DbTransaction transaction, string text)
    {
        using var command = SqliteDatabase.Command(connection, text, transaction);
        command.ExecuteNonQuery();
    }
}
