using PatternAnalysis.Mining;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Analysis;

/// <summary>How often patterns start in each stretch of the time that was looked at.</summary>
internal sealed record PatternTimeline(DateTimeOffset From, TimeSpan Bucket, IReadOnlyList<PatternTimeline.Row> Rows)
{
    private const int MaximumBuckets = 60;

    private static readonly TimeSpan[] s_buckets =
    [
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(15),
        TimeSpan.FromHours(1),
        TimeSpan.FromHours(3),
        TimeSpan.FromHours(6),
        TimeSpan.FromDays(1),
        TimeSpan.FromDays(7),
        TimeSpan.FromDays(28),
        TimeSpan.FromDays(364),
    ];

    /// <summary>
    /// The timeline of patterns of one run, or null when its steps have no times, or stayed in their database, or there is no pattern.
    /// </summary>
    public static PatternTimeline? Of(IReadOnlyList<ClassifiedPattern> patterns)
    {
        if (patterns.Count == 0 || patterns[0].Run.Main is not { Corpus: { } corpus, ObservedTicks: { From: > 0 } observed })
            return null;

        var bucket = Array.Find(s_buckets, size => (observed.To - observed.From) / size.Ticks < MaximumBuckets - 1);
        if (bucket == default)
            bucket = TimeSpan.FromTicks((observed.To - observed.From) / (MaximumBuckets - 1));
        var from = observed.From / bucket.Ticks * bucket.Ticks;
        var count = (int)((observed.To - from) / bucket.Ticks) + 1;
        return new PatternTimeline(
            new DateTimeOffset(from, TimeSpan.Zero),
            bucket,
            [.. patterns.Select(pattern => Count(pattern, corpus, from, bucket, count))]
        );
    }

    private static Row Count(ClassifiedPattern pattern, SequenceCorpus corpus, long from, TimeSpan bucket, int buckets)
    {
        var matcher = new PatternMatcher(pattern.Place.StepNumbers);
        var counts = new int[buckets];
        for (var sighting = pattern.Place.Read(); sighting.MoveNext(); )
        {
            var free = 0;
            foreach (var at in matcher.In(pattern.Run.Corpus!.Steps(sighting.Session)))
            {
                if (at < free)
                    continue;
                free = at + pattern.Length;
                counts[Math.Clamp((corpus.UtcTicks(sighting.Session, at) - from) / bucket.Ticks, 0, buckets - 1)]++;
            }
        }

        return new Row(pattern, counts);
    }

    /// <summary>A pattern and its starts in each stretch; together they are its occurrences.</summary>
    internal sealed record Row(ClassifiedPattern Pattern, IReadOnlyList<int> Counts);
}
