using System.Runtime.CompilerServices;
using PatternAnalysis.Activities;
using PatternAnalysis.Events;
using PatternAnalysis.Worth;

namespace PatternAnalysis.Sequences;

/// <summary>
/// Turns events, in whatever order a store reads them, into a corpus: one sequence a case, its steps by time and then by insertion,
/// parallel calls by name.
/// A case is a session, or a part of one; what a sub-agent does is always a case of its own. Refused calls are no steps.
/// Sorting is done here, in memory, because a store that sorts by session costs several times the reading.
/// </summary>
public sealed class EventSequencer : IDerivedStepSink
{
    private readonly EventQuery _query;
    private readonly ActivityOptions _options;
    private readonly List<EventPartReader> _readers = [];
    private readonly ErrorLeads _errors = new();
    private UsageJoin? _usage;

    /// <summary>Makes a sequencer.</summary>
    /// <param name="query">The events that will be added.</param>
    /// <param name="options">How they become steps.</param>
    public EventSequencer(EventQuery query, ActivityOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        _query = query;
        _options = options ?? new ActivityOptions();
        _readers.Add(new EventPartReader(_query, _options, _errors));
    }

    /// <summary>Tells whoever reports on the sequences where their sessions come from; null where nobody can.</summary>
    public ISessionOriginReader? Origins { get; init; }

    /// <summary>Whether the events of a query are joined to calls by an id that only their payloads hold.</summary>
    public static bool JoinsCalls(EventQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return CallJoiner.Needed(query.EventTypes);
    }

    /// <summary>Whether steps that were derived before can stand for the events of a query.</summary>
    public static bool TakesDerivedSteps(EventQuery query, ActivityOptions options)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(options);
        return DerivedNumbers.CanTake(query, options);
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
                    .EventTypes.Concat(CallsNotMade.EventTypes)
                    .Concat(CaseSplitter.BorderTypes(_options.Case))
                    .Concat(_options.ReadsOutcomes && ReadsPayload ? CallEnd.EventTypes : [])
                    .Distinct(),
            ],
        };

    private IReadOnlyList<EventPart> Parts => _readers.ConvertAll(reader => reader.Part);

    private bool ReadsPayload =>
        _options.Model != ActivityModel.Tool || _options.Case != CaseKind.Session || CallJoiner.Needed(_query.EventTypes);

    /// <inheritdoc/>
    public void Add(in HookEventRow row) => _readers[0].Add(row);

    /// <inheritdoc/>
    StepRules? IDerivedStepSink.Rules => _readers[0].Rules;

    /// <inheritdoc/>
    void IDerivedStepSink.Add(in DerivedStep step, IDerivedTexts texts) => _readers[0].Add(step, texts);

    /// <inheritdoc/>
    /// <remarks>One thread reads when the events of a call must find each other.</remarks>
    public IHookEventSink? Fork()
    {
        if (CallJoiner.Needed(_query.EventTypes))
            return null;

        var reader = new EventPartReader(_query, _options, _errors);
        _readers.Add(reader);
        return reader;
    }

    /// <inheritdoc/>
    public void Restart()
    {
        _readers.Clear();
        _readers.Add(new EventPartReader(_query, _options, _errors));
    }

    /// <summary>
    /// Reads what the events' messages used and what their calls answered, once all events are added. Bare tool names do without.
    /// </summary>
    /// <exception cref="PatternAnalysisException">The store can't be read.</exception>
    public void ReadUsage(IUsageReader usage, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(usage);
        if (_options.Model == ActivityModel.Tool)
            return;

        _usage = new UsageJoin();
        _usage.ReadMessages(usage, _query.Window, cancellationToken);
        _usage.ReadResults(usage, _query.Window, Parts.Select(part => part.Facts), cancellationToken);
    }

    /// <summary>The corpus of all events added.</summary>
    public SequenceCorpus Build()
    {
        var tables = NewTables(out var steps);
        var builder = new CorpusBuilder(tables.Activities, tables.Verdicts, _options.CollapseRuns, steps.CountNamed(tables));
        var records = new RecordMaker(tables, _usage);
        if (_usage is not null)
            records.Turns.Join(_usage.Messages);
        var leftOut = new long[2];
        VisitCases(steps, tables, leftOut, (id, start, ofCase) => AddCase(builder, id, start, ofCase, tables, records));
        return builder.Build(
            new EventReading(_query.Window, Parts.Sum(part => part.EventCount), Excluded(steps.NotMadeCounts, leftOut)),
            new SequenceOrigin(_query, _options, Origins),
            tables.Catalog,
            records.Turns,
            _errors
        );
    }

    /// <summary>What the numbers in the steps of <see cref="VisitCases(StepTables, CaseVisitor)"/> stand for.</summary>
    internal StepTables NewTables() => NewTables(out _);

    /// <summary>Hands over every case: its name, when its first step happened, and its steps in order.</summary>
    internal void VisitCases(StepTables tables, CaseVisitor visit) =>
        VisitCases(new StepsBySource(Parts, tables), tables, new long[2], visit);

    private StepTables NewTables(out StepsBySource steps)
    {
        var tables = new StepTables(new VerdictTable { Rules = _options.Rules });
        foreach (var part in Parts)
            tables.Take(part);
        tables.JoinCalls(Parts, _errors);
        steps = new StepsBySource(Parts, tables);
        var recurrence = CountRecurrence(tables, steps);
        var isAdaptive = _options.Model == ActivityModel.Adaptive;
        tables.Name(
            new StepCatalog(tables.Facts, recurrence, _options.Model),
            isAdaptive && _options.ExcludeFilter is { } filter ? filter.IsMatch : null
        );
        return tables;
    }

    /// <summary>Counts in how many sessions each step recurs. Sub-agents, named <c>session/agent</c>, belong to their session.</summary>
    private RecurrenceCounter CountRecurrence(StepTables tables, StepsBySource steps)
    {
        var counter = new RecurrenceCounter(tables.Facts, _options.MinimumRecurrence);

        // Bare tool names recur or not; nothing is named or judged by it.
        if (_options.Model == ActivityModel.Tool)
            return counter.Complete();

        var sources = Enumerable.Range(0, tables.Sources.Count).Where(source => steps.Count(source) > 0);
        foreach (var session in sources.GroupBy(source => SessionOf(tables.Sources[source]), StringComparer.Ordinal))
        {
            counter.StartSession(steps[session.First()][0].Ticks / TimeSpan.TicksPerDay);
            foreach (var source in session)
                AddTo(counter, tables, steps[source]);
        }

        return counter.Complete();
    }

    private static string SessionOf(string source) =>
        source.IndexOf('/', StringComparison.Ordinal) is > 0 and var end ? source[..end] : source;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddTo(RecurrenceCounter counter, StepTables tables, ReadOnlySpan<TimedStep> steps)
    {
        var place = 0;
        foreach (ref readonly var step in steps)
            counter.Add(step.Facts, tables.Facts[step.Facts].Hint == StepHint.Bookkeeping ? place : place++);
    }

    private void VisitCases(StepsBySource steps, StepTables tables, long[] leftOut, CaseVisitor visit)
    {
        var splitter = new CaseSplitter(_options.Case, _options.IdleGap, tables);
        var instants = new InstantOrder(tables);
        foreach (var source in InOrderOfTime(tables, steps))
        {
            var all = steps[source];
            var cases = splitter.Split(source, all);
            for (var i = 0; i < cases.Count; i++)
            {
                var (start, id) = cases[i];
                var ofCase = Named(all[start..(i + 1 < cases.Count ? cases[i + 1].Start : all.Length)], tables, leftOut);
                if (ofCase.IsEmpty)
                    continue;
                var first = ofCase[0].Ticks;
                instants.Apply(ofCase);
                visit(id, first, ofCase);
            }
        }
    }

    /// <summary>The steps that have a name, moved to the front; the others are counted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Span<TimedStep> Named(Span<TimedStep> steps, StepTables tables, long[] leftOut)
    {
        var count = 0;
        for (var i = 0; i < steps.Length; i++)
        {
            var activity = tables.ActivityOf(steps[i]);
            if (activity < 0)
                leftOut[-1 - activity]++;
            else
                steps[count++] = steps[i];
        }

        return steps[..count];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddCase(
        CorpusBuilder builder,
        string id,
        long start,
        ReadOnlySpan<TimedStep> steps,
        StepTables tables,
        RecordMaker records
    )
    {
        var events = 0;
        foreach (ref readonly var step in steps)
            events += 1 + tables.ContextOf(step).FurtherEvents;
        builder.StartSequence(id, start, events);
        records.StartCase(id);
        var ends = tables.EndsOf(steps);
        for (var place = 0; place < steps.Length; place++)
        {
            ref readonly var step = ref steps[place];
            var activity = place < StepValues.OpeningSteps ? tables.OpeningActivityOf(step) : tables.ActivityOf(step);
            if (step.Ids > 0 || builder.HasEnds)
                builder.AddStep(activity, step.Ticks, step.Verdict, ends[place]);
            else
                builder.AddStep(activity, step.Ticks, step.Verdict);
            builder.AddRecord(records.Make(step));
        }
    }

    /// <summary>
    /// The sources that have a step, by their start and then by name: sums over sessions are rounded in the order of the sessions,
    /// and the order in which a store reads must not show in a result.
    /// </summary>
    private static int[] InOrderOfTime(StepTables tables, StepsBySource steps)
    {
        var sources = tables.Sources;
        int[] order = [.. Enumerable.Range(0, sources.Count).Where(source => steps.Count(source) > 0 && !tables.Others.Contains(source))];
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

    private Dictionary<string, long> Excluded(long[] notMade, long[] leftOut)
    {
        var excluded = Parts
            .SelectMany(part => part.Excluded)
            .GroupBy(entry => entry.Key, entry => entry.Value)
            .ToDictionary(group => group.Key, group => group.Sum());
        Add(EventReading.RefusedCall, notMade[(int)NotMade.Refused]);
        Add(EventReading.CancelledCall, notMade[(int)NotMade.Cancelled]);
        Add(EventReading.Bookkeeping, leftOut[-1 - StepTables.Bookkeeping]);
        Add(EventReading.ExcludedActivity, leftOut[-1 - StepTables.Excluded]);
        return excluded;

        void Add(string reason, long count)
        {
            if (count > 0)
                excluded[reason] = excluded.GetValueOrDefault(reason) + count;
        }
    }
}

/// <summary>Takes a case.</summary>
/// <param name="id">Its name.</param>
/// <param name="start">When its first step happened, in UTC ticks.</param>
/// <param name="steps">Its steps in order; valid during the call.</param>
internal delegate void CaseVisitor(string id, long start, ReadOnlySpan<TimedStep> steps);
