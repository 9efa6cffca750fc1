using PatternAnalysis.Activities;
using PatternAnalysis.Danger;

namespace PatternAnalysis.Mining;

/// <summary>Counts how dangerous the occurrences of a pattern are, and finds the worst.</summary>
internal sealed class OccurrenceScan
{
    private readonly IndexedPattern _pattern;
    private readonly int[] _unsafeActivities;
    private readonly bool _namesWorst;
    private readonly int[] _counts = new int[3];

    // In order, and no more than are shown.
    private readonly List<(long Ticks, int Session, int Step)> _worst = [];
    private DangerLevel _worstLevel = DangerLevel.Unknown;

    private OccurrenceScan(IndexedPattern pattern)
    {
        _pattern = pattern;
        _unsafeActivities =
        [
            .. pattern.StepNumbers.ToArray().Distinct().Where(activity => pattern.Corpus.WorstLevel(activity) > DangerLevel.Safe),
        ];

        // What a tool's name alone says is the same for all of its calls, so no single one is worth a look.
        _namesWorst = pattern.Corpus.Origin is { Activity.Model: not ActivityModel.Tool };
    }

    /// <summary>The counts and the worst.</summary>
    public static OccurrenceDanger Of(IndexedPattern pattern) => new OccurrenceScan(pattern).Scan();

    private OccurrenceDanger Scan()
    {
        if (_unsafeActivities.Length == 0)
            return OccurrenceDanger.Of(DangerLevel.Safe, _pattern.OccurrenceCount);

        // Where each activity is always judged alike, so is each occurrence: only the sessions that may hold one to be named are searched.
        var corpus = _pattern.Corpus;
        var worst = _unsafeActivities.Max(corpus.WorstLevel);
        var isAlike = _unsafeActivities.Max(corpus.LeastLevel) == worst;
        var matcher = new PatternMatcher(_pattern.StepNumbers);
        for (var sighting = _pattern.Read(); sighting.MoveNext(); )
        {
            if (isAlike && !CanNameOf(sighting.Session))
                _counts[(int)worst] += sighting.Count;
            else if (IsUnsafe(sighting.Session))
                Scan(sighting.Session, matcher);
            else
                _counts[(int)DangerLevel.Safe] += sighting.Count;
        }

        return new OccurrenceDanger(
            _counts[0],
            _counts[1],
            _counts[2],
            [.. _worst.Select(found => Describe(found.Ticks, found.Session, found.Step))]
        );
    }

    private bool IsUnsafe(int session)
    {
        foreach (var activity in _unsafeActivities)
        {
            if (_pattern.Corpus.UnsafeSequences(activity).Contains(session))
                return true;
        }

        return false;
    }

    // Whether an occurrence in a session, which comes after all sessions so far, may come before one that is to be named.
    private bool CanNameOf(int session) =>
        _namesWorst && (_worst.Count < OccurrenceDanger.WorstShown || _pattern.Corpus.EarliestTicks(session) < _worst[^1].Ticks);

    private void Scan(int session, PatternMatcher matcher)
    {
        var (free, seen, worst, worstStep) = (0, 0, DangerLevel.Safe, -1);
        foreach (var at in matcher.In(_pattern.Corpus.Steps(session)))
        {
            if (at >= free)
            {
                Count(session, free > 0, worst, worstStep);
                (free, seen, worst, worstStep) = (at + _pattern.Length, at, DangerLevel.Safe, -1);
            }

            for (var step = Math.Max(at, seen); step < at + _pattern.Length; step++)
            {
                if (_pattern.Corpus.Level(session, step) is var level && level > worst)
                    (worst, worstStep) = (level, step);
            }

            seen = at + _pattern.Length;
        }

        Count(session, free > 0, worst, worstStep);
    }

    private void Count(int session, bool isOccurrence, DangerLevel level, int step)
    {
        if (!isOccurrence)
            return;
        _counts[(int)level]++;
        if (step < 0 || level < _worstLevel || !_namesWorst)
            return;
        if (level > _worstLevel)
            _worst.Clear();
        _worstLevel = level;
        var found = (_pattern.Corpus.UtcTicks(session, step), session, step);

        // A step may be the worst of two: of an occurrence, and of an uncounted one that overlaps the occurrence before.
        var place = _worst.BinarySearch(found);
        _worst.Insert(place < 0 ? ~place : place, found);
        if (_worst.Count > OccurrenceDanger.WorstShown)
            _worst.RemoveAt(OccurrenceDanger.WorstShown);
    }

    private DangerousOccurrence Describe(long ticks, int session, int step)
    {
        var (verdict, command) = _pattern.Corpus.Judged(session, step);
        return new DangerousOccurrence
        {
            SessionId = _pattern.Corpus.SessionId(session),
            At = ticks == 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero),
            Command = command ?? verdict.Segment ?? "",
            Level = verdict.Level,
            RuleId = verdict.RuleId,
        };
    }
}
