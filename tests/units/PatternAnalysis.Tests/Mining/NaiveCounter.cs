using PatternAnalysis.Activities;
using PatternAnalysis.Events;
using PatternAnalysis.Mining;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Tests.Mining;

/// <summary>The counting store's twin: it has the steps of each case as a text, and looks at all of them for every answer.</summary>
internal sealed class NaiveCounter : IPatternCounter
{
    private readonly SequenceCorpus _corpus;
    private readonly string[] _activities;
    private readonly (string Session, string Steps, long[] Ticks)[] _cases;
    private readonly Dictionary<int, string> _counted = [];
    private readonly Dictionary<string, (int Raw, int WithoutOverlap)[]> _counts = [];

    public NaiveCounter(SequenceCorpus corpus)
    {
        _corpus = corpus;

        // Not in the order in which the corpus numbers them.
        _activities = [.. Enumerable.Range(0, corpus.ActivityCount).Select(corpus.Activity).OrderDescending(StringComparer.Ordinal)];
        _cases =
        [
            .. Enumerable
                .Range(0, corpus.Count)
                .Select(number =>
                    (
                        corpus.SessionId(number),
                        string.Concat(corpus.Steps(number).ToArray().Select(step => TextOf(corpus.Activity(step)))),
                        Enumerable.Range(0, corpus.Length(number)).Select(step => corpus.UtcTicks(number, step)).ToArray()
                    )
                ),
        ];
    }

    public string? Declined => null;

    /// <summary>Of which cases the sightings were asked for.</summary>
    public List<int> AskedFor { get; } = [];

    public CountedEvents? CountEvents(EventQuery query, ActivityOptions activity, CancellationToken cancellationToken) =>
        new(
            _activities,
            _corpus.Reading,
            _cases.Length,
            _cases.SelectMany(one => one.Ticks).DefaultIfEmpty().Min(),
            _cases.SelectMany(one => one.Ticks).DefaultIfEmpty().Max()
        );

    public IEnumerable<IReadOnlyList<SequenceCount>> CountSequences(int longest, int minimumSessions, CancellationToken cancellationToken)
    {
        for (var length = 1; length <= longest; length++)
        {
            var parts =
                from number in Enumerable.Range(0, _cases.Length)
                let steps = _cases[number].Steps
                from at in Enumerable.Range(0, Math.Max(0, steps.Length - length + 1))
                group (Case: number, Left: at == 0 ? $"start of {number}" : steps[(at - 1)..at]) by steps.Substring(at, length);
            SequenceCount[] frequent =
            [
                .. from part in parts
                where part.Select(place => place.Case).Distinct().Count() >= minimumSessions
                where part.Select(place => place.Left).Distinct().Count() > 1
                select Count(part.Key),
            ];
            if (frequent.Length == 0)
                yield break;
            yield return frequent;
        }
    }

    public IReadOnlyList<double> SumExpected(IReadOnlyList<CountedCut> cuts, CancellationToken cancellationToken) =>
        [.. cuts.Select(cut => Strata(cut).Sum(stratum => stratum.Mean))];

    public IReadOnlyList<CutSums> SumCuts(IReadOnlyList<CountedCut> cuts, CancellationToken cancellationToken) =>
        [
            .. cuts.Select(cut => new CutSums(
                Strata(cut).Sum(stratum => stratum.Variance),
                Strata(cut).Sum(stratum => stratum.Count * stratum.Mean),
                Strata(cut).Sum(stratum => stratum.Mean * stratum.Mean)
            )),
        ];

    public IReadOnlyList<(string Steps, long Sessions)> CountShortSessions(int longest, CancellationToken cancellationToken) =>
        [.. _cases.Where(one => one.Steps.Length <= longest).GroupBy(one => one.Steps).Select(text => (text.Key, (long)text.Count()))];

    public ILookup<int, SessionSighting> FindSightings(IReadOnlyCollection<int> nodes, CancellationToken cancellationToken)
    {
        AskedFor.AddRange(nodes);
        return (
            from one in _cases
            from node in nodes
            let count = Occurrences(one.Steps, _counted[node], overlapping: false)
            where count > 0
            select (node, new SessionSighting(one.Session, count, one.Ticks[0], one.Ticks[^1]))
        ).ToLookup(pair => pair.node, pair => pair.Item2);
    }

    public IReadOnlyList<string> ReadCases(int every, CancellationToken cancellationToken) =>
        [.. _cases.Where((_, number) => number % every == 0).Select(one => one.Steps)];

    public (string Steps, IReadOnlyList<long> Ticks) ReadSession(string sessionId) =>
        _cases.Where(one => one.Session == sessionId).Select(one => (one.Steps, (IReadOnlyList<long>)one.Ticks)).Single();

    public long CountCoveredSteps(IReadOnlyList<int> inOrder, CancellationToken cancellationToken)
    {
        var left = _cases.Select(one => one.Steps).ToArray();
        foreach (var text in inOrder.Select(node => _counted[node]))
            left = Array.ConvertAll(left, steps => steps.Replace(text, new string(' ', text.Length), StringComparison.Ordinal));
        return left.Sum(steps => (long)steps.Count(step => step == ' '));
    }

    public (int Sessions, long Steps) CountIn(TimeWindow window)
    {
        int[] inside = [.. _cases.Select(one => one.Ticks.Count(window.Contains))];
        return (inside.Count(count => count > 0), inside.Sum());
    }

    public void Dispose() { }

    private char TextOf(string activity) => (char)(IPatternCounter.FirstCharacter + Array.IndexOf(_activities, activity));

    private SequenceCount Count(string text)
    {
        // Numbers that are not the places of anything.
        var node = _counted.Count * 3 + 7;
        _counted.Add(node, text);
        var counts = CountsOf(text);
        return new SequenceCount(
            node,
            text,
            counts.Sum(count => count.Raw),
            counts.Sum(count => count.WithoutOverlap),
            counts.Count(count => count.Raw > 0),
            counts.Sum(count => Math.Pow(count.WithoutOverlap, 2))
        );
    }

    private IEnumerable<(double Mean, double Variance, int Count)> Strata(CountedCut cut)
    {
        var (longer, shorter) = (CountsOf(_counted[cut.Longer]), CountsOf(_counted[cut.Shorter]));
        for (var number = 0; number < _cases.Length; number++)
        {
            double x = longer[number].Raw;
            if (x == 0)
                continue;
            double b = Math.Max(0, shorter[number].Raw - cut.Inside);
            double g = _cases[number].Steps.Length - cut.Length + 1;
            var e = x * b / g;
            var v = e - e * e + (g > 1 ? x * (x - 1) * b * (b - 1) / (g * (g - 1)) : 0);
            yield return (e, Math.Min(Math.Max(v, 0), e), CountsOf(_counted[cut.Pattern])[number].WithoutOverlap);
        }
    }

    private (int Raw, int WithoutOverlap)[] CountsOf(string text)
    {
        if (!_counts.TryGetValue(text, out var counts))
        {
            counts = Array.ConvertAll(
                _cases,
                one => (Occurrences(one.Steps, text, overlapping: true), Occurrences(one.Steps, text, overlapping: false))
            );
            _counts.Add(text, counts);
        }

        return counts;
    }

    private static int Occurrences(string steps, string text, bool overlapping)
    {
        var count = 0;
        for (var at = 0; at + text.Length <= steps.Length; at++)
        {
            if (string.CompareOrdinal(steps, at, text, 0, text.Length) != 0)
                continue;
            count++;
            at += overlapping ? 0 : text.Length - 1;
        }

        return count;
    }
}
