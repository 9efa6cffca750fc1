using PatternAnalysis.Events;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Storage.Steps;

/// <summary>
/// Derives some events in the order of their numbers. They are copied out of the store so that several threads can read them, not more at
/// a time than memory is meant for: the payloads of a few thousand events may hold as many files.
/// </summary>
/// <param name="derivers">One for each thread.</param>
internal sealed class EventBatch(IReadOnlyList<StepDeriver> derivers) : IHookEventSink
{
    private readonly List<Copy> _copies = [];
    private readonly List<DerivedEvent> _steps = [];
    private long _bytes;
    private (long Number, long Mark) _first;
    private (long Number, long Mark) _last;

    /// <summary>How many bytes are copied at most before they are derived, or one event.</summary>
    public long BytesAtOnce { get; init; } = 32 << 20;

    /// <summary>How many events there are.</summary>
    public int Count { get; private set; }

    public void Add(in HookEventRow row)
    {
        var size = row.SessionId.Length + row.EventType.Length + row.ToolName.Length + row.SourceApp.Length + row.Payload.Length;
        if (_copies.Count > 0 && _bytes + size > BytesAtOnce)
            DeriveCopies();
        _copies.Add(
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
        _bytes += size;
        if (Count++ == 0)
            _first = (row.InsertionId, MarkOf(row));
    }

    public void Restart()
    {
        _copies.Clear();
        _steps.Clear();
        (_bytes, Count) = (0, 0);
    }

    /// <summary>What tells an event from another one that has its number: not the payload, which would have to be read.</summary>
    public static long MarkOf(in HookEventRow row) =>
        unchecked(
            (long)
                StepIds.HashCall(
                    row.SessionId,
                    [.. row.EventType, 0x1F, .. row.ToolName, 0x1F, .. BitConverter.GetBytes(row.UtcTicks ?? -1)]
                )
        );

    /// <summary>What is kept of the events, in their order; there is one at least.</summary>
    /// <param name="rules">The rules' name.</param>
    /// <param name="derivedAt">When, in Unix seconds.</param>
    public (StepBlock Block, IReadOnlyList<DerivedEvent> Steps) Derived(string rules, long derivedAt)
    {
        DeriveCopies();
        var block = new StepBlock(
            _first.Number,
            _last.Number,
            _first.Mark,
            _last.Mark,
            Count,
            _steps.Min(step => step.UtcTicks),
            _steps.Max(step => step.UtcTicks),
            _steps.Exists(step => step.UtcTicks is null),
            rules,
            derivedAt
        );
        return (block, _steps);
    }

    private void DeriveCopies()
    {
        if (_copies.Count == 0)
            return;
        var derived = new DerivedEvent?[_copies.Count];
        Parallel.For(
            0,
            derivers.Count,
            part =>
            {
                for (var i = _copies.Count * part / derivers.Count; i < _copies.Count * (part + 1) / derivers.Count; i++)
                    derived[i] = derivers[part].Derive(_copies[i].Row);
            }
        );
        _steps.AddRange(derived.OfType<DerivedEvent>());
        _last = (_copies[^1].Number, MarkOf(_copies[^1].Row));
        _copies.Clear();
        _bytes = 0;
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
