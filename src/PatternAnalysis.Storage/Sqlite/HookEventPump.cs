using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using PatternAnalysis.Events;

namespace PatternAnalysis.Storage.Sqlite;

/// <summary>
/// Hands over the rows of a statement whose columns are session, tool, time, number, type, payload and application, as UTF-8 straight from
/// the row.
/// </summary>
/// <param name="database">A connection to the database that the statements are of.</param>
/// <param name="timeZone">The zone of times that are stored without one; null for UTC.</param>
internal sealed class HookEventPump(SqliteConnection database, TimeZoneInfo? timeZone)
{
    private readonly bool _isUtf8 = UsesUtf8(database);

    /// <summary>Hands over the rows.</summary>
    /// <param name="reader">The statement, before its first row.</param>
    /// <param name="connection">Its connection.</param>
    /// <param name="hasRowIds">Whether every row has a number.</param>
    /// <param name="readsPayload">Whether payloads are wanted.</param>
    /// <param name="readsSource">Whether applications are wanted.</param>
    /// <param name="sink">What takes them.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(
        SqliteDataReader reader,
        SqliteConnection connection,
        bool hasRowIds,
        bool readsPayload,
        bool readsSource,
        IHookEventSink sink,
        CancellationToken cancellationToken
    )
    {
        if (!reader.Read())
            return;

        var row = new StatementReader(reader, connection);
        long count = 0;
        do
        {
            if ((++count & 0xFFF) == 0)
                cancellationToken.ThrowIfCancellationRequested();
            if (!_isUtf8)
                row.ConvertToUtf8();

            sink.Add(
                new HookEventRow
                {
                    SessionId = row.Bytes(0),
                    ToolName = row.Bytes(1),
                    UtcTicks = row.Timestamp(2, timeZone),
                    InsertionId = hasRowIds || !row.IsNull(3) ? row.Integer(3) : count,
                    EventType = row.Bytes(4),
                    Payload = readsPayload ? row.Bytes(5) : default,
                    SourceApp = readsSource ? row.Bytes(6) : default,
                }
            );
        } while (row.Read());
    }

    /// <summary>Whether texts are stored as UTF-8; those of other databases must be converted.</summary>
    public static bool UsesUtf8(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA encoding";
        return (string?)command.ExecuteScalar() == "UTF-8";
    }
}
