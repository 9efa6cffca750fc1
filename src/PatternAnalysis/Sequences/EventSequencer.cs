using System.Text;
using PatternAnalysis.Activities;
using PatternAnalysis.Danger;
using PatternAnalysis.Events;
using PatternAnalysis.Payloads;

namespace PatternAnalysis.Sequences;

/// <summary>
/// Turns events, in whatever order a store reads them, into a corpus: one sequence a case, its steps by time and then by insertion, parallel calls by name.
/// A case is a session, or a part of one; what a sub-agent does is always a case of its own. Refused calls are no steps.
/// Sorting is done here, in memory, because a store that sorts by session costs several times the reading.
/// </summary>
public sealed class EventSequencer : IHookEventSink
{
    private readonly EventQuery _query;
    private readonly ActivityOptions _options;
    private readonly StepReader _steps;
    private readonly StepTypes _stepTypes;
    private Utf8Interner _sources = new();
    private Utf8Interner _activities = new();
    private List<bool> _sourceWanted = [];
    private StepTable _table = new();
    private VerdictTable _verdicts;
    private RefusedCalls _refused = new();
    private CaseSplitter _cases;
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
        _stepTypes = new StepTypes(query.EventTypes);
        _calls = NewJoiner();
        _cases = NewSplitter();
    }

    /// <summary>The query as the store must run it: with the payloads, which hold the ids of calls and agents, and with the events that tell of borders and refusals.</summary>
    public EventQuery StoreQuery => _query with
    {
        ReadsPayload = true,
        EventTypes = [.. _query.EventTypes.Append(RefusedCalls.EventType).Concat(CaseSplitter.BorderTypes(_options.Case)).Distinct()],
    };

    /// <inheritdoc/>
    public void Add(in HookEventRow row)
    {
        if (row.UtcTicks is { } time && !_query.Window.Contains(time))
            return;
        if (_query.SourceAppFilter is { } wanted && !wanted(Encoding.UTF8.GetString(row.SourceApp)))
            return;

        var isStep = _stepTypes.Contains(row.EventType);
        if (row.SessionId.IsEmpty)
        {
            if (isStep)
                Exclude(EventReading.NoSession);
            return;
        }

        var envelope = CallEnvelope.Read(row.Payload);
        var source = AddSource(row.SessionId, envelope.AgentId);
        if (!_sourceWanted[source])
            return;

        var isRefusal = row.EventType.SequenceEqual("PermissionDenied"u8);
        if (isRefusal)
            _refused.Add(envelope.ToolUseId);
        if (!isStep && !isRefusal && row.UtcTicks is { } border)
            _cases.AddBorder(source, border);
        if (!isStep)
            return;

        if (row.UtcTicks is not { } ticks)
            Exclude(row.ToolName.IsEmpty ? EventReading.NoTool : EventReading.UnreadableTimestamp);
        else
            AddStep(source, row, ticks, envelope);
    }

    /// <inheritdoc/>
    public void Restart()
    {
        (_sources, _activities, _sourceWanted) = (new(), new(), []);
        (_table, _refused, _cases) = (new(), new(), NewSplitter());
        _verdicts = new VerdictTable { Rules = _options.Rules };
        (_excluded, _eventCount) = ([], 0);
        _calls = NewJoiner();
    }

    /// <summary>The corpus of all events added.</summary>
    public SequenceCorpus Build()
    {
        var excluded = new Dictionary<string, long>(_excluded);
        var (order, starts) = GroupBySource(excluded);
        var instants = new InstantOrder(_table, _activities);
        for (var source = 0; source < _sources.Count; source++)
        {
            var steps = order.AsSpan(starts[source], starts[source + 1] - starts[source]);
            if (!IsSorted(steps))
                steps.Sort(_table.CompareTime);
        }

        var builder = new CorpusBuilder(_activities, _verdicts, _options.CollapseRuns);
        foreach (var source in InOrderOfTime(starts, order))
        {
            var steps = order.AsSpan(starts[source], starts[source + 1] - starts[source]);
            if (!_cases.Splits(_sources[source]))
            {
                AddCase(builder, _sources[source], steps, instants);
                continue;
            }

            var cases = _cases.Split(_table, source, _sources[source], steps);
            for (var i = 0; i < cases.Count; i++)
                AddCase(builder, cases[i].Id, steps[cases[i].Start..(i + 1 < cases.Count ? cases[i + 1].Start : steps.Length)], instants);
        }

        return builder.Build(new EventReading(_query.Window, _eventCount, excluded));
    }

    private void AddCase(CorpusBuilder builder, string id, Span<int> steps, InstantOrder instants)
    {
        var first = _table.Ticks(steps[0]);
        var events = 0;
        foreach (var step in steps)
            events += _table.Events(step);
        instants.Apply(steps);
        builder.StartSequence(id, first, events);
        foreach (var step in steps)
            builder.AddStep(_table.Activity(step), _table.Ticks(step), _table.Verdict(step));
    }

    /// <summary>The steps source after source, without those of refused calls, and where each source's begin.</summary>
    private (int[] Order, int[] Starts) GroupBySource(Dictionary<string, long> excluded)
    {
        var starts = new int[_sources.Count + 1];
        var refused = 0;
        for (var step = 0; step < _table.Count; step++)
        {
            if (_refused.Contains(_table.Call(step)))
                refused += _table.Events(step);
            else
                starts[_table.Source(step) + 1]++;
        }

        if (refused > 0)
            excluded[EventReading.RefusedCall] = refused;
        for (var source = 0; source < _sources.Count; source++)
            starts[source + 1] += starts[source];

        var order = new int[starts[^1]];
        var next = starts.AsSpan(0, _sources.Count).ToArray();
        for (var step = 0; step < _table.Count; step++)
        {
            if (!_refused.Contains(_table.Call(step)))
                order[next[_table.Source(step)]++] = step;
        }

        return (order, starts);
    }

    /// <summary>
    /// The sources that have a step, by their start and then by name: sums over sessions are rounded in the order of the sessions,
    /// and the order in which a store reads must not show in a result.
    /// </summary>
    private int[] InOrderOfTime(int[] starts, int[] order)
    {
        int[] sources = [.. Enumerable.Range(0, _sources.Count).Where(source => starts[source + 1] > starts[source])];
        Array.Sort(sources, (a, b) =>
        {
            var byStart = _table.Ticks(order[starts[a]]).CompareTo(_table.Ticks(order[starts[b]]));
            return byStart != 0 ? byStart : string.CompareOrdinal(_sources[a], _sources[b]);
        });
        return sources;
    }

    private CallJoiner? NewJoiner() => CallJoiner.Needed(_query.EventTypes) ? new CallJoiner() : null;

    private CaseSplitter NewSplitter() => new(_options.Case, _options.IdleGap);

    /// <summary>The number of a session, or of one of its sub-agents.</summary>
    private int AddSource(ReadOnlySpan<byte> session, ReadOnlySpan<byte> agent)
    {
        var source = agent.IsEmpty ? _sources.Add(session) : _sources.Add([.. session, (byte)'/', .. agent]);
        if (source == _sourceWanted.Count)
            _sourceWanted.Add(_query.SessionFilter?.Invoke(Encoding.UTF8.GetString(session)) ?? true);
        return source;
    }

    private void AddStep(int source, in HookEventRow row, long ticks, in CallEnvelope envelope)
    {
        if (row.ToolName.IsEmpty)
        {
            Exclude(EventReading.NoTool);
            return;
        }

        var description = _steps.Read(row.ToolName, _options.Model == ActivityModel.Tool ? default : row.Payload);
        if (_options.ExcludeFilter?.Invoke(description.Activity) == true)
        {
            Exclude(EventReading.ExcludedActivity);
            return;
        }

        var (activity, verdict) = (_activities.Add(description.Activity), _verdicts.Add(description.Verdict));
        var step = _table.Count;
        switch (_calls?.Join(source, row.EventType, envelope.ToolUseId, step, out step) ?? CallJoiner.Outcome.NewStep)
        {
            case CallJoiner.Outcome.EndWithoutId:
                Exclude(EventReading.CallEndWithoutId);
                return;
            case CallJoiner.Outcome.NewStep:
                _table.Add(source, activity, verdict, ticks, row.InsertionId, envelope);
                _cases.AddStep(envelope.PromptId);
                _eventCount++;
                return;
            case CallJoiner.Outcome.StepStartsHere:
                _table.Start(step, activity, verdict, ticks, row.InsertionId);
                break;
        }

        _table.AddEvent(step);
        Exclude(EventReading.SameCall);
    }

    private void Exclude(string reason)
    {
        _eventCount++;
        _excluded[reason] = _excluded.GetValueOrDefault(reason) + 1;
    }

    private bool IsSorted(ReadOnlySpan<int> steps)
    {
        for (var i = 1; i < steps.Length; i++)
        {
            if (_table.CompareTime(steps[i - 1], steps[i]) > 0)
                return false;
        }

        return true;
    }
}
