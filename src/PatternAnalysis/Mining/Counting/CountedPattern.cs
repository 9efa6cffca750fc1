using PatternAnalysis.Activities;
using PatternAnalysis.Danger;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Mining;

/// <summary>A pattern that a store counted.</summary>
internal sealed class CountedPattern(CountedCorpus corpus, SequenceCount count) : PatternPlace
{
    /// <summary>The pattern as the counter writes it.</summary>
    public string Sequence => count.Sequence;

    /// <summary>The counts that the pattern was found with, of itself and of its parts.</summary>
    public CountedCorpus Corpus => corpus;

    public override int Node => count.Node;

    public override ReadOnlySpan<int> StepNumbers => count.Sequence.Select(step => (int)step).ToArray();

    public override int RawCountOfEnd(int length, bool last) =>
        checked((int)(last ? corpus.Suffix(Sequence, length) : corpus.Prefix(Sequence, length)).RawCount);

    public override int PrefixNode(int length) => corpus.Prefix(Sequence, length).Node;

    public override IEnumerable<int> Parts(double mostOften)
    {
        for (var end = Length; end > 0; end--)
        {
            for (var start = 0; start < end; start++)
            {
                var part = Sequence[start..end];
                if (corpus.TryGet(part, out var known) && known.RawCount <= mostOften)
                    yield return known.Node;
            }
        }
    }

    public override int Length => count.Sequence.Length;

    public override int SessionCount => count.SessionCount;

    public override int OccurrenceCount => checked((int)count.OccurrenceCount);

    /// <summary>The sum over the sessions of their occurrences squared.</summary>
    public double SquaredCount => count.SquaredCount;

    public override int RawCount => checked((int)count.RawCount);

    public override IReadOnlyList<string> Steps => [.. count.Sequence.Select(corpus.Activity)];

    public override SessionSighting[] SeenIn => corpus.SeenIn(Node);

    // All that the store tells of a step is its tool, so every occurrence is as dangerous as its tools.
    public override DangerVerdict Danger => count.Sequence.Select(corpus.Verdict).Aggregate(DangerVerdict.Safe, DangerVerdict.Worst);

    public override OccurrenceDanger Occurrences => OccurrenceDanger.Of(Danger.Level, OccurrenceCount);

    public override int CountOutside(string sessionId, long earliest, long latest)
    {
        var (steps, ticks) = corpus.ReadSession(sessionId);
        var count = 0;
        for (
            var at = steps.IndexOf(Sequence, StringComparison.Ordinal);
            at >= 0;
            at = steps.IndexOf(Sequence, at + Length, StringComparison.Ordinal)
        )
        {
            if (ticks[at] < earliest || ticks[at] > latest)
                count++;
        }

        return count;
    }
}

/// <summary>What is known here of events that stay in their store.</summary>
internal sealed class CountedCorpus
{
    private readonly CountedEvents _events;
    private readonly DangerVerdict[] _verdicts;
    private readonly Dictionary<string, SequenceCount> _counts = [];
    private readonly Dictionary<string, (string Steps, IReadOnlyList<long> Ticks)> _sessions = [];
    private ILookup<int, SessionSighting> _sightings = Array.Empty<SessionSighting>().ToLookup(_ => 0);

    public CountedCorpus(IPatternCounter counter, CountedEvents events, SequenceOrigin origin)
    {
        Counter = counter;
        Origin = origin;
        _events = events;
        var reader = new StepReader(ActivityModel.Tool, new DangerAssessor(Rules));
        _verdicts = [.. events.Activities.Select(activity => reader.Read(activity, default).Verdict)];
    }

    public IPatternCounter Counter { get; }

    public CountedEvents Events => _events;

    public SequenceOrigin Origin { get; }

    public DangerRuleSet Rules => Origin.Activity.Rules;

    /// <summary>All sub-sequences that were counted.</summary>
    public IReadOnlyCollection<SequenceCount> Counts => _counts.Values;

    public string Activity(char step) => _events.Activities[step - IPatternCounter.FirstCharacter];

    public DangerVerdict Verdict(char step) => _verdicts[step - IPatternCounter.FirstCharacter];

    public void Add(SequenceCount count) => _counts.Add(count.Sequence, count);

    /// <summary>The counts of the first steps of a pattern that was counted; every beginning of it was.</summary>
    public SequenceCount Prefix(string pattern, int length) => _counts[pattern[..length]];

    /// <summary>
    /// The counts of the last steps of a pattern: those of the shortest of its endings that hold them and were counted, which occurs where
    /// they do.
    /// </summary>
    public SequenceCount Suffix(string pattern, int length)
    {
        for (var longer = length; ; longer++)
        {
            if (_counts.TryGetValue(pattern[^longer..], out var count))
                return count;
        }
    }

    public (string Steps, IReadOnlyList<long> Ticks) ReadSession(string sessionId)
    {
        if (!_sessions.TryGetValue(sessionId, out var session))
            _sessions.Add(sessionId, session = Counter.ReadSession(sessionId));
        return session;
    }

    public bool TryGet(string sequence, out SequenceCount count) => _counts.TryGetValue(sequence, out count);

    public void LoadSightings(IReadOnlyCollection<int> nodes, CancellationToken cancellationToken) =>
        _sightings = Counter.FindSightings(nodes, cancellationToken);

    /// <summary>The sessions of a sequence whose sightings were loaded; the others are not known here.</summary>
    public SessionSighting[] SeenIn(int node) => [.. _sightings[node]];
}
