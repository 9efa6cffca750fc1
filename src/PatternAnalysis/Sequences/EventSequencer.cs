using System.Text;
using PatternAnalysis.Activities;
using PatternAnalysis.Danger;
using PatternAnalysis.Events;

namespace PatternAnalysis.Sequences;

/// <summary>
/// Turns events, in whatever order a store reads them, into a corpus: one sequence a session, its steps by time and then by insertion.
/// Sorting is done here, in memory, because a store that sorts by session costs several times the reading.
/// </summary>
public sealed class EventSequencer : IHookEventSink
{
    private readonly EventQuery _query;
    private readonly ActivityOptions _options;
    private readonly StepReader _steps;
    private Utf8Interner _sessions = new();
    private Utf8Interner _activities = new();
    private List<bool> _sessionWanted = [];
    private GrowingArray<int> _sessionEvents = new();
    private GrowingArray<int> _session = new();
    private GrowingArray<int> _activity = new();
    private GrowingArray<int> _verdict = new();
    private VerdictTable _verdicts;
    private GrowingArray<long> _ticks = new();
    private GrowingArray<long> _insertion = new();
    private Dictionary<string, long> _excluded = [];
    private CallJoiner? _calls;
    private long _eventCount;

    /// <summary>Makes a sequencer.</summary>
    /// <param name="query">The events that will be added.</param>
    /// <param name="options">How they become steps.</param>
    public EventSequencer(EventQuery query, ActivityOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        _query = query;
        _options = options ?? new ActivityOptions();
        _verdicts = new VerdictTable { Rules = _options.Rules };
        _steps = new StepReader(_options.Model, new DangerAssessor(_options.Rules));
        _calls = NewJoiner();
    }

    /// <summary>The query as the store must run it: with payloads when names need them, or the ids that join the events of a call.</summary>
    public EventQuery StoreQuery => _query with { ReadsPayload = _options.Model != ActivityModel.Tool || _calls is not null };

    /// <inheritdoc/>
    public void Add(in HookEventRow row)
    {
        if (row.UtcTicks is { } time && !_query.Window.Contains(time))
            return;
        if (_query.SourceAppFilter is { } wanted && !wanted(Encoding.UTF8.GetString(row.SourceApp)))
            return;

        if (row.SessionId.IsEmpty)
        {
            Exclude(EventReading.NoSession);
            return;
        }

        var session = _sessions.Add(row.SessionId);
        if (session == _sessionWanted.Count)
        {
            _sessionWanted.Add(_query.SessionFilter?.Invoke(_sessions[session]) ?? true);
            _sessionEvents.Add(0);
        }

        if (!_sessionWanted[session])
            return;

        if (row.ToolName.IsEmpty)
            Exclude(EventReading.NoTool);
        else if (row.UtcTicks is not { } ticks)
            Exclude(EventReading.UnreadableTimestamp);
        else
            AddStep(session, row, ticks);
    }

    /// <inheritdoc/>
    public void Restart()
    {
        (_sessions, _activities) = (new(), new());
        (_sessionWanted, _sessionEvents) = ([], new());
        (_session, _activity, _ticks, _insertion) = (new(), new(), new(), new());
        (_verdict, _verdicts) = (new(), new VerdictTable { Rules = _options.Rules });
        (_excluded, _eventCount) = ([], 0);
        _calls = NewJoiner();
    }

    /// <summary>The corpus of all events added.</summary>
    public SequenceCorpus Build()
    {
        var starts = new int[_sessions.Count + 1];
        foreach (var session in _session.AsSpan())
            starts[session + 1]++;
        for (var session = 0; session < _sessions.Count; session++)
            starts[session + 1] += starts[session];

        var order = new int[_session.Count];
        var next = starts.AsSpan(0, _sessions.Count).ToArray();
        for (var step = 0; step < order.Length; step++)
            order[next[_session[step]]++] = step;

        var byTime = Comparer<int>.Create((a, b) =>
            _ticks[a] != _ticks[b] ? _ticks[a].CompareTo(_ticks[b])
            : _insertion[a] != _insertion[b] ? _insertion[a].CompareTo(_insertion[b])
            : a.CompareTo(b));
        for (var session = 0; session < _sessions.Count; session++)
        {
            var steps = order.AsSpan(starts[session], starts[session + 1] - starts[session]);
            if (!IsSorted(steps, byTime))
                steps.Sort(byTime);
        }

        var builder = new CorpusBuilder(_activities, _verdicts, _options.CollapseRuns);
        foreach (var session in InOrderOfTime(starts, order))
        {
            var steps = order.AsSpan(starts[session], starts[session + 1] - starts[session]);
            builder.StartSequence(_sessions[session], _ticks[steps[0]], _sessionEvents[session]);
            foreach (var step in steps)
                builder.AddStep(_activity[step], _ticks[step], _verdict[step]);
        }

        return builder.Build(new EventReading(_query.Window, _eventCount, _excluded));
    }

    /// <summary>
    /// The sessions that have a step, by their start and then by id: sums over sessions are rounded in the order of the sessions,
    /// and the order in which a store reads must not show in a result.
    /// </summary>
    private int[] InOrderOfTime(int[] starts, int[] order)
    {
        int[] sessions = [.. Enumerable.Range(0, _sessions.Count).Where(session => starts[session + 1] > starts[session])];
        Array.Sort(sessions, (a, b) =>
        {
            var byStart = _ticks[order[starts[a]]].CompareTo(_ticks[order[starts[b]]]);
            return byStart != 0 ? byStart : string.CompareOrdinal(_sessions[a], _sessions[b]);
        });
        return sessions;
    }

    private CallJoiner? NewJoiner() => CallJoiner.Needed(_query.EventTypes) ? new CallJoiner() : null;

    private void AddStep(int session, in HookEventRow row, long ticks)
    {
        var description = _steps.Read(row.ToolName, _options.Model == ActivityModel.Tool ? default : row.Payload);
        if (_options.ExcludeFilter?.Invoke(description.Activity) == true)
        {
            Exclude(EventReading.ExcludedActivity);
            return;
        }

        var step = _activity.Count;
        var outcome = _calls?.Join(session, row.EventType, row.Payload, step, out step) ?? CallJoiner.Outcome.NewStep;
        switch (outcome)
        {
            case CallJoiner.Outcome.EndWithoutId:
                Exclude(EventReading.CallEndWithoutId);
                return;
            case CallJoiner.Outcome.NewStep:
                _session.Add(session);
                _activity.Add(_activities.Add(description.Activity));
                _verdict.Add(_verdicts.Add(description.Verdict));
                _ticks.Add(ticks);
                _insertion.Add(row.InsertionId);
                _eventCount++;
                break;
            case CallJoiner.Outcome.StepStartsHere:
                _ticks[step] = ticks;
                _insertion[step] = row.InsertionId;
                Exclude(EventReading.SameCall);
                break;
            default:
                Exclude(EventReading.SameCall);
                break;
        }

        _sessionEvents[session]++;
    }

    private void Exclude(string reason)
    {
        _eventCount++;
        _excluded[reason] = _excluded.GetValueOrDefault(reason) + 1;
    }

    private static bool IsSorted(ReadOnlySpan<int> steps, Comparer<int> order)
    {
        for (var i = 1; i < steps.Length; i++)
        {
            if (order.Compare(steps[i - 1], steps[i]) > 0)
                return false;
        }

        return true;
    }
}
