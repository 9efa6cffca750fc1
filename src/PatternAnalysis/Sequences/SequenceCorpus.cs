using PatternAnalysis.Danger;
using PatternAnalysis.Masking;

namespace PatternAnalysis.Sequences;

/// <summary>
/// All sequences of one run in the form that mining and statistics read: one array of activity numbers, sequence after sequence.
/// A few bytes a step; immutable.
/// </summary>
public sealed class SequenceCorpus
{
    private static readonly HashSet<int> s_none = [];

    private readonly IReadOnlyList<string> _activities;
    private readonly string[] _sessionIds;
    private readonly string?[] _maskedSessionIds;
    private readonly int[] _eventCounts;
    private readonly int[] _steps;
    private readonly int[] _starts;
    private readonly (long First, long Last)[] _ticks;
    private readonly uint[] _offsets;
    private (long From, long To)[]? _observed;
    private int? _longestLength;
    private bool[]? _allSafe;
    private HashSet<int>?[]? _unsafeSequences;
    private (DangerLevel Least, DangerLevel Worst)[]? _levels;
    private readonly int[] _verdicts;
    private readonly VerdictTable _verdictTable;
    private readonly CallEnd[] _ends;

    internal SequenceCorpus(
        IReadOnlyList<string> activities,
        string[] sessionIds,
        int[] eventCounts,
        int[] steps,
        int[] starts,
        (long First, long Last)[] ticks,
        uint[] offsets,
        int[] verdicts,
        VerdictTable verdictTable,
        CallEnd[] ends,
        StepRecords? records,
        EventReading reading,
        SequenceOrigin? origin
    )
    {
        _activities = activities;
        _sessionIds = sessionIds;
        _maskedSessionIds = new string?[sessionIds.Length];
        _eventCounts = eventCounts;
        _steps = steps;
        _starts = starts;
        _ticks = ticks;
        _offsets = offsets;
        _verdicts = verdicts;
        _verdictTable = verdictTable;
        _ends = ends;
        Records = records;
        Reading = reading;
        Origin = origin;
    }

    /// <summary>Where the sequences come from.</summary>
    public EventReading Reading { get; }

    /// <summary>How their events became sequences; null when they come from no store, or from several readings.</summary>
    internal SequenceOrigin? Origin { get; }

    /// <summary>What is known of the steps beyond their names; null when nothing is.</summary>
    internal StepRecords? Records { get; }

    /// <summary>How many sequences there are; sequences are numbered from 0.</summary>
    public int Count => _sessionIds.Length;

    /// <summary>The steps of all sequences together.</summary>
    public int StepCount => _steps.Length;

    /// <summary>How many steps the longest sequence has.</summary>
    internal int LongestLength => _longestLength ??= Enumerable.Range(0, Count).Select(Length).DefaultIfEmpty().Max();

    /// <summary>How many distinct activities there are.</summary>
    public int ActivityCount => _activities.Count;

    /// <summary>Every step's activity number, sequence after sequence.</summary>
    internal int[] AllSteps => _steps;

    /// <summary>Where each sequence starts in <see cref="AllSteps"/>, and after the last one where it ends.</summary>
    internal int[] Starts => _starts;

    /// <summary>An activity's name.</summary>
    public string Activity(int activity) => _activities[activity];

    /// <summary>The session of a sequence, masked: an id may be made of a path or an address.</summary>
    public string SessionId(int sequence) => _maskedSessionIds[sequence] ??= SecretMasker.MaskIdentifier(_sessionIds[sequence]);

    /// <summary>How many steps a sequence has.</summary>
    public int Length(int sequence) => _starts[sequence + 1] - _starts[sequence];

    /// <summary>The activity numbers of a sequence.</summary>
    public ReadOnlySpan<int> Steps(int sequence) => _steps.AsSpan(_starts[sequence], Length(sequence));

    /// <summary>How many events a sequence's steps were made of.</summary>
    public int EventCount(int sequence) => _eventCounts[sequence];

    /// <summary>The rules that the steps were judged by.</summary>
    public DangerRuleSet Rules => _verdictTable.Rules;

    /// <summary>How dangerous a step is.</summary>
    public DangerVerdict Verdict(int sequence, int step) => Judged(sequence, step).Verdict;

    /// <summary>The same, with the command where it is kept.</summary>
    internal JudgedStep Judged(int sequence, int step) => _verdictTable[_verdicts[_starts[sequence] + step]];

    /// <summary>The level of a step's verdict.</summary>
    internal DangerLevel Level(int sequence, int step) => _verdictTable.Level(_verdicts[_starts[sequence] + step]);

    /// <summary>How a step's call ended.</summary>
    internal CallEnd End(int sequence, int step) => _ends.Length == 0 ? CallEnd.Unknown : _ends[_starts[sequence] + step];

    /// <summary>Whether it is known of any step how its call ended.</summary>
    internal bool KnowsEnds => _ends.Length > 0;

    /// <summary>Whether anything speaks against any of a sequence's steps.</summary>
    internal bool IsAllSafe(int sequence) => (_allSafe ??= FindAllSafe())[sequence];

    /// <summary>When a step happened, in UTC ticks rounded down to the millisecond, or 0 when the sequence has no times.</summary>
    public long UtcTicks(int sequence, int step) =>
        _ticks[sequence].First == 0 ? 0 : Milliseconds(_ticks[sequence].First, _offsets[_starts[sequence] + step]);

    /// <summary>When a sequence's first and last steps happened: times as of <see cref="UtcTicks"/>. Every pattern asks for them.</summary>
    internal (long From, long To) Observed(int sequence) => (_observed ??= FindObserved())[sequence];

    /// <summary>No step of a sequence is earlier: a time as of <see cref="UtcTicks"/>.</summary>
    internal long EarliestTicks(int sequence) => _ticks[sequence].First == 0 ? 0 : Milliseconds(_ticks[sequence].First, 0);

    /// <summary>When a sequence's first step happened, or null when it has no times.</summary>
    public DateTimeOffset? FirstSeen(int sequence) => Instant(_ticks[sequence].First);

    /// <summary>When a sequence's last step happened, or null when it has no times.</summary>
    public DateTimeOffset? LastSeen(int sequence) => Instant(_ticks[sequence].Last);

    /// <summary>The sequences, as objects for the pipeline; each is a view on this corpus.</summary>
    public IEnumerable<ToolSequence> Sequences() => Enumerable.Range(0, Count).Select(sequence => new ToolSequence(this, sequence));

    /// <summary>A corpus of some of the sequences, in the given order.</summary>
    internal SequenceCorpus Select(int[] sequences)
    {
        var steps = new int[sequences.Sum(Length)];
        var offsets = new uint[steps.Length];
        var verdicts = new int[steps.Length];
        var starts = new int[sequences.Length + 1];
        for (var i = 0; i < sequences.Length; i++)
        {
            var (from, length) = (_starts[sequences[i]], Length(sequences[i]));
            _steps.AsSpan(from, length).CopyTo(steps.AsSpan(starts[i]));
            _offsets.AsSpan(from, length).CopyTo(offsets.AsSpan(starts[i]));
            _verdicts.AsSpan(from, length).CopyTo(verdicts.AsSpan(starts[i]));
            starts[i + 1] = starts[i] + length;
        }

        return new SequenceCorpus(
            _activities,
            Array.ConvertAll(sequences, sequence => _sessionIds[sequence]),
            Array.ConvertAll(sequences, EventCount),
            steps,
            starts,
            Array.ConvertAll(sequences, sequence => _ticks[sequence]),
            offsets,
            verdicts,
            _verdictTable,
            [],
            null,
            Reading,
            Origin
        );
    }

    /// <summary>
    /// The same sequences, in which the destructive steps of an activity that has others too are an activity of their own: what is found
    /// there of the activity is free of them. Null when no activity has both.
    /// </summary>
    internal SequenceCorpus? WithDestructiveApart()
    {
        var (destructive, others) = (new bool[ActivityCount], new bool[ActivityCount]);
        for (var step = 0; step < _steps.Length; step++)
            (IsDestructive(step) ? destructive : others)[_steps[step]] = true;

        var names = new List<string>(_activities);
        var apart = new int[ActivityCount];
        for (var activity = 0; activity < apart.Length; activity++)
        {
            apart[activity] = destructive[activity] && others[activity] ? names.Count : activity;
            if (apart[activity] != activity)
                names.Add($"{_activities[activity]} (destructive)");
        }

        return names.Count == ActivityCount
            ? null
            : new SequenceCorpus(
                names,
                _sessionIds,
                _eventCounts,
                [.. _steps.Select((activity, step) => IsDestructive(step) ? apart[activity] : activity)],
                _starts,
                _ticks,
                _offsets,
                _verdicts,
                _verdictTable,
                _ends,
                Records,
                Reading,
                Origin
            );
    }

    /// <summary>Which sequences hold a step of an activity that is not safe.</summary>
    internal IReadOnlySet<int> UnsafeSequences(int activity) => (_unsafeSequences ??= FindUnsafeSequences())[activity] ?? s_none;

    /// <summary>The worst level that any step of an activity has.</summary>
    internal DangerLevel WorstLevel(int activity) => (_levels ??= FindLevels())[activity].Worst;

    /// <summary>The level that all steps of an activity have at least.</summary>
    internal DangerLevel LeastLevel(int activity) => (_levels ??= FindLevels())[activity].Least;

    private (DangerLevel Least, DangerLevel Worst)[] FindLevels()
    {
        var levels = new (DangerLevel Least, DangerLevel Worst)[ActivityCount];
        Array.Fill(levels, (DangerLevel.Destructive, DangerLevel.Safe));
        for (var step = 0; step < _steps.Length; step++)
        {
            ref var known = ref levels[_steps[step]];
            var level = _verdictTable.Level(_verdicts[step]);
            known = (level < known.Least ? level : known.Least, level > known.Worst ? level : known.Worst);
        }

        return levels;
    }

    private bool IsDestructive(int step) => _verdictTable.Level(_verdicts[step]) == DangerLevel.Destructive;

    private HashSet<int>?[] FindUnsafeSequences()
    {
        var found = new HashSet<int>?[ActivityCount];
        for (var sequence = 0; sequence < Count; sequence++)
        {
            for (var step = _starts[sequence]; step < _starts[sequence + 1]; step++)
            {
                if (_verdicts[step] != VerdictTable.Safe)
                    (found[_steps[step]] ??= []).Add(sequence);
            }
        }

        return found;
    }

    private (long From, long To)[] FindObserved()
    {
        var observed = new (long From, long To)[Count];
        for (var sequence = 0; sequence < observed.Length; sequence++)
        {
            if (Length(sequence) > 0)
                observed[sequence] = (UtcTicks(sequence, 0), UtcTicks(sequence, Length(sequence) - 1));
        }

        return observed;
    }

    private bool[] FindAllSafe()
    {
        var allSafe = new bool[Count];
        for (var sequence = 0; sequence < allSafe.Length; sequence++)
            allSafe[sequence] = !_verdicts.AsSpan(_starts[sequence], Length(sequence)).ContainsAnyExcept(VerdictTable.Safe);
        return allSafe;
    }

    // Rounded against the clock, not against the first step: the same step gives the same instant whatever part of its session was read.
    private static long Milliseconds(long firstTicks, uint offset) =>
        (firstTicks / TimeSpan.TicksPerMillisecond + offset) * TimeSpan.TicksPerMillisecond;

    private static DateTimeOffset? Instant(long utcTicks) => utcTicks == 0 ? null : new DateTimeOffset(utcTicks, TimeSpan.Zero);
}
