using Npgsql;
using PatternAnalysis.Activities;
using PatternAnalysis.Events;
using PatternAnalysis.Masking;
using PatternAnalysis.Mining;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Storage.Postgres;

/// <summary>
/// Counts patterns in PostgreSQL. All that is done with a session is done by the share that has it; what the shares answer is added up.
/// A step longer is counted only where what is a step shorter recurs, so the time is that of the places of what recurs, and what travels is
/// a row for each step that follows it.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="timeZone">The zone of times that are stored without one; null for UTC.</param>
/// <param name="fewEvents">Up to how many events of all servers are left to who reads them.</param>
internal sealed class PostgresPatternCounter(
    PostgresDatabase database,
    TimeZoneInfo? timeZone,
    double fewEvents = PostgresPatternCounter.FewEvents
) : IPatternCounter
{
    /// <summary>
    /// So many events are read in seconds, and their tools held in less than 500 MB (docs/performance.md). Counting in SQL is for more: it
    /// takes some ten times the processor time, of as many servers as there are.
    /// </summary>
    public const double FewEvents = 10_000_000;

    private readonly Dictionary<string, string> _namesOfCases = [];
    private CountingShares? _shares;
    private CountedLevels? _levels;

    public string? Declined { get; private set; }

    public CountedEvents? CountEvents(EventQuery query, ActivityOptions activity, CancellationToken cancellationToken) =>
        Guard(() => CanCount(query) ? CutEvents(query, activity, cancellationToken) : null, cancellationToken);

    /// <summary>Opens the servers, unless one can't count or there is too little to count.</summary>
    private bool CanCount(EventQuery query)
    {
        IReadOnlyList<PostgresDatabase> databases = CountingNode.FindReachable(database) is { Count: > 0 } nodes ? nodes : [database];
        CountingServer[] servers = [.. databases.Select(one => CountingServer.Ask(one, query, timeZone))];
        Declined =
            servers.Select(server => server.Hindrance).FirstOrDefault(hindrance => hindrance is not null)
            ?? (servers.Sum(server => server.Events) <= fewEvents ? "there are few enough to hold" : null);
        if (Declined is not null)
            return false;
        _shares = CountingShares.Open(servers);
        return true;
    }

    private CountedEvents? CutEvents(EventQuery query, ActivityOptions activity, CancellationToken cancellationToken)
    {
        var excluded = new Dictionary<string, long>();
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (
            var (reason, tool, count) in _shares!.Ask(share => share.FindActivities(query, cancellationToken)).SelectMany(rows => rows)
        )
        {
            var why = reason ?? (activity.ExcludeFilter?.IsMatch(tool!) == true ? EventReading.ExcludedActivity : null);
            if (why is null)
                counts[tool!] = counts.GetValueOrDefault(tool!) + count;
            else
                excluded[why] = excluded.GetValueOrDefault(why) + count;
        }

        // The most frequent get the shortest characters.
        string[] names =
        [
            .. counts.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => entry.Key),
        ];
        if (names.Length > _shares!.Ask(share => share.MostActivities()).Min())
        {
            Declined = "there are too many different activities to count by characters";
            Dispose();
            return null;
        }

        var cases = _shares.Ask(share => share.CutCases(names, CaseSplitter.Nameless, activity.IdleGap, cancellationToken));
        return new CountedEvents(
            names,
            new EventReading(query.Window, counts.Values.Sum() + excluded.Values.Sum(), excluded),
            checked((int)cases.Sum(share => share.Cases)),
            Ticks(cases.Min(share => share.From)),
            Ticks(cases.Max(share => share.To))
        );
    }

    public IEnumerable<IReadOnlyList<SequenceCount>> CountSequences(int longest, int minimumSessions, CancellationToken cancellationToken)
    {
        var levels = _levels = new CountedLevels(_shares!, minimumSessions);
        for (var length = 0; length < longest; length++)
        {
            var counts = Guard(() => levels.CountNext(cancellationToken), cancellationToken);
            if (counts.Length == 0)
                yield break;
            yield return counts;
        }
    }

    public IReadOnlyList<double> SumExpected(IReadOnlyList<CountedCut> cuts, CancellationToken cancellationToken)
    {
        // Patterns that are put together of the same parts in another order expect the same.
        CountedCut[] parts = [.. cuts.Select(cut => cut with { Pattern = 0 })];
        CountedCut[] distinct = [.. parts.Distinct()];
        var sums = new double[distinct.Length];
        foreach (var (cut, sum) in AskOfCuts<(int Cut, double Sum)>(CountingSql.SumExpected, distinct, cancellationToken))
            sums[cut] += sum;
        var sumOf = distinct.Zip(sums).ToDictionary(one => one.First, one => one.Second);
        return Array.ConvertAll(parts, cut => sumOf[cut]);
    }

    public IReadOnlyList<CutSums> SumCuts(IReadOnlyList<CountedCut> cuts, CancellationToken cancellationToken)
    {
        var sums = new CutSums[cuts.Count];
        foreach (var (cut, v, te, ee) in AskOfCuts<(int Cut, double V, double TE, double EE)>(CountingSql.SumCuts, cuts, cancellationToken))
        {
            var known = sums[cut];
            sums[cut] = new CutSums(known.Variance + v, known.CountTimesExpected + te, known.SquaredExpected + ee);
        }

        return sums;
    }

    public IReadOnlyList<(string Steps, long Sessions)> CountShortSessions(int longest, CancellationToken cancellationToken) =>
        [
            .. Ask<(string Steps, long Sessions)>(CountingSql.ShortSessions, new { longest }, cancellationToken)
                .GroupBy(row => row.Steps, row => row.Sessions, StringComparer.Ordinal)
                .Select(text => (text.Key, text.Sum())),
        ];

    public ILookup<int, SessionSighting> FindSightings(IReadOnlyCollection<int> nodes, CancellationToken cancellationToken)
    {
        var parameters = new { nodes = nodes.ToArray() };
        var sightings = Guard(
            () => _shares!.Ask(share => SightedCase.Find(share, parameters, cancellationToken)).SelectMany(cases => cases).ToArray(),
            cancellationToken
        );
        return sightings
            .OrderBy(sighting => sighting.Case.SourceFrom)
            .ThenBy(sighting => sighting.Case.Source, StringComparer.Ordinal)
            .ThenBy(sighting => sighting.Case.From)
            .ToLookup(
                sighting => sighting.Node,
                sighting => new SessionSighting(
                    Masked(sighting.Case.Name),
                    sighting.Count,
                    Ticks(sighting.Case.From),
                    Ticks(sighting.Case.To)
                )
            );
    }

    public IReadOnlyList<string> ReadCases(int every, CancellationToken cancellationToken) =>
        Guard(
            () =>
            {
                var all = _shares!
                    .Ask(
                        (share, number) =>
                            share
                                .Query<(int Case, DateTime SourceFrom, string Source, DateTime From)>(
                                    CountingSql.CaseOrder,
                                    new { },
                                    cancellationToken
                                )
                                .Select(row => (Share: number, row.Case, row.SourceFrom, row.Source, row.From))
                    )
                    .SelectMany(rows => rows);
                (int Share, int Case)[] sample =
                [
                    .. all.OrderBy(row => row.SourceFrom)
                        .ThenBy(row => row.Source, StringComparer.Ordinal)
                        .ThenBy(row => row.From)
                        .Where((_, rank) => rank % every == 0)
                        .Select(row => (row.Share, row.Case)),
                ];
                var ofShares = sample.ToLookup(one => one.Share, one => one.Case);
                var steps = _shares.Ask(
                    (share, number) =>
                        share
                            .Query<(int Case, string Steps)>(
                                CountingSql.StepsOfCases,
                                new { cases = ofShares[number].ToArray() },
                                cancellationToken
                            )
                            .ToDictionary(row => row.Case, row => row.Steps)
                );
                return sample.Select(one => steps[one.Share][one.Case]).ToArray();
            },
            cancellationToken
        );

    public (string Steps, IReadOnlyList<long> Ticks) ReadSession(string sessionId)
    {
        var name = _namesOfCases.GetValueOrDefault(sessionId, sessionId);
        var (steps, times) = Ask<(string Steps, DateTime[] Times)>(CountingSql.Case, new { name }, CancellationToken.None).Single();
        return (steps, Array.ConvertAll(times, time => Ticks(time)));
    }

    public long CountCoveredSteps(IReadOnlyList<int> inOrder, CancellationToken cancellationToken) =>
        Ask<long>(
                CountingSql.CountCoveredSteps,
                new { nodes = inOrder.ToArray(), sequences = inOrder.Select(_levels!.Sequence).ToArray() },
                cancellationToken
            )
            .Sum();

    public (int Sessions, long Steps) CountIn(TimeWindow window)
    {
        var rows = Guard(
            () =>
                _shares!.Ask(share =>
                    share
                        .Query<(long Cases, long Steps)>(
                            CountingSql.InWindow,
                            new
                            {
                                from = share.Instant(window.Since?.UtcTicks ?? DateTime.MinValue.Ticks),
                                to = share.Instant(window.Until?.UtcTicks ?? DateTime.MaxValue.Ticks),
                            },
                            CancellationToken.None
                        )
                        .Single()
                ),
            CancellationToken.None
        );
        return (checked((int)rows.Sum(row => row.Cases)), rows.Sum(row => row.Steps));
    }

    public void Dispose() => _shares?.Dispose();

    private static long Ticks(DateTime? time) =>
        time is { } value ? value.Ticks / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond : 0;

    /// <summary>Asks for sums of cuts, apart for those whose shorter parts are among the first.</summary>
    private IEnumerable<T> AskOfCuts<T>(Func<bool, string> sql, IReadOnlyList<CountedCut> cuts, CancellationToken cancellationToken) =>
        Enumerable
            .Range(0, cuts.Count)
            .GroupBy(number => cuts[number].Shorter <= _levels!.FirstCount)
            .SelectMany(some => Ask<T>(sql(some.Key), ParametersOf(cuts, [.. some]), cancellationToken));

    private object ParametersOf(IReadOnlyList<CountedCut> cuts, int[] numbers)
    {
        (int Node, int Beyond)[] longer = [.. numbers.Select(number => LongerOf(cuts[number])).Distinct()];
        var places = longer.Select((part, index) => (part, index)).ToDictionary(one => one.part, one => one.index + 1);
        return new
        {
            numbers,
            patterns = Array.ConvertAll(numbers, number => cuts[number].Pattern),
            parts = Array.ConvertAll(numbers, number => places[LongerOf(cuts[number])]),
            shorter = Array.ConvertAll(numbers, number => cuts[number].Shorter),
            inside = Array.ConvertAll(numbers, number => cuts[number].Inside),
            longer = Array.ConvertAll(longer, part => part.Node),
            beyond = Array.ConvertAll(longer, part => part.Beyond),
        };
    }

    /// <summary>The longer part, and how many more places it has than what it is named by.</summary>
    private (int Node, int Beyond) LongerOf(CountedCut cut) => (cut.Longer, _levels!.Sequence(cut.Longer).Length - cut.Length);

    private T[] Ask<T>(string sql, object parameters, CancellationToken cancellationToken) =>
        Guard(
            () => _shares!.Ask(share => share.Query<T>(sql, parameters, cancellationToken)).SelectMany(rows => rows).ToArray(),
            cancellationToken
        );

    /// <summary>A case's name as people see it: an id may be made of a path or an address.</summary>
    private string Masked(string name)
    {
        var masked = SecretMasker.MaskIdentifier(name);
        _namesOfCases[masked] = name;
        return masked;
    }

    private T Guard<T>(Func<T> ask, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            return ask();
        }
        catch (NpgsqlException error)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw database.Translate(error, "counting patterns");
        }
    }
}
