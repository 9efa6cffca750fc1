using System.Runtime.CompilerServices;
using PatternAnalysis.Activities;
using PatternAnalysis.Events;

namespace PatternAnalysis.Sequences;

/// <summary>
/// Turns events, in whatever order a store reads them, into a corpus: one sequence a case, its steps by time and then by insertion,
/// parallel calls by name.
/// A case is a session, or a part of one; what a sub-agent does is always a case of its own. Refused calls are no steps.
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

    /// <summary>Whether the events of a query are joined to calls by an id that only their payloads hold.</summary>
    public static bool JoinsCalls(EventQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return CallJoiner.Needed(query.EventTypes);
    }

    /// <summary>
    /// The query as the store must run it: with the payloads, which hold the ids of calls, agents and prompts, and with the events that
    /// tell of borders and
    /// refusals. Whole sessions by bare tool names, as in the original, do without payloads, and so without knowing of sub-agents: an index
    /// is all that is read.
    /// </summary>
    public EventQuery StoreQuery =>
        _query with
        {
            ReadsPayload = ReadsPayload,
            EventTypes =
            [
                .. _query
                    .EventTypes.Append(EventPart.Refusal)
                    .Concat(CaseSplitter.BorderTypes(_options.Case))
                    .Concat(_options.ReadsOutcomes && ReadsPayload ? CallEnd.EventTypes : [])
                    .Distinct(),
            ],
        };

    private bool ReadsPayload =>
        _options.Model != ActivityModel.Tool || _options.Case != CaseKind.Session || CallJoiner.Needed(_query.EventTypes);

    /// <inheritdoc/>
    public void Add(in HookEventRow row) => _parts[0].Add(row);

    /// <inheritdoc/>
    /// <remarks>One thread reads when the events of a call must find each other.</remarks>
    public IHookEventSink? Fork()
    {
        if (CallJoiner.Needed(_query.EventTypes))
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
        var tables = NewTables();
        var steps = new StepsBySource(_parts, tables);
        var builder = new CorpusBuilder(tables.Activities, tables.Verdicts, _options.CollapseRuns, steps.StepCount);
        VisitCases(steps, tables, (id, start, ofCase) => AddCase(builder, id, start, ofCase, tables));
        return builder.Build(new EventReading(_query.Window, _parts.Sum(part => part.EventCount), Excluded(steps.RefusedCount)));
    }

    /// <summary>What the numbers in the steps of <see cref="VisitCases(StepTables, CaseVisitor)"/> stand for.</summary>
    internal StepTables NewTables()
    {
        var tables = new StepTables(new VerdictTable { Rules = _options.Rules });
        foreach (var part in _parts)
            tables.Take(part);
        return tables;
    }

    /// <summary>Hands over every case: its name, when its first step happened, and its steps in order.</summary>
    internal void VisitCases(StepTables tables, CaseVisitor visit) => VisitCases(new StepsBySource(_parts, tables), tables, visit);

    private void VisitCases(StepsBySource steps, StepTables tables, CaseVisitor visit)
    {
        var splitter = new CaseSplitter(_options.Case, _options.IdleGap, tables);
        var instants = new InstantOrder(tables);
        foreach (var source in InOrderOfTime(tables.Sources, steps))
        {
            var all = steps[source];
            var cases = splitter.Split(source, all);
            for (var i = 0; i < cases.Count; i++)
            {
                var (start, id) = cases[i];
                var ofCase = all[start..(i + 1 < cases.Count ? cases[i + 1].Start : all.Length)];
                var first = ofCase[0].Ticks;
                instants.Apply(ofCase);
                visit(id, first, ofCase);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddCase(CorpusBuilder builder, string id, long start, ReadOnlySpan<TimedStep> steps, StepTables tables)
    {
        var events = 0;
        foreach (ref readonly var step in steps)
            events += 1 + (step.Ids > 0 ? tables.IdsOf(step).FurtherEvents : 0);
        builder.StartSequence(id, start, events);
        foreach (ref readonly var step in steps)
        {
            if (step.Ids > 0 || builder.HasEnds)
                builder.AddStep(step.Activity, step.Ticks, step.Verdict, tables.EndOf(step));
            else
                builder.AddStep(step.Activity, step.Ticks, step.Verdict);
        }
    }

    /// <summary>
    /// The sources that have a step, by their start and then by name: sums over sessions are rounded in the order of the sessions,
    /// and the order in which a store reads must not show in a result.
    /// </summary>
    private static int[] InOrderOfTime(Utf8Interner sources, StepsBySource steps)
    {
        int[] order = [.. Enumerable.Range(0, sources.Count).Where(source => steps.Count(source) > 0)];
        Array.Sort(
            order,
            (a, b) =>
            {
                var byStart = steps.FirstTicks(a).CompareTo(steps.FirstTicks(b));
                return byStart != 0 ? byStart : string.CompareOrdinal(sources[a], sources[b]);
            }
        );
        return order;
    }

    private Dictionary<string, long> Excluded(long refused)
    {
        var excluded = _parts
            .SelectMany(part => part.Excluded)
            .GroupBy(entry => entry.Key, entry => entry.Value)
            .ToDictionary(group => group.Key, group => group.Sum());
        if (refused > 0)
            excluded[EventReading.RefusedCall] = refused;
        return excluded;
    }
}

/// <summary>Takes a case.</summary>
/// <param name="id">Its name.</param>
/// <param name="start">When its first step happened, in UTC ticks.</param>
/// <param name="steps">Its steps in order; valid during the call.</param>
internal delegate void CaseVisitor(string id, long start, ReadOnlySpan<TimedStep> steps);
