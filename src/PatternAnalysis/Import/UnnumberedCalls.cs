using System.Globalization;

namespace PatternAnalysis.Import;

/// <summary>
/// Gives ids to the calls of agents whose hooks have none, so that an end finds its start: the latest start in its session, of the same
/// tool and if possible with the same input, that has no end yet.
/// </summary>
internal sealed class UnnumberedCalls
{
    private readonly Dictionary<(string Session, string? Agent, string Tool), OpenCalls> _open = [];
    private readonly Dictionary<string, int> _count = [];

    /// <summary>The event, with an id if it is about a call and has none.</summary>
    public ImportedEvent Number(ImportedEvent hookEvent)
    {
        if (hookEvent is not { ToolUseId: null, IsToolEvent: true, ToolName: { } tool, SessionId.Length: > 0 })
            return hookEvent;

        var key = (hookEvent.SessionId, hookEvent.AgentId, tool);
        if (!_open.TryGetValue(key, out var open))
            _open.Add(key, open = new OpenCalls());
        var input = hookEvent.ToolInput.Json();
        if (hookEvent.StartsCall)
        {
            var id = NextId(hookEvent);
            open.Add(id, input);
            return hookEvent with { ToolUseId = id, HasInventedId = true };
        }

        return open.Take(input) is { } start ? hookEvent with { ToolUseId = start, HasInventedId = true } : hookEvent;
    }

    // By its time, which is the same in every copy of the log, and by a count where that doesn't tell calls apart.
    private string NextId(ImportedEvent start)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{start.SessionId}@{start.UtcTicks ?? 0}");
        var before = _count.GetValueOrDefault(name);
        _count[name] = before + 1;
        return string.Create(CultureInfo.InvariantCulture, $"{start.UtcTicks ?? 0}.{before}");
    }

    /// <summary>The starts of one tool that have no end yet. Each step takes the same time, however many there are.</summary>
    private sealed class OpenCalls
    {
        private readonly LinkedList<(string Id, string Input)> _inOrder = [];
        private readonly Dictionary<string, Stack<LinkedListNode<(string Id, string Input)>>> _byInput = [];

        public void Add(string id, string input)
        {
            if (!_byInput.TryGetValue(input, out var same))
                _byInput.Add(input, same = []);
            same.Push(_inOrder.AddLast((id, input)));
        }

        /// <summary>Takes out the latest with the input, or else the latest; null when none is open.</summary>
        public string? Take(string input)
        {
            if (!_byInput.TryGetValue(input, out var same))
            {
                if (_inOrder.Last is not { } latest)
                    return null;
                input = latest.Value.Input;
                same = _byInput[input];
            }

            var start = same.Pop();
            if (same.Count == 0)
                _byInput.Remove(input);
            _inOrder.Remove(start);
            return start.Value.Id;
        }
    }
}
