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
