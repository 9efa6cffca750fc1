using System.Text.Unicode;
using PatternAnalysis.Events;
using PatternAnalysis.Import;
using PatternAnalysis.Import.Formats;
using PatternAnalysis.Import.Json;

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
        var index = new JsonIndex();
        if (!Utf8.IsValid(utf8.Span) || index.Read(utf8) is not null)
            return SkipReason.Malformed;

        try
        {
            return ClaudeHookFormat.Read(index.Root) is { } hookEvent
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
        catch (InvalidOperationException)
        {
            return SkipReason.Malformed; // a string with half of a surrogate pair
        }
    }
}
