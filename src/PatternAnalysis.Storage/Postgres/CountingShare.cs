using Dapper;
using Npgsql;
using PatternAnalysis.Events;
using PatternAnalysis.Mining;

namespace PatternAnalysis.Storage.Postgres;

/// <summary>
/// A connection that counts a share of the sessions: those of a node, or of one server every so many-th by the hash of their names. What it
/// makes are temporary tables, which go with its transaction; it changes nothing that lasts.
/// </summary>
/// <param name="connection">The connection, in a transaction of its own.</param>
/// <param name="table">The events.</param>
/// <param name="number">The share's number among those of its server.</param>
/// <param name="count">How many shares its server has.</param>
internal sealed class CountingShare(NpgsqlConnection connection, HookEventTable table, int number, int count) : IDisposable
{
    // How many parts a case has the planner can't know; it takes them for few, and would compare all with all.
    // For the same reason it would compile each statement for longer than that runs.
    private const string Planning = """
        SET LOCAL enable_partitionwise_aggregate = on;
        SET LOCAL enable_partitionwise_join = on;
        SET LOCAL enable_nestloop = off;
        SET LOCAL enable_mergejoin = off;
        SET LOCAL join_collapse_limit = 1;
        SET LOCAL jit = off;
        SET LOCAL work_mem = '256MB';
        SET LOCAL temp_buffers = '128MB'
        """;

    // From '!' to '~', which every character set has.
    private const int MostActivitiesInAscii = '~' - IPatternCounter.FirstCharacter + 1;

    private CountingSql? _sql;
    private DynamicParameters _selection = new();

    /// <summary>How many activities its texts can tell apart: only in UTF-8 does every character of the alphabet exist.</summary>
    public int MostActivities() =>
        connection.ExecuteScalar<string>("SHOW server_encoding") == "UTF8" ? IPatternCounter.MostActivities : MostActivitiesInAscii;

    /// <summary>What was left out, and the tools with their counts.</summary>
    public IReadOnlyList<(string? Reason, string? Tool, long Count)> FindActivities(EventQuery query, CancellationToken cancellationToken)
    {
        connection.Execute(Planning);
        _sql = new CountingSql(table, query.Window, query.SourceAppFilter is not null, query.SessionFilter is not null, count > 1);
        _selection = new DynamicParameters(
            new
            {
                types = query.EventTypes.ToArray(),
                share = number,
                shares = count,
            }
        );
        _selection.Add("since", Instant(query.Window.Since?.UtcTicks ?? 0));
        _selection.Add("until", Instant(query.Window.Until?.UtcTicks ?? 0));
        if (query.SourceAppFilter is { } applications)
            _selection.Add("applications", Matching(CountingSql.Applications, applications.IsMatch, cancellationToken));
        if (query.SessionFilter is { } sessions)
            _selection.Add("sessions", Matching(_sql.SessionNames, sessions.IsMatch, cancellationToken));
        return Query<(string?, string?, long)>(_sql.Activities, new { }, cancellationToken);
    }

    /// <summary>Cuts the events into cases; the first tool gets the number 1.</summary>
    /// <returns>How many cases and steps there are, the first step and the last.</returns>
    public (long Cases, long Steps, DateTime? From, DateTime? To) CutCases(
        string[] tools,
        IReadOnlyList<string> nameless,
        TimeSpan gap,
        CancellationToken cancellationToken
    )
    {
        connection.Execute(_sql!.CreateTables);
        return Query<(long, long, DateTime?, DateTime?)>(
                $"{_sql.InsertSteps}; {CountingSql.Cases}",
                new
                {
                    tools,
                    nameless,
                    gap,
                },
                cancellationToken
            )
            .Single();
    }

    /// <summary>How often what recurs of a length is followed by each step; what is in fewer cases than <paramref name="least"/> is left
    /// out.</summary>
    public IReadOnlyList<CountedGroup> CountLevel(int length, int least, CancellationToken cancellationToken) =>
        Groups($"{CountingSql.CountLevel(length)}; {CountingSql.FrequentGroups}", new { least }, cancellationToken);

    /// <summary>The same of some, as far as they are here.</summary>
    public IReadOnlyList<CountedGroup> CountGroups(IReadOnlyList<(int Parent, int Step)> groups, CancellationToken cancellationToken) =>
        groups.Count == 0
            ? []
            : Groups(
                CountingSql.Groups,
                new { parents = groups.Select(group => group.Parent).ToArray(), steps = groups.Select(group => group.Step).ToArray() },
                cancellationToken
            );

    private IReadOnlyList<CountedGroup> Groups(string sql, object parameters, CancellationToken cancellationToken) =>
        [
            .. Query<(int Parent, int Step, long Raw, int Cases, int Least, int Greatest)>(sql, parameters, cancellationToken)
                .Select(row => new CountedGroup(row.Parent, row.Step, row.Raw, row.Cases, row.Least, row.Greatest)),
        ];

    /// <summary>Numbers those that recur, and counts their occurrences without overlap and the squares of these.</summary>
    public IReadOnlyList<(int Node, long Occurrences, double Squared)> KeepLevel(
        int length,
        IReadOnlyList<KeptGroup> kept,
        CancellationToken cancellationToken
    ) =>
        Query<(int, long, double)>(
            CountingSql.KeepLevel(length),
            new
            {
                parents = kept.Select(group => group.Parent).ToArray(),
                steps = kept.Select(group => group.Step).ToArray(),
                nodes = kept.Select(group => group.Node).ToArray(),
                texts = kept.Select(group => group.OverlappingText).ToArray(),
            },
            cancellationToken
        );

    /// <summary>Rows of one of the statements of <see cref="CountingSql"/>.</summary>
    public IReadOnlyList<T> Query<T>(string sql, object parameters, CancellationToken cancellationToken)
    {
        var all = new DynamicParameters(parameters);
        all.AddDynamicParams(_selection);
        return connection
            .QueryAsync<T>(new CommandDefinition(sql, all, cancellationToken: cancellationToken))
            .GetAwaiter()
            .GetResult()
            .AsList();
    }

    public void Dispose() => connection.Dispose();

    /// <summary>An instant as the column stores it.</summary>
    public DateTime Instant(long utcTicks) => CountingSql.Instant(table, utcTicks);

    private string[] Matching(string sql, Func<string, bool> isMatch, CancellationToken cancellationToken) =>
        [.. Query<string?>(sql, new { }, cancellationToken).OfType<string>().Where(isMatch)];
}

/// <summary>How often a sub-sequence is followed by a step, in one share or in all.</summary>
/// <param name="Parent">The sub-sequence's number.</param>
/// <param name="Step">The step's number.</param>
/// <param name="Raw">How often, overlapping occurrences included.</param>
/// <param name="Cases">In how many cases.</param>
/// <param name="Least">The lowest number of a step before it; -1 where a case starts.</param>
/// <param name="Greatest">The highest.</param>
internal readonly record struct CountedGroup(int Parent, int Step, long Raw, int Cases, int Least, int Greatest)
{
    /// <summary>The same in two shares together.</summary>
    public CountedGroup And(CountedGroup other) =>
        this with
        {
            Raw = Raw + other.Raw,
            Cases = Cases + other.Cases,
            Least = Math.Min(Least, other.Least),
            Greatest = Math.Max(Greatest, other.Greatest),
        };
}

/// <summary>A sub-sequence that recurs.</summary>
/// <param name="Parent">The number of all its steps but the last.</param>
/// <param name="Step">The number of its last step.</param>
/// <param name="Node">Its own number.</param>
/// <param name="OverlappingText">The sub-sequence itself, if two of its occurrences can overlap; else empty.</param>
internal readonly record struct KeptGroup(int Parent, int Step, int Node, string OverlappingText);
