using System.Data.Common;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dapper;
using PatternAnalysis.Events;
using PatternAnalysis.Storage.Events;

namespace PatternAnalysis.Storage.Usage;

/// <summary>The tables <c>pattern_messages</c> and <c>pattern_call_results</c>.</summary>
internal sealed class SqlUsageStore(ISqlDatabase database) : IUsageReader, IUsageWriter
{
    private const string Messages = "pattern_messages";
    private const string Results = "pattern_call_results";

    private const string SelectMessages = """
        SELECT session_id, message_id, agent_id, prompt_id, source_app, model, observed_at,
            input_tokens, output_tokens, cache_write_tokens, cache_read_tokens, call_count
        FROM pattern_messages WHERE observed_at >= @since AND observed_at < @until ORDER BY observed_at, session_id, message_id
        """;

    private const string SelectResults = """
        SELECT session_id, tool_use_id, observed_at, tokens
        FROM pattern_call_results WHERE observed_at >= @since AND observed_at < @until ORDER BY observed_at, session_id, tool_use_id
        """;

    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string s_larger =
        "ON CONFLICT (message_id, session_id) DO UPDATE SET "
        + string.Join(
            ", ",
            new[] { "input_tokens", "output_tokens", "cache_write_tokens", "cache_read_tokens", "call_count" }
                .Select(column =>
                    $"{column} = CASE WHEN excluded.{column} > {Messages}.{column} THEN excluded.{column} ELSE {Messages}.{column} END"
                )
                .Append(
                    $"observed_at = CASE WHEN excluded.observed_at < {Messages}.observed_at "
                        + $"THEN excluded.observed_at ELSE {Messages}.observed_at END"
                )
                .Append($"model = COALESCE({Messages}.model, excluded.model)")
        );

    public IEnumerable<MessageUsage> ReadMessages(TimeWindow window, CancellationToken cancellationToken) =>
        Read(
            Messages,
            SelectMessages,
            window,
            row => new MessageUsage
            {
                SessionId = row.GetString(0),
                MessageId = row.GetString(1),
                AgentId = Text(row, 2),
                PromptId = Text(row, 3),
                SourceApp = Text(row, 4),
                Model = Text(row, 5),
                Timestamp = row.Value(6, Time),
                InputTokens = row.GetInt64(7),
                OutputTokens = row.GetInt64(8),
                CacheWriteTokens = row.GetInt64(9),
                CacheReadTokens = row.GetInt64(10),
                CallCount = row.Value(11, static (row, column) => row.GetInt32(column)),
            },
            cancellationToken
        );

    public IEnumerable<CallResult> ReadResults(TimeWindow window, CancellationToken cancellationToken) =>
        Read(
            Results,
            SelectResults,
            window,
            row => new CallResult(row.GetString(0), row.GetString(1), row.Value(2, Time), row.Value(3, Tokens)),
            cancellationToken
        );

    public void Write(
        IReadOnlyCollection<MessageUsage> messages,
        IReadOnlyCollection<CallResult> results,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(messages);
        ArgumentNullException.ThrowIfNull(results);
        if (messages.Count == 0 && results.Count == 0)
            return;

        database.Write(
            "storing what messages took",
            (connection, transaction) =>
            {
                WriteMessages(connection, transaction, Once(messages));
                WriteResults(connection, transaction, results);
                return true;
            },
            cancellationToken
        );
    }

    private void WriteMessages(DbConnection connection, DbTransaction transaction, IReadOnlyCollection<MessageUsage> messages)
    {
        var owners = Owners(connection, transaction, Messages, "message_id", messages.Select(message => message.MessageId));
        MessageUsage[] rows = [.. messages.Where(message => IsOwn(owners, message.MessageId, message.SessionId))];
        if (rows.Length == 0)
            return;

        database.Insert(
            connection,
            transaction,
            Messages,
            [
                ("session_id", rows.Select(row => row.SessionId).ToArray()),
                ("message_id", rows.Select(row => row.MessageId).ToArray()),
                ("agent_id", rows.Select(row => row.AgentId).ToArray()),
                ("prompt_id", rows.Select(row => row.PromptId).ToArray()),
                ("source_app", rows.Select(row => row.SourceApp).ToArray()),
                ("model", rows.Select(row => row.Model).ToArray()),
                ("observed_at", rows.Select(row => Milliseconds(row.Timestamp)).ToArray()),
                ("input_tokens", rows.Select(row => row.InputTokens).ToArray()),
                ("output_tokens", rows.Select(row => row.OutputTokens).ToArray()),
                ("cache_write_tokens", rows.Select(row => row.CacheWriteTokens).ToArray()),
                ("cache_read_tokens", rows.Select(row => row.CacheReadTokens).ToArray()),
                ("call_count", rows.Select(row => row.CallCount).ToArray()),
            ],
            s_larger
        );
    }

    private void WriteResults(DbConnection connection, DbTransaction transaction, IReadOnlyCollection<CallResult> results)
    {
        var owners = Owners(connection, transaction, Results, "tool_use_id", results.Select(result => result.ToolUseId));
        CallResult[] rows = [.. results.Where(result => IsOwn(owners, result.ToolUseId, result.SessionId))];
        if (rows.Length == 0)
            return;

        database.Insert(
            connection,
            transaction,
            Results,
            [
                ("session_id", rows.Select(row => row.SessionId).ToArray()),
                ("tool_use_id", rows.Select(row => row.ToolUseId).ToArray()),
                ("observed_at", rows.Select(row => Milliseconds(row.Timestamp)).ToArray()),
                ("tokens", rows.Select(row => JsonSerializer.Serialize(row.Tokens, s_json)).ToArray()),
            ],
            "ON CONFLICT (tool_use_id, session_id, observed_at) DO NOTHING"
        );
    }

    /// <summary>The sessions that unique ids are stored for.</summary>
    private Dictionary<string, string> Owners(
        DbConnection connection,
        DbTransaction transaction,
        string table,
        string column,
        IEnumerable<string> ids
    )
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        string[] unique = [.. ids.Where(UniqueId.IsUnique).Distinct(StringComparer.Ordinal)];
        if (unique.Length == 0)
            return owners;

        var (condition, values) = database.IsAmong(column, "@values", unique);
        var parameters = new DynamicParameters();
        parameters.Add("values", values);
        var rows = connection.Query<(string Id, string Session)>(
            $"SELECT {column}, session_id FROM {table} WHERE {condition}",
            parameters,
            transaction
        );
        foreach (var (id, session) in rows)
            owners.TryAdd(id, session);
        return owners;
    }

    /// <summary>Whether a row is its session's own; the first of several sessions of one batch becomes the owner.</summary>
    private static bool IsOwn(Dictionary<string, string> owners, string id, string session)
    {
        if (!UniqueId.IsUnique(id) || owners.TryAdd(id, session))
            return true;

        return owners[id] == session;
    }

    private static Dictionary<(string, string), MessageUsage>.ValueCollection Once(IReadOnlyCollection<MessageUsage> messages)
    {
        var once = new Dictionary<(string, string), MessageUsage>();
        foreach (var message in messages)
        {
            var key = (message.SessionId, message.MessageId);
            once[key] = once.TryGetValue(key, out var known) ? known.And(message) : message;
        }

        return once.Values;
    }

    private IEnumerable<T> Read<T>(
        string table,
        string select,
        TimeWindow window,
        Func<DbDataReader, T> read,
        CancellationToken cancellationToken
    )
    {
        using var connection = database.OpenForReading();
        if (Guard(table, () => database.ColumnsOf(connection, table).Count) == 0)
            yield break;

        using var command = connection.CreateCommand();
        command.CommandText = select;
        command.AddParameter("since").Value = window.Since is { } since ? Milliseconds(since.UtcDateTime) : long.MinValue;
        command.AddParameter("until").Value = window.Until is { } until ? Milliseconds(until.UtcDateTime) : long.MaxValue;
        using var row = Guard(table, command.ExecuteReader);
        while (Guard(table, row.Read))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Guard(table, () => read(row));
        }
    }

    private T Guard<T>(string table, Func<T> read)
    {
        const string Doing = "reading what messages took";
        try
        {
            return database.ReadRows(Doing, read, table);
        }
        catch (DbException error)
        {
            throw database.Translate(error, Doing);
        }
    }

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static long Milliseconds(DateTime utc) => (utc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;

    private static DateTime Time(DbDataReader row, int column) => DateTime.UnixEpoch.AddMilliseconds(row.GetInt64(column));

    private static string[] Tokens(DbDataReader row, int column) => JsonSerializer.Deserialize<string[]>(row.GetString(column)) ?? [];
}
