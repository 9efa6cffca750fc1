using System.Data.Common;
using System.Text;
using PatternAnalysis.Events;
using PatternAnalysis.Masking;
using PatternAnalysis.Payloads;

namespace PatternAnalysis.Storage.Events;

/// <summary>Reads where sessions come from, of the first event of each, in the events' order.</summary>
internal sealed class SessionOriginReader(ISqlDatabase database) : ISessionOriginReader
{
    /// <inheritdoc/>
    public SessionOrigins Find() => new(Read());

    /// <summary>The sessions with an application or a person that is known.</summary>
    /// <exception cref="PatternAnalysisException">The database can't be read.</exception>
    public IReadOnlyList<(string SessionId, SessionOrigin Origin)> Read() =>
        database.ReadEvents(
            "looking where sessions come from",
            connection =>
                database.ColumnsOf(connection, HookEventInsert.Table) is { Count: > 0 } columns && columns.Contains("session_id")
                    ? Read(connection, columns)
                    : []
        );

    private static List<(string, SessionOrigin)> Read(DbConnection connection, IReadOnlySet<string> columns)
    {
        // A table that others made may lack both an id and a time; without an order there is no first event.
        // Texts are cast, because some writers bind them as bytes.
        const string Session = "CAST(session_id AS TEXT)";
        var application = columns.Contains("source_app") ? "CAST(source_app AS TEXT)" : "NULL";
        var payload = columns.Contains("payload") && columns.Contains("id") ? "CAST(payload AS TEXT)" : "NULL";
        if ((application, payload) is ("NULL", "NULL"))
            return [];
        using var command = connection.CreateCommand();
        var id = columns.Contains("id") ? IdOf(connection) : null;
        command.CommandText = id is not null
            ? $"SELECT {Session}, {application}, {payload} FROM {HookEventInsert.Table} "
                + $"WHERE {id} IN (SELECT MIN({id}) FROM {HookEventInsert.Table} GROUP BY session_id) ORDER BY {id}"
            : $"SELECT {Session}, MIN({application}), NULL FROM {HookEventInsert.Table} GROUP BY session_id ORDER BY session_id";
        using var row = command.ExecuteReader();
        var origins = new List<(string, SessionOrigin)>();
        while (row.Read())
        {
            if (Text(row, 0) is not { } session)
                continue;
            var origin = new SessionOrigin(
                Text(row, 1) is { Length: > 0 } name ? SecretMasker.Mask(name) : null,
                Text(row, 2) is { } json ? PersonReader.Read(Encoding.UTF8.GetBytes(json)) : null
            );
            origins.Add((SecretMasker.MaskIdentifier(session), origin));
        }

        return origins;
    }

    // The lowest number is the first event's. Of others one is taken that is always the same; not every type has a lowest.
    private static string IdOf(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT id FROM {HookEventInsert.Table} LIMIT 1";
        using var row = command.ExecuteReader();
        var type = row.GetFieldType(0);
        return type == typeof(long) || type == typeof(int) || type == typeof(short) ? "id" : "CAST(id AS TEXT)";
    }

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
