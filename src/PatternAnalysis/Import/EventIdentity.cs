using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PatternAnalysis.Import;

/// <summary>
/// Gives the events of one file their ids, so that the same event has the same id in every copy, in whatever file and format:
/// by the call's <c>tool_use_id</c>; else by the prompt's id; else the id that the input gives; else a hash of what it is, when it was, and
/// how many times the file had the very same before.
/// </summary>
internal sealed class EventIdentity
{
    // Shorter ids ("call_1", "0") are numbered by session or less: they say which call only together with session and time.
    private const int GloballyUniqueLength = 16;
    private const int LongestId = 200;

    private readonly PayloadWriter _content = new(PayloadMode.Full, masks: false);
    private readonly Dictionary<UInt128, int> _seen = [];

    public string IdOf(HookEvent hookEvent)
    {
        if (hookEvent.ToolUseId is { Length: <= LongestId } call)
            return call.Length >= GloballyUniqueLength ? $"{call}:{hookEvent.EventType}" : HashOf(hookEvent, call);
        if (hookEvent is { EventType: HookEvent.UserPromptSubmit, PromptId: { Length: >= GloballyUniqueLength and <= LongestId } prompt })
            return $"{prompt}:{hookEvent.EventType}";
        if (hookEvent.EventId is { Length: <= LongestId } given)
            return given;

        var hash = HashOf(hookEvent, _content.Write(hookEvent));
        var key = UInt128.Parse(hash.AsSpan(0, 32), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        var before = _seen.GetValueOrDefault(key);
        _seen[key] = before + 1;
        return before == 0 ? hash : string.Create(CultureInfo.InvariantCulture, $"{hash}:{before}");
    }

    private static string HashOf(HookEvent hookEvent, string content)
    {
        var time = hookEvent.UtcTicks?.ToString(CultureInfo.InvariantCulture);
        var identity = string.Join(
            '\u001F',
            hookEvent.SessionId,
            hookEvent.AgentId,
            hookEvent.EventType,
            hookEvent.ToolName,
            time,
            content
        );
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(identity)).AsSpan(0, 16));
    }
}
