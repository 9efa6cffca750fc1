using System.Text.Json;
using PatternAnalysis.Events;
using PatternAnalysis.Import;
using PatternAnalysis.Import.Formats;

namespace PatternAnalysis.Storage.Recording;

/// <summary>Reads what an agent hands to a hook.</summary>
internal static class HookInput
{
    /// <summary>The application that hooks are registered with.</summary>
    public const string DefaultSourceApp = "claude-code";

    /// <summary>Makes a row of it.</summary>
    /// <param name="utf8">The hook's JSON.</param>
    /// <param name="mode">How much of a tool's input is stored.</param>
    /// <param name="sourceApp">The application that it comes from.</param>
    /// <param name="arrivedUtc">When it came.</param>
    /// <param name="record">The row, when it can be one.</param>
    /// <returns>Null, or why it can't: one of <see cref="SkipReason"/>.</returns>
    public static string? TryRead(
        ReadOnlyMemory<byte> utf8,
        PayloadMode mode,
        string sourceApp,
        DateTime arrivedUtc,
        out NewHookEvent? record
    )
    {
        record = null;
        try
        {
            using var json = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = JsonValueReader.MaximumDepth });
            return ClaudeHookFormat.Read(json.RootElement) is { } hookEvent
                ? new RecordBuilder(mode, arrivedUtc, DateTime.UtcNow).TryBuild(
                    hookEvent with
                    {
                        SourceApp = sourceApp,
                        UtcTicks = arrivedUtc.Ticks,
                    },
                    out record
                )
                : SkipReason.NotAnEvent;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return SkipReason.Malformed;
        }
    }
}
