namespace PatternAnalysis.Sequences;

/// <summary>Collects sequences, step by step, into a corpus.</summary>
internal sealed class CorpusBuilder(Utf8Interner activities)
{
    private readonly List<string> _sessionIds = [];
    private readonly GrowingArray<int> _eventCounts = new();
    private readonly GrowingArray<int> _steps = new(1024);
    private readonly GrowingArray<int> _starts = new();
    private readonly GrowingArray<(long First, long Last)> _ticks = new();
    private readonly GrowingArray<uint> _offsets = new(1024);

    /// <summary>Starts the next sequence.</summary>
    /// <param name="sessionId">Its session.</param>
    /// <param name="firstTicks">When its first step happened, in UTC ticks, or 0 if that is not known.</param>
    /// <param name="eventCount">How many events its steps were made of.</param>
    public void StartSequence(string sessionId, long firstTicks, int eventCount)
    {
        _sessionIds.Add(sessionId);
        _starts.Add(_steps.Count);
        _ticks.Add((firstTicks, firstTicks));
        _eventCounts.Add(eventCount);
    }

    /// <summary>Adds a step to the sequence that was started last.</summary>
    public void AddStep(int activity, long ticks)
    {
        _steps.Add(activity);
        ref var sequence = ref _ticks[_ticks.Count - 1];
        sequence.Last = Math.Max(sequence.Last, ticks);
        var offset = ticks / TimeSpan.TicksPerMillisecond - sequence.First / TimeSpan.TicksPerMillisecond;
        _offsets.Add((uint)Math.Clamp(offset, 0, uint.MaxValue));
    }

    public SequenceCorpus Build(EventReading reading)
    {
        var starts = new int[_starts.Count + 1];
        _starts.AsSpan().CopyTo(starts);
        starts[^1] = _steps.Count;
        return new SequenceCorpus(
            activities.Texts, [.. _sessionIds], _eventCounts.ToArray(), _steps.ToArray(), starts, _ticks.ToArray(), _offsets.ToArray(), reading);
    }
}
