using PatternAnalysis.Activities;
using PatternAnalysis.Danger;

namespace PatternAnalysis.Mining;

/// <summary>Counts how dangerous the occurrences of a pattern are, and finds the worst.</summary>
internal sealed class OccurrenceScan
{
    private readonly IndexedPattern _pattern;
    private readonly int[] _counts = new int[3];
    private readonly List<(long Ticks, int Session, int Step)> _worst = [];
    private DangerLevel _worstLevel = DangerLevel.Unknown;

    private OccurrenceScan(IndexedPattern pattern) => _pattern = pattern;

    /// <summary>The counts and the worst.</summary>
    public static OccurrenceDanger Of(IndexedPattern pattern) => new OccurrenceScan(pattern).Scan();

    private OccurrenceDanger Scan()
    {
        var corpus = _pattern.Corpus;
        HashSet<int> unsafeSessions = [.. _pattern.StepNumbers.ToArray().Distinct().SelectMany(corpus.UnsafeSequences)];
        if (unsafeSessions.Count == 0)
            return OccurrenceDanger.Of(DangerLevel.Safe, _pattern.OccurrenceCount);

        var matcher = new PatternMatcher(_pattern.StepNumbers);
        for (var sighting = _pattern.Read(); sighting.MoveNext(); )
        {
            if (unsafeSessions.Contains(sighting.Session))
                Scan(sighting.Session, matcher);
            else
                _counts[(int)DangerLevel.Safe] += sighting.Count;
        }

        return new OccurrenceDanger(_counts[0], _counts[1], _counts[2], Worst());
    }

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
                if (_pattern.Corpus.Verdict(session, step).Level is var level && level > worst)
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
        if (step < 0 || level < _worstLevel)
            return;
        if (level > _worstLevel)
            _worst.Clear();
        _worstLevel = level;
        _worst.Add((_pattern.Corpus.UtcTicks(session, step), session, step));
    }

    // What a tool's name alone says is the same for all of its calls, so no single one is worth a look.
    private DangerousOccurrence[] Worst() =>
        _pattern.Corpus.Origin is { Activity.Model: not ActivityModel.Tool }
            ? [.. _worst.Order().Take(OccurrenceDanger.WorstShown).Select(found => Describe(found.Ticks, found.Session, found.Step))]
            : [];

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
