using System.Text;
using PatternAnalysis.Activities;
using PatternAnalysis.Danger;
using PatternAnalysis.Events;

namespace PatternAnalysis.Sequences;

/// <summary>
/// The steps that one thread reads. Everything is numbered by the part itself, so that threads share nothing until they are done;
/// a known session, tool or verdict costs no allocation.
/// </summary>
internal sealed class EventPart : IHookEventSink
{
    private readonly EventQuery _query;
    private readonly ActivityOptions _options;
    private readonly StepReader _reader;
    private readonly CallJoiner? _calls;
    private readonly Utf8Interner _tools = new();
    private readonly List<StepNumbers?> _stepOfTool = [];
    private readonly List<bool> _sessionWanted = [];

    public EventPart(EventQuery query, ActivityOptions options)
    {
        _query = query;
        _options = options;
        _reader = new StepReader(options.Model, new DangerAssessor(options.Rules));
        _calls = CallJoiner.Needed(query.EventTypes) ? new CallJoiner() : null;
        Verdicts = new VerdictTable { Rules = options.Rules };
    }

    public Utf8Interner Sessions { get; } = new();

    public Utf8Interner Activities { get; } = new();

    public VerdictTable Verdicts { get; }

    public BlockList<TimedStep> Steps { get; } = new();

    /// <summary>How many events the steps of each session were made of.</summary>
    public GrowingArray<int> SessionEvents { get; } = new();

    public Dictionary<string, long> Excluded { get; } = [];

    public long EventCount { get; private set; }

    /// <inheritdoc/>
    public IHookEventSink? Fork() => null;

    /// <inheritdoc/>
    public void Restart() => throw new NotSupportedException("A part is made anew by its sequencer.");

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

        var session = Sessions.Add(row.SessionId);
        if (session == _sessionWanted.Count)
        {
            _sessionWanted.Add(_query.SessionFilter?.Invoke(Sessions[session]) ?? true);
            SessionEvents.Add(0);
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

    private void AddStep(int session, in HookEventRow row, long ticks)
    {
        if (Describe(row) is not { } numbers)
        {
            Exclude(EventReading.ExcludedActivity);
            return;
        }

        var step = Steps.Count;
        var outcome = _calls?.Join(session, row.EventType, row.Payload, step, out step) ?? CallJoiner.Outcome.NewStep;
        switch (outcome)
        {
            case CallJoiner.Outcome.EndWithoutId:
                Exclude(EventReading.CallEndWithoutId);
                return;
            case CallJoiner.Outcome.NewStep:
                Steps.Add(new TimedStep { Ticks = ticks, InsertionId = row.InsertionId, Session = session, Activity = numbers.Activity, Verdict = numbers.Verdict });
                EventCount++;
                break;
            case CallJoiner.Outcome.StepStartsHere:
                (Steps[step].Ticks, Steps[step].InsertionId) = (ticks, row.InsertionId);
                Exclude(EventReading.SameCall);
                break;
            default:
                Exclude(EventReading.SameCall);
                break;
        }

        SessionEvents[session]++;
    }

    /// <summary>The numbers of what the event is; null when it is left out. Where the payload has no say, each tool is described once.</summary>
    private StepNumbers? Describe(in HookEventRow row)
    {
        var tool = _tools.Add(row.ToolName);
        if (_options.Model != ActivityModel.Tool)
            return Number(_reader.Read(_tools[tool], row.Payload));

        if (tool == _stepOfTool.Count)
            _stepOfTool.Add(Number(_reader.Read(_tools[tool], default)));
        return _stepOfTool[tool];
    }

    private StepNumbers? Number(StepDescription description) => _options.ExcludeFilter?.Invoke(description.Activity) == true ? null
        : new StepNumbers(Activities.Add(description.Activity), Verdicts.Add(description.Verdict));

    private void Exclude(string reason)
    {
        EventCount++;
        Excluded[reason] = Excluded.GetValueOrDefault(reason) + 1;
    }

    private readonly record struct StepNumbers(int Activity, int Verdict);
}

/// <summary>A step before it has a place in its sequence.</summary>
internal struct TimedStep
{
    public long Ticks;
    public long InsertionId;
    public int Session;
    public int Activity;
    public int Verdict;

    /// <summary>By time, then by insertion.</summary>
    public static int Compare(in TimedStep a, in TimedStep b) =>
        a.Ticks != b.Ticks ? a.Ticks.CompareTo(b.Ticks) : a.InsertionId.CompareTo(b.InsertionId);
}
