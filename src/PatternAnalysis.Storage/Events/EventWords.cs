namespace PatternAnalysis.Storage.Events;

/// <summary>What the latest events are called: for completion, which must not read a table through.</summary>
public sealed class EventWords
{
    private const int MostEvents = 20_000;

    private readonly ISqlDatabase _database;

    internal EventWords(ISqlDatabase database) => _database = database;

    /// <summary>The sessions of the latest events, the latest first.</summary>
    public IReadOnlyList<string> Sessions() => Latest("session_id");

    /// <summary>Their applications.</summary>
    public IReadOnlyList<string> Applications() => Latest("source_app");

    /// <summary>Their types.</summary>
    public IReadOnlyList<string> EventTypes() => Latest("event_type");

    private IReadOnlyList<string> Latest(string column) =>
        _database.ReadEvents(
            "looking at the latest events",
            connection =>
            {
                if (!_database.ColumnsOf(connection, HookEventInsert.Table).Contains(column))
                    return [];

                using var command = connection.CreateCommand();
                command.CommandText = $"""
                    SELECT CAST({column} AS TEXT) FROM {HookEventInsert.Table} WHERE {column} IS NOT NULL ORDER BY timestamp DESC
                        LIMIT {MostEvents}
                    """;
                using var row = command.ExecuteReader();
                var words = new List<string>();
                var known = new HashSet<string>(StringComparer.Ordinal);
                while (row.Read())
                {
                    if (known.Add(row.GetString(0)))
                        words.Add(row.GetString(0));
                }

                return (IReadOnlyList<string>)words;
            }
        );
}
