using System.Text.Json;
using PatternAnalysis.Import.Formats;

namespace PatternAnalysis.Import;

/// <summary>The formats of JSON files that can be imported.</summary>
public static class EventFormats
{
    /// <summary>All of them. Each is recognised by evidence that no other has, so their order decides nothing.</summary>
    public static IReadOnlyList<IEventFormat> All { get; } =
    [
        new ClaudeTranscriptFormat(),
        new QwenChatFormat(),
        new StoredEventFormat(),
        new ClaudeHookFormat(),
        new CodexRolloutFormat(),
        new OpenTelemetryFormat(),
        new OpenTelemetrySpanFormat(),
        new CodexExecFormat(),
        new GeminiSessionFormat(),
        new CopilotEventsFormat(),
        new CopilotHookFormat(),
        new OpenCodeFormat(),
        new CursorTranscriptFormat(),
        new ClineTaskFormat(),
        new AmpThreadFormat(),
        new PiSessionFormat(),
    ];

    /// <summary>The format of a name.</summary>
    /// <exception cref="PatternAnalysisException">There is no such format.</exception>
    public static IEventFormat Named(string name) =>
        All.FirstOrDefault(format => string.Equals(format.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new PatternAnalysisException(
            ErrorCatalogue.UnknownFormat,
            $"There is no format '{name}'. Use one of: {string.Join(", ", All.Select(format => format.Name))}."
        );

    /// <summary>The format that a value can only be of; null when it tells nothing, or could be of two.</summary>
    internal static IEventFormat? Recognize(JsonElement value)
    {
        IEventFormat? found = null;
        foreach (var format in All)
        {
            if (!format.Recognizes(value))
                continue;
            if (found is not null)
                return null;
            found = format;
        }

        return found;
    }

    /// <summary>The name of a format that is known and can't be imported; null for one that nobody knows.</summary>
    internal static string? NameOfUnsupported(JsonElement value) =>
        value.Field("resourceMetrics").ValueKind == JsonValueKind.Array ? "OpenTelemetry metrics, which hold no events"
        : value.Text("hookEventName") is not null ? "hook events of GitHub Copilot in Visual Studio Code, which are not supported yet"
        : value.Text("type") is "ask" or "say" && value.Field("ts").ValueKind == JsonValueKind.Number
            ? "what Cline shows of a task; the task's api_conversation_history.json beside it holds the calls"
        : null;
}
