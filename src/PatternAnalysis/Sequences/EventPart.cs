using System.Runtime.CompilerServices;
using System.Text;
using PatternAnalysis.Activities;
using PatternAnalysis.Events;

namespace PatternAnalysis.Sequences;

/// <summary>
/// The steps of the events that one thread reads. Everything is numbered by the part itself, so that threads share nothing until they are
/// done.
/// </summary>
internal sealed class EventPart
{
    private readonly EventQuery _query;
    private readonly ActivityOptions _options;
    private readonly CallJoiner? _calls;
    private readonly bool _joinsEnds;

    public EventPart(EventQuery query, ActivityOptions options)
    {
        _query = query;
        _options = options;
        _calls = CallJoiner.Needed(query.EventTypes) ? new CallJoiner() : null;
        _joinsEnds = options.ReadsOutcomes && _calls is null;
        CountsOthers = options.Model != ActivityModel.Tool;
        Verdicts = new VerdictTable { Rules = options.Rules };
    }

    /// <summary>Whose steps they are: sessions, and their sub-agents as <c>session/agent</c>.</summary>
    public Utf8Interner Sources { get; } = new();

    public FactInterner Facts { get; } = new();

    public VerdictTable Verdicts { get; }

    public BlockList<TimedStep> Steps { get; } = new();

    /// <summary>What is known around those steps whose payload says something.</summary>
    public StepIdList Ids { get; } = new();

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
    public SourceSet SourcesWithEnds { get; } = new();

    /// <summary>Whether events that were not asked for count for what recurs: bare tool names recur or not.</summary>
    public bool CountsOthers { get; }

    public Dictionary<string, long> Excluded { get; } = [];

    public long EventCount { get; private set; }

    /// <summary>Takes an event.</summary>
    /// <param name="added">The event.</param>
    /// <param name="eventType">Its type.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(in PartEvent added, ReadOnlySpan<byte> eventType)
    {
        if (added.NotMade != Sequences.NotMade.No && added.Call != 0)
            NotMade.Add(added.Call, added.Ticks ?? long.MaxValue, added.NotMade);
        if (!added.IsStep)
        {
            if (added.Outcome != CallOutcome.Unknown)
                AddEnd(added);
            else if (added.NotMade == Sequences.NotMade.No && added.Ticks is { } border)
                Borders.Add((added.Source, border));
            return;
        }

        if (!added.HasTool)
            Exclude(EventReading.NoTool, added.Source);
        else if (added.Ticks is not { } ticks)
            Exclude(EventReading.UnreadableTimestamp, added.Source);
        else if (added.Numbers is not { } numbers)
            Exclude(EventReading.ExcludedActivity, added.Source);
        else
            AddStep(added, ticks, numbers, eventType);
    }

    /// <summary>Whether events of an application were not asked for.</summary>
    public bool IsOther(ReadOnlySpan<byte> application) =>
        _query.SourceAppFilter is { } wanted && !wanted.IsMatch(Encoding.UTF8.GetString(application));

    /// <summary>The number of a source.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int AddSource(ReadOnlySpan<byte> session, ReadOnlySpan<byte> agent, bool isOther)
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
    private void AddStep(in PartEvent added, long ticks, StepNumbers numbers, ReadOnlySpan<byte> eventType)
    {
        var (step, end) = (Steps.Count, added.End);
        switch (_calls?.Join(added.Source, eventType, added.Call, ticks, step, out step) ?? CallJoiner.Outcome.NewStep)
        {
            case CallJoiner.Outcome.EndWithoutId:
                Exclude(EventReading.CallEndWithoutId, added.Source);
                return;
            case CallJoiner.Outcome.NewStep:
                Steps.Add(
                    new TimedStep
                    {
                        Ticks = ticks,
                        InsertionId = added.InsertionId,
                        Source = added.Source,
                        Facts = numbers.Facts,
                        Verdict = numbers.Verdict,
                        Ids = AddIds(added, ticks),
                    }
                );
                Count(added.Source);
                return;
            case CallJoiner.Outcome.StepStartsHere:
                // The start knows what the call was for; the end may not.
                ref var known = ref Steps[step];
                end = Ids.Ids[known.Ids - 1].End.OrLasting(known.Ticks - ticks);
                (known.Ticks, known.InsertionId, known.Facts, known.Verdict) = (ticks, added.InsertionId, numbers.Facts, numbers.Verdict);
                break;
        }

        var number = Steps[step].Ids - 1;
        Ids.ContextAt(number).FurtherEvents++;
        if (end.Outcome != CallOutcome.Unknown)
            Ids.Ids[number].End = end.OrLasting(ticks - Steps[step].Ticks);
        Exclude(EventReading.SameCall, added.Source);
    }

    /// <summary>Takes an event that is no step and tells how a step's call ended.</summary>
    private void AddEnd(in PartEvent added)
    {
        SourcesWithEnds.Add(added.Source);
        if (_joinsEnds && added.Call != 0 && added.Ticks is { } ticks)
            Ends.End(added.Call, added.End, ticks, Ids.Ids);
    }

    /// <summary>Where the ids of a new step lie, from 1; 0 when it has none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int AddIds(in PartEvent added, long ticks)
    {
        var end = added.End;
        if (added.Call == 0 && added.Message == 0 && !added.HasPrompt && end == CallEnd.Unknown)
            return 0;

        Ids.Add(new StepIds { Call = added.Call, End = end }, added.Message, added.Prompt);
        if (_joinsEnds && end.Outcome == CallOutcome.Unknown && added.Call != 0)
            Ends.Start(Ids.Ids.Count - 1, Ids.Ids, ticks);
        return Ids.Ids.Count;
    }

    /// <summary>The number of facts; negative when they are left out.</summary>
    public int NumberMasked(StepFacts facts) => _options.ExcludeFilter?.IsMatch(facts.Operation) == true ? -1 : Facts.Add(facts);

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

    /// <summary>Counts an event that is left out, of a source that is not known.</summary>
    public void Exclude(string reason)
    {
        EventCount++;
        Excluded[reason] = Excluded.GetValueOrDefault(reason) + 1;
    }
}
