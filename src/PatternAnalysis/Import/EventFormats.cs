using System.Text.Json;
using PatternAnalysis.Import.Formats;

namespace PatternAnalysis.Import;

/// <summary>The formats of JSON files that can be imported.</summary>
public static class EventFormats
{
    /// <summary>All of them, in the order in which they are tried.</summary>
    public static IReadOnlyList<IEventFormat> All { get; } =
    [new ClaudeTranscriptFormat(), new StoredEventFormat(), new ClaudeHookFormat(), new CodexRolloutFormat(), new OpenTelemetryFormat()];

    /// <summary>The format of a name.</summary>
    /// <exception cref="PatternAnalysisException">There is no such format.</exception>
    public static IEventFormat Named(string name) =>
        All.FirstOrDefault(format => string.Equals(format.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new PatternAnalysisException(
            "UnknownFormat",
            $"There is no format '{name}'. Use one of: {string.Join(", ", All.Select(format => format.Name))}."
        );

    /// <summary>The format that a value can only be of, or null when it tells nothing.</summary>
    internal static IEventFormat? Recognize(JsonElement value)
    {
        foreach (var format in All)
        {
            if (format.Recognizes(value))
                return format;
        }

        return null;
    }
}
