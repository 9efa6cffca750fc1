using System.Data.Common;
using Dapper;
using PatternAnalysis.Storage.Sqlite;

namespace PatternAnalysis.Storage.Import;

/// <summary>Names the databases of other programs that no events are read from, by their tables.</summary>
internal static class OtherDatabase
{
    private static readonly (string Table, string[] Columns, string What)[] s_known =
    [
        ("cursorDiskKV", [], "a database of Cursor, which is not supported yet; the files in its folders agent-transcripts are"),
        ("ItemTable", [], "a database of Visual Studio Code, or of an editor made of it, which is not supported yet"),
        ("trajectory_meta", [], "a database of Antigravity, which is not supported yet"),
        ("threads", ["data_type", "data"], "the threads of Zed, which are not supported yet"),
        ("agent_conversations", [], "a database of Warp, which is not supported yet"),
        ("ai_queries", [], "a database of Warp, which is not supported yet"),
        ("conversations_v2", [], "a database of Amazon Q or Kiro, which is not supported yet"),
        ("conversations", ["key", "value"], "a database of Amazon Q or Kiro, which is not supported yet"),
        ("messages", ["session_id", "role", "parts"], "a database of Crush, which is not supported yet"),
        ("messages", ["session_id", "role", "content_json"], "a database of Goose, which is not supported yet"),
    ];

    /// <summary>What a database is.</summary>
    public static string Describe(SqliteDatabase database, DbConnection connection)
    {
        foreach (var (table, columns, what) in s_known)
        {
            if (database.ColumnsOf(connection, table) is { Count: > 0 } known && known.IsSupersetOf(columns))
                return what;
        }

        var tables = connection.Query<string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name LIMIT 8");
        return $"a SQLite database with the tables {string.Join(", ", tables)}";
    }
}
