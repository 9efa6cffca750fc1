using PatternAnalysis.Events;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Storage.Steps;

/// <summary>Some events in the order of their numbers, copied out of the store so that several threads can read them.</summary>
internal sealed class EventBatch : IHookEventSink
{
    private readonly List<Copy> _events = [];

    public int Count => _events.Count;

    public long FirstEvent => _events[0].Number;

    public long LastEvent => _events[^1].Number;

    public void Add(in HookEventRow row) =>
        _events.Add(
            new Copy(
                row.InsertionId,
                row.UtcTicks,
                row.SessionId.ToArray(),
                row.EventType.ToArray(),
                row.ToolName.ToArray(),
                row.SourceApp.ToArray(),
                row.Payload.ToArray()
            )
        );

    public void Restart() => _events.Clear();

    /// <summary>What tells an event from another one that has its number: not the payload, which would have to be read.</summary>
    public static long MarkOf(in HookEventRow row) =>
        unchecked(
            (long)
                StepIds.HashCall(
                    row.SessionId,
                    [.. row.EventType, 0x1F, .. row.ToolName, 0x1F, .. BitConverter.GetBytes(row.UtcTicks ?? -1)]
                )
        );

    /// <summary>What is kept of them, in their order.</summary>
    /// <param name="derivers">One for each thread.</param>
    /// <param name="rules">The rules' name.</param>
    /// <param name="derivedAt">When, in Unix seconds.</param>
    public (StepBlock Block, List<DerivedEvent> Steps) Derive(IReadOnlyList<StepDeriver> derivers, string rules, long derivedAt)
    {
        var derived = new DerivedEvent?[_events.Count];
        Parallel.For(
            0,
            derivers.Count,
            part =>
            {
                for (var i = _events.Count * part / derivers.Count; i < _events.Count * (part + 1) / derivers.Count; i++)
                    derived[i] = derivers[part].Derive(_events[i].Row);
            }
        );
        List<DerivedEvent> steps = [.. derived.OfType<DerivedEvent>()];
        var block = new StepBlock(
            FirstEvent,
            LastEvent,
            MarkOf(_events[0].Row),
            MarkOf(_events[^1].Row),
            _events.Count,
            steps.Min(step => step.UtcTicks),
            steps.Max(step => step.UtcTicks),
            steps.Exists(step => step.UtcTicks is null),
            rules,
            derivedAt
        );
        return (block, steps);
    }

    private sealed record Copy(
        long Number,
        long? UtcTicks,
        byte[] SessionId,
        byte[] EventType,
        byte[] ToolName,
        byte[] SourceApp,
        byte[] Payload
    )
    {
        public HookEventRow Row =>
            new()
            {
                InsertionId = Number,
                UtcTicks = UtcTicks,
                SessionId = SessionId,
                EventType = EventType,
                ToolName = ToolName,
                SourceApp = SourceApp,
                Payload = Payload,
            };
    }
}
