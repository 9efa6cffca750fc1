using System.Runtime.CompilerServices;
using PatternAnalysis.Activities;

namespace PatternAnalysis.Sequences;

/// <summary>Collects sequences, step by step, into a corpus.</summary>
internal sealed class CorpusBuilder(Utf8Interner activities, VerdictTable verdicts, bool collapsesRuns = false, int capacity = 1024)
{
    private readonly List<string> _sessionIds = [];
    private readonly GrowingArray<int> _eventCounts = new();
    private readonly GrowingArray<int> _steps = new(capacity);
    private readonly GrowingArray<int> _verdicts = new(capacity);
    private readonly GrowingArray<int> _starts = new();
    private int _runActivity = -1;
    private readonly GrowingArray<(long First, long Last)> _ticks = new();
    private readonly GrowingArray<uint> _offsets = new(capacity);

    // Empty until a step's end is known: only a caller that asks for outcomes has any.
    private readonly GrowingArray<CallEnd> _ends = new(capacity);

    // Empty when nothing is known of the steps but their names.
    private readonly GrowingArray<int> _facts = new(capacity);

    // Empty while each step is a turn of its own, with the step's number.
    private readonly GrowingArray<int> _turns = new(capacity);
    private readonly GrowingArray<StepBinding> _bindings = new(capacity);

    /// <summary>Whether it is known of any step how its call ended.</summary>
    public bool HasEnds => _ends.Count > 0;

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
        _runActivity = -1;
    }

    /// <summary>
    /// Adds a step to the sequence that was started last; when runs collapse, a step that goes on with a run becomes part of it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddStep(int activity, long ticks, int verdict)
    {
        if (collapsesRuns && activity == _runActivity)
        {
            ContinueRun(activity, ticks, verdict);
            return;
        }

        _runActivity = activity;
        _steps.Add(activity);
        _verdicts.Add(verdict);
        ref var sequence = ref _ticks[_ticks.Count - 1];
        sequence.Last = Math.Max(sequence.Last, ticks);
        var offset = ticks / TimeSpan.TicksPerMillisecond - sequence.First / TimeSpan.TicksPerMillisecond;
        _offsets.Add((uint)Math.Clamp(offset, 0, uint.MaxValue));
    }

    /// <summary>Adds a step that it is known of how its call ended.</summary>
    public void AddStep(int activity, long ticks, int verdict, CallEnd end)
    {
        var before = _steps.Count;
        AddStep(activity, ticks, verdict);
        if (!HasEnds && end == CallEnd.Unknown)
            return;

        FillEnds(before);
        if (_steps.Count > before)
            _ends.Add(end);
        else
            _ends[before - 1] = _ends[before - 1].And(end);
    }

    /// <summary>Says what is known of the step that was added last; of a run of several, of its first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddRecord(in StepRecord record)
    {
        if (_facts.Count == _steps.Count)
            return;
        if (_turns.Count > 0 || record.Turn != _facts.Count)
        {
            while (_turns.Count < _facts.Count)
                _turns.Add(_turns.Count);
            _turns.Add(record.Turn);
        }

        _facts.Add(record.Facts);
        _bindings.Add(record.Binding);
    }

    // The name of a run tells that it is one; the worst of its steps speaks for it.
    private void ContinueRun(int activity, long ticks, int verdict)
    {
        var last = _steps.Count - 1;
        _steps[last] = activities.Add(activities[activity] + "+");
        _verdicts[last] = verdicts.Worst(_verdicts[last], verdict);
        ref var sequence = ref _ticks[_ticks.Count - 1];
        sequence.Last = Math.Max(sequence.Last, ticks);
    }

    private void FillEnds(int count)
    {
        while (_ends.Count < count)
            _ends.Add(CallEnd.Unknown);
    }

    /// <summary>The corpus.</summary>
    /// <param name="reading">What was read.</param>
    /// <param name="origin">How the events became sequences, if that is known.</param>
    /// <param name="catalog">What is known of the distinct steps, when every step has a record.</param>
    /// <param name="turns">The turns of the records.</param>
    /// <param name="errors">What the errors of the calls' ends say.</param>
    public SequenceCorpus Build(
        EventReading reading,
        SequenceOrigin? origin = null,
        StepCatalog? catalog = null,
        TurnTable? turns = null,
        ErrorLeads? errors = null
    )
    {
        var starts = new int[_starts.Count + 1];
        _starts.AsSpan().CopyTo(starts);
        FillEnds(HasEnds ? _steps.Count : 0);
        starts[^1] = _steps.Count;
        return new SequenceCorpus(
            activities.Texts,
            [.. _sessionIds],
            _eventCounts.ToArray(),
            _steps.ToArray(),
            starts,
            _ticks.ToArray(),
            _offsets.ToArray(),
            _verdicts.ToArray(),
            verdicts,
            _ends.ToArray(),
            catalog is not null && turns is not null && _facts.Count == _steps.Count
                ? new StepRecords(catalog, turns, _facts.ToArray(), _turns.ToArray(), _bindings.ToArray(), errors ?? new ErrorLeads())
                : null,
            reading,
            origin
        );
    }
}
