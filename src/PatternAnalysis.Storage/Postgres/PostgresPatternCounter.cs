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
internal sealed class PostgresPatternCounter(PostgresDatabase database, TimeZoneInfo? timeZone) : IPatternCounter
{
    // By number; the first stands for no steps at all.
    private readonly List<string> _sequences = [""];
    private readonly Dictionary<string, string> _namesOfCases = [];
    private CountingShares? _shares;

    public CountedEvents CountEvents(EventQuery query, ActivityOptions activity, CancellationToken cancellationToken)
    {
        if (EventSequencer.JoinsCalls(query))
            throw CountingShare.Unsupported("the start and the end of a call are joined by an id in the payload; ask for one of both");

        return Guard(
            () =>
            {
                _shares ??= CountingShares.Open(database);
                var excluded = new Dictionary<string, long>();
                var counts = new Dictionary<string, long>(StringComparer.Ordinal);
                foreach (
                    var (reason, tool, count) in _shares
                        .Ask(share => share.FindActivities(query, timeZone, database.Name, cancellationToken))
                        .SelectMany(rows => rows)
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
                    .. counts
                        .OrderByDescending(entry => entry.Value)
                        .ThenBy(entry => entry.Key, StringComparer.Ordinal)
                        .Select(entry => entry.Key),
                ];
                var cases = _shares.Ask(share => share.CutCases(names, CaseSplitter.Nameless, activity.IdleGap, cancellationToken));
                return new CountedEvents(
                    names,
                    new EventReading(query.Window, counts.Values.Sum() + excluded.Values.Sum(), excluded),
                    checked((int)cases.Sum(share => share.Cases)),
                    Ticks(cases.Min(share => share.From)),
                    Ticks(cases.Max(share => share.To))
                );
            },
            cancellationToken
        );
    }

    public IEnumerable<IReadOnlyList<SequenceCount>> CountSequences(int longest, int minimumSessions, CancellationToken cancellationToken)
    {
        for (var length = 0; length < longest; length++)
        {
            var counts = Guard(() => CountLevel(length, minimumSessions, cancellationToken), cancellationToken);
            if (counts.Length == 0)
                yield break;
            yield return counts;
        }
    }

    public IReadOnlyList<double> SumExpected(IReadOnlyList<CountedCut> cuts, CancellationToken cancellationToken)
    {
        var sums = new double[cuts.Count];
        foreach (var (cut, sum) in AskOfCuts<(int Cut, double Sum)>(CountingSql.SumExpected, cuts, cancellationToken))
            sums[cut] += sum;
        return sums;
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
        var rows = Ask<(int Node, string Name, int Count, DateTime From, DateTime To, DateTime SourceFrom, string Source)>(
            CountingSql.Sightings,
            new { nodes = nodes.ToArray() },
            cancellationToken
        );
        return rows.OrderBy(row => row.SourceFrom)
            .ThenBy(row => row.Source, StringComparer.Ordinal)
            .ThenBy(row => row.From)
            .ToLookup(row => row.Node, row => new SessionSighting(Masked(row.Name), row.Count, Ticks(row.From), Ticks(row.To)));
    }

    public (string Steps, IReadOnlyList<long> Ticks) ReadSession(string sessionId)
    {
        var name = _namesOfCases.GetValueOrDefault(sessionId, sessionId);
        var (steps, times) = Ask<(string Steps, DateTime[] Times)>(CountingSql.Case, new { name }, CancellationToken.None).Single();
        return (steps, Array.ConvertAll(times, time => Ticks(time)));
    }

    public long CountCoveredSteps(IReadOnlyList<int> inOrder, CancellationToken cancellationToken) =>
        Ask<long>(
                CountingSql.CountCoveredSteps,
                new { nodes = inOrder.ToArray(), sequences = inOrder.Select(node => _sequences[node]).ToArray() },
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

    private SequenceCount[] CountLevel(int length, int minimumSessions, CancellationToken cancellationToken)
    {
        // What is in few cases of one share may be in enough of all.
        var least = _shares!.Count == 1 ? minimumSessions : 1;
        var groups = new Dictionary<(int Parent, int Step), CountedGroup>();
        foreach (var row in _shares.Ask(share => share.CountLevel(length, least, cancellationToken)).SelectMany(rows => rows))
        {
            var key = (row.Parent, row.Step);
            groups[key] = groups.TryGetValue(key, out var known)
                ? new CountedGroup(
                    row.Parent,
                    row.Step,
                    known.Raw + row.Raw,
                    known.Cases + row.Cases,
                    Math.Min(known.Least, row.Least),
                    Math.Max(known.Greatest, row.Greatest)
                )
                : row;
        }

        CountedGroup[] recurring =
        [
            .. groups
                .Values.Where(group => group.Cases >= minimumSessions && (group.Least < 0 || group.Least != group.Greatest))
                .OrderBy(group => group.Parent)
                .ThenBy(group => group.Step),
        ];
        if (recurring.Length == 0)
            return [];

        var first = _sequences.Count;
        _sequences.AddRange(recurring.Select(group => _sequences[group.Parent] + (char)(IPatternCounter.FirstCharacter - 1 + group.Step)));
        KeptGroup[] kept =
        [
            .. recurring.Select(
                (group, i) =>
                    new KeptGroup(group.Parent, group.Step, first + i, CanOverlap(_sequences[first + i]) ? _sequences[first + i] : "")
            ),
        ];
        var sums = new (long Occurrences, double Squared)[kept.Length];
        foreach (
            var (node, occurrences, squared) in _shares
                .Ask(share => share.KeepLevel(length, kept, cancellationToken))
                .SelectMany(rows => rows)
        )
        {
            ref var sum = ref sums[node - first];
            sum = (sum.Occurrences + occurrences, sum.Squared + squared);
        }

        return
        [
            .. recurring.Select(
                (group, i) =>
                    new SequenceCount(first + i, _sequences[first + i], group.Raw, sums[i].Occurrences, group.Cases, sums[i].Squared)
            ),
        ];
    }

    /// <summary>Whether a sequence ends as it begins.</summary>
    private static bool CanOverlap(string sequence)
    {
        for (var length = 1; length < sequence.Length; length++)
        {
            if (sequence.AsSpan(0, length).SequenceEqual(sequence.AsSpan(sequence.Length - length)))
                return true;
        }

        return false;
    }

    private IReadOnlyList<T> AskOfCuts<T>(string sql, IReadOnlyList<CountedCut> cuts, CancellationToken cancellationToken) =>
        cuts.Count == 0
            ? []
            : Ask<T>(
                sql,
                new
                {
                    numbers = Enumerable.Range(0, cuts.Count).ToArray(),
                    patterns = cuts.Select(cut => cut.Pattern).ToArray(),
                    longer = cuts.Select(cut => cut.Longer).ToArray(),
                    beyond = cuts.Select(cut => _sequences[cut.Longer].Length - cut.Length).ToArray(),
                    shorter = cuts.Select(cut => cut.Shorter).ToArray(),
                    inside = cuts.Select(cut => cut.Inside).ToArray(),
                },
                cancellationToken
            );

    private IReadOnlyList<T> Ask<T>(string sql, object parameters, CancellationToken cancellationToken) =>
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
