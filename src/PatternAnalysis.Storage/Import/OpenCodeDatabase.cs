using System.Data.Common;
using System.Text;
using PatternAnalysis.Import;
using PatternAnalysis.Import.Json;
using PatternAnalysis.Storage.Sqlite;

namespace PatternAnalysis.Storage.Import;

/// <summary>
/// The database of OpenCode from version 1.2 on. Its rows are the objects that earlier versions kept in a file each, with their ids and
/// the sessions' fields in columns of their own.
/// </summary>
internal static class OpenCodeDatabase
{
    private const string FormatName = "OpenCode";

    // Sessions first: they say whose sub-agents others are. In the order in which rows were made, so that nothing has to be sorted.
    private static readonly string[] s_statements =
    [
        """
            SELECT rowid, json_object('id', id, 'parentID', parent_id, 'directory', directory, 'time', json_object('created', time_created))
            FROM session ORDER BY rowid
            """,
        """
            SELECT rowid, CASE WHEN json_valid(data) THEN json_set(data, '$.id', id, '$.sessionID', session_id) END
            FROM message ORDER BY rowid
            """,
        """
            SELECT rowid,
                CASE WHEN json_valid(data) THEN json_set(data, '$.id', id, '$.sessionID', session_id, '$.messageID', message_id) END
            FROM part ORDER BY rowid
            """,
    ];

    /// <summary>Whether a database is one.</summary>
    public static bool Is(SqliteDatabase database, DbConnection connection) =>
        database.ColumnsOf(connection, "session").IsSupersetOf(["id", "parent_id", "directory", "time_created"])
        && database.ColumnsOf(connection, "message").IsSupersetOf(["id", "session_id", "data"])
        && database.ColumnsOf(connection, "part").IsSupersetOf(["id", "session_id", "message_id", "data"]);

    /// <summary>Reads it; rows that are no JSON are counted.</summary>
    public static FileReading Read(DbConnection connection, string path, IEventReceiver receiver, CancellationToken cancellationToken)
    {
        var format = EventFormats.Named(FormatName);
        var decoder = format.StartFile(path);
        var placed = new PlacedReceiver(receiver);
        var index = new JsonIndex();
        foreach (var statement in s_statements)
        {
            using var command = connection.CreateCommand();
            command.CommandText = statement;
            using var row = command.ExecuteReader();
            while (row.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                placed.Place = row.GetInt64(0);
                if (row.IsDBNull(1) || index.Read(Encoding.UTF8.GetBytes(row.GetString(1))) is not null)
                    placed.Skip(SkipReason.Malformed);
                else
                    Decode(decoder, index.Root, placed);
            }
        }

        placed.Place = 0;
        decoder.Complete(placed);
        return new(false, null, FormatName);
    }

    private static void Decode(IEventDecoder decoder, JsonSlice value, PlacedReceiver receiver)
    {
        try
        {
            decoder.Decode(value, receiver);
        }
        catch (InvalidOperationException)
        {
            receiver.Skip(SkipReason.NotUtf8); // a string with half of a surrogate pair
        }
    }
}
