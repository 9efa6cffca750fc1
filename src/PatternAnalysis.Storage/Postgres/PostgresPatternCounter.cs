using System.Data;
using Dapper;
using Npgsql;
using PatternAnalysis.Events;
using PatternAnalysis.Mining;
using PatternAnalysis.Options;

namespace PatternAnalysis.Storage.Postgres;

/// <summary>
/// Counts patterns in PostgreSQL, or in a distributed engine that speaks its protocol. Every statement is a SELECT that groups by
/// <c>session_id</c> first,
/// so that it runs where the sessions are, on each partition or node by itself; nothing is created.
/// </summary>
internal sealed class PostgresPatternCounter(PostgresDatabase database) : IPatternCounter
{
    // Partition-wise planning is off by default, because planning takes longer; one partition a worker or a node is the point here.
    // How many parts a session has the planner can't know; it takes them for few, and would compare all with all.
    // For the same reason it would compile each statement for longer than that runs.
    private const string Planning = """
        SET LOCAL enable_partitionwise_aggregate = on;
        SET LOCAL enable_partitionwise_join = on;
        SET LOCAL enable_nestloop = off;
        SET LOCAL enable_mergejoin = off;
        SET LOCAL join_collapse_limit = 1;
        SET LOCAL jit = off;
        SET LOCAL work_mem = '256MB'
        """;

    // From '!' to '~'.
    private const int MostActivitiesInBytes = '~' - IPatternCounter.FirstCharacter + 1;

    private NpgsqlConnection? _connection;
    private CountingSql? _sql;
    private DynamicParameters _selection = new();

    public CountedEvents CountEvents(EventQuery query, WildcardFilter? exclude, CancellationToken cancellationToken)
    {
        _connection ??= database.OpenSnapshot();
        return Guard(
            () =>
            {
                _connection.Execute(Planning);
                var table = HookEventTable.Describe(_connection, query, database.Name);
                var sql = new CountingSql(table, query.Window, inBytes: false);
                var selection = Selection(sql, query, table.Timestamp);
                var excluded = new Dictionary<string, long>();
                var activities = new List<(string Name, long Count)>();
                foreach (
                    var (reason, tool, count) in Query<(string? Reason, string? Tool, long Count)>(
                        sql.Activities,
                        selection,
                        cancellationToken
                    )
                )
                {
                    if (reason is null && exclude?.IsMatch(tool!) != true)
                        activities.Add((tool!, count));
                    else
                        excluded[reason ?? EventReading.ExcludedActivity] =
                            excluded.GetValueOrDefault(reason ?? EventReading.ExcludedActivity) + count;
                }

                CheckAlphabet(activities.Count);

                // The most frequent get the shortest characters.
                string[] names =
                [
                    .. activities
                        .OrderByDescending(activity => activity.Count)
                        .ThenBy(activity => activity.Name, StringComparer.Ordinal)
                        .Select(activity => activity.Name),
                ];
                selection.Add("tools", names);
                _selection = selection;
                _sql = new CountingSql(table, query.Window, inBytes: names.Length <= MostActivitiesInBytes);
                var (sessions, from, to) = Query<(long Sessions, DateTime? From, DateTime? To)>(_sql.Sessions, selection, cancellationToken)
                    .Single();
                var reading = new EventReading(query.Window, activities.Sum(activity => activity.Count) + excluded.Values.Sum(), excluded);
                return new CountedEvents(names, reading, checked((int)sessions), Ticks(from), Ticks(to));
            },
            cancellationToken
        );
    }

    public IReadOnlyList<SequenceCount> CountSequences(
        int minimumLength,
        int maximumLength,
        IReadOnlyCollection<string>? prefixes,
        int minimumSessions,
        CancellationToken cancellationToken
    ) =>
        Guard(
            () =>
            {
                var parameters = With(
                    new
                    {
                        from = minimumLength,
                        to = maximumLength,
                        anywhere = prefixes is null,
                        prefixes = Units(prefixes ?? []),
                        minimumSessions,
                    }
                );
                return Query<(string Sequence, long Raw, long Occurrences, int Sessions, double Squared)>(
                        _sql!.CountSequences,
                        parameters,
                        cancellationToken
                    )
                    .Select(row => new SequenceCount(row.Sequence, row.Raw, row.Occurrences, row.Sessions, row.Squared))
                    .ToArray();
            },
            cancellationToken
        );

    public IReadOnlyList<double> SumExpected(IReadOnlyList<CountedCut> cuts, CancellationToken cancellationToken) =>
        Guard(
            () =>
            {
                var sums = new double[cuts.Count];
                foreach (
                    var (cut, sum) in cuts.Count == 0
                        ? []
                        : Query<(int Cut, double Sum)>(_sql!.SumExpected, CutParameters(cuts), cancellationToken)
                )
                    sums[cut - 1] = sum;
                return sums;
            },
            cancellationToken
        );

    public IReadOnlyList<CutSums> SumCuts(IReadOnlyList<CountedCut> cuts, CancellationToken cancellationToken) =>
        Guard(
            () =>
            {
                var sums = new CutSums[cuts.Count];
                foreach (
                    var (cut, v, te, ee) in cuts.Count == 0
                        ? []
                        : Query<(int Cut, double V, double TE, double EE)>(_sql!.SumCuts, CutParameters(cuts), cancellationToken)
                )
                    sums[cut - 1] = new CutSums(v, te, ee);
                return sums;
            },
            cancellationToken
        );

    public IReadOnlyList<(string Steps, long Sessions)> CountShortSessions(int longest, CancellationToken cancellationToken) =>
        Guard(
            () => Query<(string Steps, long Sessions)>(_sql!.ShortSessions, With(new { longest }), cancellationToken).ToArray(),
            cancellationToken
        );

    public ILookup<string, SessionSighting> FindSightings(IReadOnlyCollection<string> sequences, CancellationToken cancellationToken) =>
        Guard(
            () =>
                Query<(string Sequence, string Session, int Count, DateTime From, DateTime To)>(
                        _sql!.Sightings,
                        With(new { sequences = sequences.ToArray() }),
                        cancellationToken
                    )
                    .ToLookup(row => row.Sequence, row => new SessionSighting(row.Session, row.Count, Ticks(row.From), Ticks(row.To))),
            cancellationToken
        );

    public (string Steps, IReadOnlyList<long> Ticks) ReadSession(string sessionId) =>
        Guard(
            () =>
            {
                var (steps, times) = Query<(string Steps, DateTime[] Times)>(_sql!.Session, With(new { sessionId }), CancellationToken.None)
                    .Single();
                return (steps, (IReadOnlyList<long>)Array.ConvertAll(times, time => Ticks(time)));
            },
            CancellationToken.None
        );

    public long CountCoveredSteps(IReadOnlyList<string> inOrder, CancellationToken cancellationToken) =>
        Guard(
            () => Query<long>(_sql!.CountCoveredSteps, With(new { sequences = inOrder.ToArray() }), cancellationToken).Single(),
            cancellationToken
        );

    public void Dispose() => _connection?.Dispose();

    private static long Ticks(DateTime? time) =>
        time is { } value ? value.Ticks / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond : 0;

    /// <summary>The parts of the cuts, the shorter ones first, and the cuts by the numbers of their parts.</summary>
    private DynamicParameters CutParameters(IReadOnlyList<CountedCut> cuts)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        int Number(string part) => numbers.TryGetValue(part, out var number) ? number : numbers[part] = numbers.Count + 1;
        var parameters = new DynamicParameters(
            new
            {
                shorter = cuts.Select(cut => Number(cut.Shorter)).ToArray(),
                shorterParts = numbers.Count,
                longer = cuts.Select(cut => Number(cut.Longer)).ToArray(),
                patterns = cuts.Select(cut => Number(cut.Pattern)).ToArray(),
                inside = cuts.Select(cut => cut.Inside).ToArray(),
            }
        );
        return With(
            new { parts = Units(numbers.Keys), lengths = numbers.Keys.Select(part => part.Length).Distinct().ToArray() },
            parameters
        );
    }

    /// <summary>Sequences as the server cuts them out of a session.</summary>
    private object Units(IEnumerable<string> sequences) =>
        _sql!.InBytes ? sequences.Select(System.Text.Encoding.ASCII.GetBytes).ToArray() : sequences.ToArray();

    private static DynamicParameters Selection(CountingSql sql, EventQuery query, TimestampForm form)
    {
        if (form is not (TimestampForm.Unzoned or TimestampForm.Zoned))
            throw Unsupported("the column timestamp holds texts or numbers, which are read here; change its type to TIMESTAMP");
        if (Sequences.EventSequencer.JoinsCalls(query))
            throw Unsupported("the start and the end of a call are joined by an id in the payload; ask for one of both event types");

        var parameters = new DynamicParameters(new { types = query.EventTypes.ToArray() });
        parameters.Add("since", sql.Instant(query.Window.Since?.UtcTicks ?? 0));
        parameters.Add("until", sql.Instant(query.Window.Until?.UtcTicks ?? 0));
        return parameters;
    }

    private void CheckAlphabet(int activities)
    {
        // Only in UTF-8 does every character of the alphabet exist; up to '~' they exist everywhere.
        var utf8 = _connection!.ExecuteScalar<string>("SHOW server_encoding") == "UTF8";
        if (activities > (utf8 ? IPatternCounter.MostActivities : MostActivitiesInBytes))
            throw Unsupported($"there are {activities:N0} different activities, too many for one character each");
    }

    private static PatternAnalysisException Unsupported(string reason) =>
        new(ErrorCatalogue.EngineUnsupported, $"The engine Database can't do this: {reason}. Or use the engine Memory.");

    private DynamicParameters With(object parameters, object? further = null)
    {
        var all = new DynamicParameters(parameters);
        all.AddDynamicParams(_selection);
        all.AddDynamicParams(further);
        return all;
    }

    private IEnumerable<T> Query<T>(string sql, DynamicParameters parameters, CancellationToken cancellationToken) =>
        _connection!.QueryAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken)).GetAwaiter().GetResult();

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
