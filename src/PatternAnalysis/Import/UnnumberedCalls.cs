using System.Globalization;

namespace PatternAnalysis.Import;

/// <summary>
/// Gives ids to the calls of agents whose hooks have none, so that an end finds its start: the latest start in its session, of the same
/// tool and if possible with the same input, that has no end yet.
/// </summary>
internal sealed class UnnumberedCalls
{
    private readonly Dictionary<(string Session, string? Agent, string Tool), List<(string Id, string Input)>> _open = [];
    private readonly Dictionary<string, int> _count = [];

    /// <summary>The event, with an id if it is about a call and has none.</summary>
    public ImportedEvent Number(ImportedEvent hookEvent)
    {
        if (hookEvent is not { ToolUseId: null, IsToolEvent: true, ToolName: { } tool, SessionId.Length: > 0 })
            return hookEvent;

        var key = (hookEvent.SessionId, hookEvent.AgentId, tool);
        if (!_open.TryGetValue(key, out var open))
            _open.Add(key, open = []);
        var input = hookEvent.ToolInput.Json();
        if (hookEvent.StartsCall)
        {
            open.Add((NextId(hookEvent), input));
            return hookEvent with { ToolUseId = open[^1].Id, HasInventedId = true };
        }

        var start = open.FindLastIndex(call => call.Input == input);
        start = start < 0 ? open.Count - 1 : start;
        if (start < 0)
            return hookEvent;

        var id = open[start].Id;
        open.RemoveAt(start);
        return hookEvent with { ToolUseId = id, HasInventedId = true };
    }

    // By its time, which is the same in every copy of the log, and by a count where that doesn't tell calls apart.
    private string NextId(ImportedEvent start)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{start.SessionId}@{start.UtcTicks ?? 0}");
        var before = _count.GetValueOrDefault(name);
        _count[name] = before + 1;
        return string.Create(CultureInfo.InvariantCulture, $"{start.UtcTicks ?? 0}.{before}");
    }
}
