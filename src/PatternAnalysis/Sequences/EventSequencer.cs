using PatternAnalysis.Activities;
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
    private readonly List<EventPart> _parts = [];

    /// <summary>Makes a sequencer.</summary>
    /// <param name="query">The events that will be added.</param>
    /// <param name="options">How they become steps.</param>
    public EventSequencer(EventQuery query, ActivityOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        _query = query;
        _options = options ?? new ActivityOptions();
        _parts.Add(new EventPart(_query, _options));
    }

    /// <summary>The query as the store must run it: with payloads when names need them, or the ids that join the events of a call.</summary>
    public EventQuery StoreQuery => _query with { ReadsPayload = _options.Model != ActivityModel.Tool || CallJoiner.Needed(_query.EventTypes) };

    /// <inheritdoc/>
    public void Add(in HookEventRow row) => _parts[0].Add(row);

    /// <inheritdoc/>
    /// <remarks>One thread reads when the events of a call must find each other, or when a caller's filter, which may not be made for threads, is asked.</remarks>
    public IHookEventSink? Fork()
    {
        if (CallJoiner.Needed(_query.EventTypes) || _query.SessionFilter is not null || _query.SourceAppFilter is not null || _options.ExcludeFilter is not null)
            return null;

        var part = new EventPart(_query, _options);
        _parts.Add(part);
        return part;
    }

    /// <inheritdoc/>
    public void Restart()
    {
        _parts.Clear();
        _parts.Add(new EventPart(_query, _options));
    }

    /// <summary>The corpus of all events added.</summary>
    public SequenceCorpus Build()
    {
        var (sessions, activities, verdicts) = (new Utf8Interner(), new Utf8Interner(), new VerdictTable { Rules = _options.Rules });
        var eventCounts = new GrowingArray<int>();
        foreach (var part in _parts)
            Renumber(part, sessions, activities, verdicts, eventCounts);

        var (steps, starts) = GroupBySession(sessions.Count);
        foreach (var session in Enumerable.Range(0, sessions.Count))
            SortByTime(steps.AsSpan(starts[session], starts[session + 1] - starts[session]));

        var builder = new CorpusBuilder(activities, verdicts, _options.CollapseRuns, steps.Length);
        foreach (var session in InOrderOfTime(sessions, starts, steps))
        {
            builder.StartSequence(sessions[session], steps[starts[session]].Ticks, eventCounts[session]);
            foreach (ref var step in steps.AsSpan(starts[session], starts[session + 1] - starts[session]))
                builder.AddStep(step.Activity, step.Ticks, step.Verdict);
        }

        return builder.Build(new EventReading(_query.Window, _parts.Sum(part => part.EventCount), Excluded()));
    }

    /// <summary>Gives what a part numbered the numbers that hold for all parts.</summary>
    private static void Renumber(EventPart part, Utf8Interner sessions, Utf8Interner activities, VerdictTable verdicts, GrowingArray<int> eventCounts)
    {
        var sessionOf = part.Sessions.Texts.Select(sessions.Add).ToArray();
        var activityOf = part.Activities.Texts.Select(activities.Add).ToArray();
        var verdictOf = Enumerable.Range(0, part.Verdicts.Count).Select(verdict => verdicts.Add(part.Verdicts[verdict])).ToArray();
        for (var session = 0; session < sessionOf.Length; session++)
        {
            while (eventCounts.Count <= sessionOf[session])
                eventCounts.Add(0);
            eventCounts[sessionOf[session]] += part.SessionEvents[session];
        }

        foreach (var block in part.Steps.Blocks())
        {
            foreach (ref var step in block.AsSpan())
                (step.Session, step.Activity, step.Verdict) = (sessionOf[step.Session], activityOf[step.Activity], verdictOf[step.Verdict]);
        }
    }

    /// <summary>All steps, session by session, by counting sort.</summary>
    private (TimedStep[] Steps, int[] Starts) GroupBySession(int sessionCount)
    {
        var starts = new int[sessionCount + 1];
        foreach (var block in _parts.SelectMany(part => part.Steps.Blocks()))
        {
            foreach (ref var step in block.AsSpan())
                starts[step.Session + 1]++;
        }

        for (var session = 0; session < sessionCount; session++)
            starts[session + 1] += starts[session];

        var steps = new TimedStep[starts[^1]];
        var next = starts.AsSpan(0, sessionCount).ToArray();
        foreach (var block in _parts.SelectMany(part => part.Steps.Blocks()))
        {
            foreach (ref var step in block.AsSpan())
                steps[next[step.Session]++] = step;
        }

        return (steps, starts);
    }

    /// <summary>Stores hand over most sessions in order; only the others are sorted.</summary>
    private static void SortByTime(Span<TimedStep> steps)
    {
        for (var i = 1; i < steps.Length; i++)
        {
            if (TimedStep.Compare(steps[i - 1], steps[i]) > 0)
            {
                steps.Sort((a, b) => TimedStep.Compare(a, b));
                return;
            }
        }
    }

    /// <summary>
    /// The sessions that have a step, by their start and then by id: sums over sessions are rounded in the order of the sessions,
    /// and the order in which a store reads must not show in a result.
    /// </summary>
    private static int[] InOrderOfTime(Utf8Interner sessions, int[] starts, TimedStep[] steps)
    {
        int[] order = [.. Enumerable.Range(0, sessions.Count).Where(session => starts[session + 1] > starts[session])];
        Array.Sort(order, (a, b) =>
        {
            var byStart = steps[starts[a]].Ticks.CompareTo(steps[starts[b]].Ticks);
            return byStart != 0 ? byStart : string.CompareOrdinal(sessions[a], sessions[b]);
        });
        return order;
    }

    private Dictionary<string, long> Excluded() => _parts
        .SelectMany(part => part.Excluded)
        .GroupBy(entry => entry.Key, entry => entry.Value)
        .ToDictionary(group => group.Key, group => group.Sum());
}
