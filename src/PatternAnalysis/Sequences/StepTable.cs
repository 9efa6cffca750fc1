using PatternAnalysis.Payloads;

namespace PatternAnalysis.Sequences;

/// <summary>What is known of every step before steps are put in order, column by column; ids only as hashes, and only from the first step that has one.</summary>
internal sealed class StepTable
{
    private readonly GrowingArray<int> _source = new();
    private readonly GrowingArray<int> _activity = new();
    private readonly GrowingArray<int> _verdict = new();
    private readonly GrowingArray<long> _ticks = new();
    private readonly GrowingArray<long> _insertion = new();
    private readonly GrowingArray<byte> _events = new();
    private readonly SparseColumn _calls = new();
    private readonly SparseColumn _messages = new();

    public int Count => _activity.Count;

    /// <summary>Whose step each is: a session's, or one of its sub-agents'.</summary>
    public ReadOnlySpan<int> Sources => _source.AsSpan();

    public void Add(int source, int activity, int verdict, long ticks, long insertion, in CallEnvelope envelope)
    {
        _calls.Set(Count, envelope.ToolUseId);
        _messages.Set(Count, envelope.MessageId);
        _source.Add(source);
        _activity.Add(activity);
        _verdict.Add(verdict);
        _ticks.Add(ticks);
        _insertion.Add(insertion);
        _events.Add(1);
    }

    /// <summary>Moves a step to where its call starts; only its end was known before.</summary>
    public void Start(int step, int activity, int verdict, long ticks, long insertion) =>
        (_activity[step], _verdict[step], _ticks[step], _insertion[step]) = (activity, verdict, ticks, insertion);

    public int Source(int step) => _source[step];

    public int Activity(int step) => _activity[step];

    public int Verdict(int step) => _verdict[step];

    public long Ticks(int step) => _ticks[step];

    /// <summary>How many events it was made of, up to 255.</summary>
    public int Events(int step) => _events[step];

    public void AddEvent(int step) => _events[step] += _events[step] < byte.MaxValue ? (byte)1 : (byte)0;

    /// <summary>The hash of its call's id; 0 for none.</summary>
    public ulong Call(int step) => _calls[step];

    /// <summary>The hash of the message that asked for it; 0 for none.</summary>
    public ulong Message(int step) => _messages[step];

    public int CompareTime(int a, int b) =>
        _ticks[a] != _ticks[b] ? _ticks[a].CompareTo(_ticks[b])
        : _insertion[a] != _insertion[b] ? _insertion[a].CompareTo(_insertion[b])
        : a.CompareTo(b);
}
