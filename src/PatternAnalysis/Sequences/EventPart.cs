using System.Runtime.CompilerServices;
using System.Text;
using PatternAnalysis.Activities;
using PatternAnalysis.Danger;
using PatternAnalysis.Events;
using PatternAnalysis.Payloads;

namespace PatternAnalysis.Sequences;

/// <summary>
/// The steps that one thread reads. Everything is numbered by the part itself, so that threads share nothing until they are done;
/// a known session, tool or verdict costs no allocation.
/// </summary>
internal sealed class EventPart : IHookEventSink
{
    private readonly EventQuery _query;
    private readonly ActivityOptions _options;
    private readonly ErrorLeads _errors;
    private readonly StepReader _reader;
    private readonly CallJoiner? _calls;
    private readonly Utf8Interner _tools = new();
    private readonly List<StepNumbers?> _stepOfTool = [];
    private readonly StepTypes _stepTypes;
    private readonly bool _countsOthers;

    public EventPart(EventQuery query, ActivityOptions options, ErrorLeads errors)
    {
        _query = query;
        _options = options;
        _errors = errors;
        _reader = new StepReader(options.Model, new DangerAssessor(options.Rules));
        _calls = CallJoiner.Needed(query.EventTypes) ? new CallJoiner() : null;
        _stepTypes = new StepTypes(query.EventTypes);
        _countsOthers = options.Model != ActivityModel.Tool;
        Verdicts = new VerdictTable { Rules = options.Rules };
    }

    /// <summary>Whose steps they are: sessions, and their sub-agents as <c>session/agent</c>.</summary>
    public Utf8Interner Sources { get; } = new();

    public FactInterner Facts { get; } = new();

    public VerdictTable Verdicts { get; }

    public BlockList<TimedStep> Steps { get; } = new();

    /// <summary>What is known around those steps whose payload says something.</summary>
    public BlockList<StepIds> Ids { get; } = new();

    public Utf8Interner Prompts { get; } = new();

    /// <summary>The calls that were refused or cancelled.</summary>
    public CallsNotMade NotMade { get; } = new();

    /// <summary>When a source had a border that is no step, in UTC ticks.</summary>
    public List<(int Source, long Ticks)> Borders { get; } = [];

    /// <summary>The calls whose start and end were not both read here.</summary>
    public CallEnds Ends { get; } = new();

    /// <summary>
    /// The sources that were not asked for. What recurs is counted over all that could be: a step has one name, whichever sessions are
    /// looked at.
    /// </summary>
    public HashSet<int> Others { get; } = [];

    /// <summary>The sources of which the end of a call was read.</summary>
    public HashSet<int> SourcesWithEnds { get; } = [];

    public Dictionary<string, long> Excluded { get; } = [];

    public long EventCount { get; private set; }

    /// <inheritdoc/>
    public IHookEventSink? Fork() => null;

    /// <inheritdoc/>
    public void Restart() => throw new NotSupportedException("A part is made anew by its sequencer.");

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(in HookEventRow row)
    {
        if (row.UtcTicks is { } time && !_query.Window.Contains(time))
            return;
        var isOther = _query.SourceAppFilter is { } wanted && !wanted.IsMatch(Encoding.UTF8.GetString(row.SourceApp));
        if (isOther && !_countsOthers)
            return;

        var isStep = _stepTypes.Contains(row.EventType, out var outcome);
        if (row.SessionId.IsEmpty)
        {
            if (isStep && !isOther)
                Exclude(EventReading.NoSession);
            return;
        }

        // One reading of the payload says what was called, and for what.
        ToolUse? use = null;
        var envelope = default(CallEnvelope);
        if (isStep && _options.Model != ActivityModel.Tool)
            use = ToolUseReader.Read(_tools[_tools.Add(row.ToolName)], row.Payload, out envelope);
        else if (!row.Payload.IsEmpty)
            envelope = CallEnvelope.Read(row.Payload);
        var source = AddSource(row.SessionId, envelope.AgentId, isOther);
        if (!_countsOthers && Others.Contains(source))
            return;

        var notMade = CallsNotMade.WhyOf(row.EventType);
        if (notMade != Sequences.NotMade.No && !envelope.ToolUseId.IsEmpty)
            NotMade.Add(StepIds.HashCall(row.SessionId, envelope.ToolUseId), row.UtcTicks ?? long.MaxValue, notMade);
        if (!isStep)
        {
            if (CallEnd.OutcomeOf(row.EventType) is not CallOutcome.Unknown and var end)
                AddEnd(source, end, row, envelope);
            else if (notMade == Sequences.NotMade.No && row.UtcTicks is { } border)
                Borders.Add((source, border));
            return;
        }

        if (row.ToolName.IsEmpty)
            Exclude(EventReading.NoTool, source);
        else if (row.UtcTicks is not { } ticks)
            Exclude(EventReading.UnreadableTimestamp, source);
        else
            AddStep(source, row, ticks, use, envelope, outcome);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int AddSource(ReadOnlySpan<byte> session, ReadOnlySpan<byte> agent, bool isOther)
    {
        var known = Sources.Count;

        // What another application did in the same session is a source by itself.
        var source =
            isOther ? Sources.Add([.. session, (byte)'/', .. agent, (byte)'/', 0])
            : agent.IsEmpty ? Sources.Add(session)
            : Sources.Add([.. session, (byte)'/', .. agent]);
        if (source == known && (isOther || _query.SessionFilter?.IsMatch(Encoding.UTF8.GetString(session)) == false))
            Others.Add(source);
        return source;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddStep(int source, in HookEventRow row, long ticks, ToolUse? use, in CallEnvelope envelope, CallOutcome outcome)
    {
        if ((use is null ? Describe(row) : Number(_reader.Read(use))) is not { } numbers)
        {
            Exclude(EventReading.ExcludedActivity, source);
            return;
        }

        var (step, end) = (Steps.Count, EndOf(outcome, envelope));
        switch (_calls?.Join(source, row.EventType, envelope.ToolUseId, ticks, step, out step) ?? CallJoiner.Outcome.NewStep)
        {
            case CallJoiner.Outcome.EndWithoutId:
                Exclude(EventReading.CallEndWithoutId, source);
                return;
            case CallJoiner.Outcome.NewStep:
                Steps.Add(
                    new TimedStep
                    {
                        Ticks = ticks,
                        InsertionId = row.InsertionId,
                        Source = source,
                        Facts = numbers.Facts,
                        Verdict = numbers.Verdict,
                        Ids = AddIds(row.SessionId, envelope, end, ticks),
                    }
                );
                Count(source);
                return;
            case CallJoiner.Outcome.StepStartsHere:
                // The start knows what the call was for; the end may not.
                ref var known = ref Steps[step];
                (outcome, end) = (Ids[known.Ids - 1].End.Outcome, Ids[known.Ids - 1].End.OrLasting(known.Ticks - ticks));
                (known.Ticks, known.InsertionId, known.Facts, known.Verdict) = (ticks, row.InsertionId, numbers.Facts, numbers.Verdict);
                break;
        }

        ref var ids = ref Ids[Steps[step].Ids - 1];
        ids.FurtherEvents++;
        if (outcome != CallOutcome.Unknown)
            ids.End = end.OrLasting(ticks - Steps[step].Ticks);
        Exclude(EventReading.SameCall, source);
    }

    /// <summary>Takes an event that is no step and tells how a step's call ended.</summary>
    private void AddEnd(int source, CallOutcome outcome, in HookEventRow row, in CallEnvelope envelope)
    {
        SourcesWithEnds.Add(source);
        if (!envelope.ToolUseId.IsEmpty && row.UtcTicks is { } ticks)
            Ends.End(StepIds.HashCall(row.SessionId, envelope.ToolUseId), EndOf(outcome, envelope), ticks, Ids);
    }

    private CallEnd EndOf(CallOutcome outcome, in CallEnvelope envelope) =>
        new(outcome, envelope.Milliseconds ?? -1, outcome == CallOutcome.Failed ? _errors.Add(envelope.Error) : 0);

    /// <summary>Where the ids of a new step lie, from 1; 0 when it has none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int AddIds(ReadOnlySpan<byte> session, in CallEnvelope envelope, CallEnd end, long ticks)
    {
        var waitsForEnd = _options.ReadsOutcomes && end.Outcome == CallOutcome.Unknown && !envelope.ToolUseId.IsEmpty;
        if (envelope.ToolUseId.IsEmpty && envelope.MessageId.IsEmpty && envelope.PromptId.IsEmpty && end == CallEnd.Unknown)
            return 0;

        Ids.Add(
            new StepIds
            {
                Call = StepIds.HashCall(session, envelope.ToolUseId),
                Message = StepIds.Hash(envelope.MessageId),
                Prompt = envelope.PromptId.IsEmpty || _options.Case != CaseKind.Prompt ? -1 : Prompts.Add(envelope.PromptId),
                End = end,
            }
        );
        if (waitsForEnd && _calls is null)
            Ends.Start(Ids.Count - 1, Ids, ticks);
        return Ids.Count;
    }

    /// <summary>The numbers of a tool, where the payload has no say: each is described once. Null when it is left out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private StepNumbers? Describe(in HookEventRow row)
    {
        var tool = _tools.Add(row.ToolName);
        if (tool == _stepOfTool.Count)
            _stepOfTool.Add(Number(_reader.Read(_tools[tool], default)));
        return _stepOfTool[tool];
    }

    private StepNumbers? Number(StepDescription description) =>
        _options.ExcludeFilter?.IsMatch(description.Activity) == true
            ? null
            : new StepNumbers(
                Facts.Add(description.Facts),
                Verdicts.Add(new JudgedStep(description.Verdict, description.DestructiveCommand))
            );

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Count(int source)
    {
        if (Others.Count == 0 || !Others.Contains(source))
            EventCount++;
    }

    private void Exclude(string reason, int source)
    {
        if (!Others.Contains(source))
            Exclude(reason);
    }

    private void Exclude(string reason)
    {
        EventCount++;
        Excluded[reason] = Excluded.GetValueOrDefault(reason) + 1;
    }

    private readonly record struct StepNumbers(int Facts, int Verdict);
}

/// <summary>A step before it has a place in its sequence.</summary>
internal struct TimedStep
{
    public long Ticks;
    public long InsertionId;
    public int Source;
    public int Facts;
    public int Verdict;

    /// <summary>Where its ids lie, from 1; 0 for a step without any.</summary>
    public int Ids;

    /// <summary>By time, then by insertion.</summary>
    public static int Compare(in TimedStep a, in TimedStep b) =>
        a.Ticks != b.Ticks ? a.Ticks.CompareTo(b.Ticks) : a.InsertionId.CompareTo(b.InsertionId);
}
