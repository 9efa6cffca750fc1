using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using PatternAnalysis.Events;

namespace PatternAnalysis.Import;

/// <summary>
/// Gives the events of one file their ids, so that the same event has the same id in every copy, in whatever file and format:
/// by the call's <c>tool_use_id</c>, or the prompt's id, or the id that the input gives, where such an id is unique in the world
/// (<see cref="UniqueId"/>); where it counts by session or by turn, by that id together with session and time; else by a hash of what
/// it is, when it was, and how many times the file had the very same before.
/// </summary>
internal sealed partial class EventIdentity
{
    private const int LongestId = 200;

    private readonly PayloadWriter _content = new(PayloadMode.Full, masks: false);
    private readonly Dictionary<UInt128, int> _seen = [];

    public string IdOf(ImportedEvent hookEvent)
    {
        if (hookEvent.HasInventedId)
            hookEvent = hookEvent with { ToolUseId = null };
        // A row that this class named before, from a spool or another database, keeps its name: its time may have been rounded since.
        if (hookEvent.EventId is { } own && OwnHash().IsMatch(own))
            return own;
        if (hookEvent.ToolUseId is { Length: <= LongestId } call)
            return UniqueId.IsUnique(call) ? $"{call}:{hookEvent.EventType}" : ByTime(hookEvent, call);
        if (hookEvent is { EventType: HookEventType.UserPromptSubmit, PromptId: { Length: <= LongestId } prompt })
            return UniqueId.IsUnique(prompt) ? $"{prompt}:{hookEvent.EventType}" : ByTime(hookEvent, prompt);
        if (hookEvent.EventId is { Length: <= LongestId } given)
            return UniqueId.IsUnique(given) ? given : ByTime(hookEvent, given);

        return Counted(HashOf(hookEvent, _content.Write(hookEvent)));
    }

    // Without a time an id that counts by turn may come again for another call.
    private string ByTime(ImportedEvent hookEvent, string id)
    {
        var hash = HashOf(hookEvent, id);
        return hookEvent.UtcTicks is null ? Counted(hash) : hash;
    }

    private string Counted(string hash)
    {
        var key = UInt128.Parse(hash.AsSpan(0, 32), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        var before = _seen.GetValueOrDefault(key);
        _seen[key] = before + 1;
        return before == 0 ? hash : string.Create(CultureInfo.InvariantCulture, $"{hash}:{before}");
    }

    private static string HashOf(ImportedEvent hookEvent, string content)
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

    // What this class makes: ids of a database that events were imported into.
    [GeneratedRegex("^[0-9A-F]{32}(:[0-9]+)?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex OwnHash();
}
