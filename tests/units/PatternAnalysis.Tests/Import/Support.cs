using System.Text;
using PatternAnalysis.Events;
using PatternAnalysis.Import;

namespace PatternAnalysis.Tests.Import;

/// <summary>A table of events in memory, which keeps what a database keeps: one row for each id.</summary>
internal sealed class EventTable : IHookEventWriter
{
    private readonly Dictionary<string, NewHookEvent> _rows = new(StringComparer.Ordinal);

    public IReadOnlyCollection<NewHookEvent> Rows => _rows.Values;

    /// <summary>How many events each call of <see cref="Write"/> brought, and how long their payloads were.</summary>
    public List<(int Count, long Length)> Batches { get; } = [];

    /// <summary>Which event the table refuses, as a CHECK of its own does.</summary>
    public Func<NewHookEvent, bool> Refuses { get; init; } = _ => false;

    public IReadOnlyList<EventWriteOutcome> Write(IReadOnlyList<NewHookEvent> events, CancellationToken cancellationToken = default)
    {
        Batches.Add((events.Count, events.Sum(row => (long)row.Payload.Length)));
        return [.. events.Select(row => Outcome(row, _rows.TryAdd))];
    }

    public IReadOnlyList<EventWriteOutcome> Preview(IReadOnlyList<NewHookEvent> events, CancellationToken cancellationToken = default) =>
        [.. events.Select(row => Outcome(row, (id, _) => !_rows.ContainsKey(id)))];

    /// <summary>Hands over the events of the query's types, in the order in which they came.</summary>
    public void Read(EventQuery query, IHookEventSink sink)
    {
        var place = 0;
        foreach (var row in _rows.Values)
        {
            place++;
            if (query.EventTypes.Contains(row.EventType))
                sink.Add(
                    new HookEventRow
                    {
                        SessionId = Encoding.UTF8.GetBytes(row.SessionId),
                        EventType = Encoding.UTF8.GetBytes(row.EventType),
                        ToolName = Encoding.UTF8.GetBytes(row.ToolName ?? ""),
                        SourceApp = Encoding.UTF8.GetBytes(row.SourceApp ?? ""),
                        Payload = Encoding.UTF8.GetBytes(row.Payload),
                        UtcTicks = row.Timestamp.Ticks,
                        InsertionId = place,
                    }
                );
        }
    }

    private EventWriteOutcome Outcome(NewHookEvent row, Func<string, NewHookEvent, bool> add) =>
        Refuses(row) ? EventWriteOutcome.Refused
        : add(row.EventId, row) ? EventWriteOutcome.Stored
        : EventWriteOutcome.Duplicate;
}

/// <summary>What is remembered of imported files, in memory.</summary>
internal sealed class FileMemory : IImportMemory
{
    private readonly Dictionary<string, ImportedFile> _files = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, ImportedFile> Read(string reader) => _files;

    public void Write(IReadOnlyCollection<ImportedFile> files, CancellationToken cancellationToken = default)
    {
        foreach (var file in files)
            _files[file.Path] = file;
    }
}

/// <summary>What messages took and what is kept of answers, in memory.</summary>
internal sealed class UsageTable : IUsageWriter
{
    private readonly Dictionary<(string Session, string Message), MessageUsage> _messages = [];
    private readonly Dictionary<(string Session, string Call, DateTime Time), CallResult> _results = [];

    public IReadOnlyList<MessageUsage> Messages => [.. _messages.Values];

    public IReadOnlyList<CallResult> Results => [.. _results.Values];

    public void Write(
        IReadOnlyCollection<MessageUsage> messages,
        IReadOnlyCollection<CallResult> results,
        CancellationToken cancellationToken = default
    )
    {
        foreach (var message in messages)
        {
            var key = (message.SessionId, message.MessageId);
            _messages[key] = _messages.TryGetValue(key, out var known) ? known.And(message) : message;
        }

        foreach (var result in results)
            _results.TryAdd((result.SessionId, result.ToolUseId, result.Timestamp), result);
    }
}

/// <summary>A file in memory.</summary>
internal static class TextFile
{
    public static readonly DateTime Written = new(2026, 3, 2, 12, 0, 0, DateTimeKind.Utc);

    public static JsonEventSource Of(string name, params string[] lines)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
        return new JsonEventSource(name, bytes.Length, Written, () => new MemoryStream(bytes));
    }

    /// <summary>A call, as a hook of Claude Code tells it.</summary>
    public static string Call(int number, string command = "git status") =>
        $$$"""{"session_id":"s","hook_event_name":"PreToolUse","tool_name":"Bash","tool_use_id":"toolu_{{{number:D12}}}","""
        + $$$""" "tool_input":{"command":"{{{command}}}"}}""";
}
