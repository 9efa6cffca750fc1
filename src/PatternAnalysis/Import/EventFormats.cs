using PatternAnalysis.Import.Formats;
using PatternAnalysis.Import.Json;

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
    internal static IEventFormat? Recognize(JsonSlice value)
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
}
