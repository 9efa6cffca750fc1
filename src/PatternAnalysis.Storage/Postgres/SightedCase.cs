namespace PatternAnalysis.Storage.Postgres;

/// <summary>A case that holds patterns. It is told of once, and the patterns that it holds by its number.</summary>
/// <param name="Name">Its name.</param>
/// <param name="From">Its first step, as the server stores it.</param>
/// <param name="To">Its last step.</param>
/// <param name="Source">Whose steps they are.</param>
/// <param name="SourceFrom">The first step of any of these.</param>
internal sealed record SightedCase(string Name, DateTime From, DateTime To, string Source, DateTime SourceFrom)
{
    /// <summary>The sightings of some patterns in a share: pattern, case, and how often it holds the pattern.</summary>
    public static IEnumerable<(int Node, SightedCase Case, int Count)> Find(
        CountingShare share,
        object nodes,
        CancellationToken cancellationToken
    )
    {
        var cases = share
            .Query<(int Number, string Name, DateTime From, DateTime To, string Source, DateTime SourceFrom)>(
                CountingSql.SightedCases,
                nodes,
                cancellationToken
            )
            .ToDictionary(row => row.Number, row => new SightedCase(row.Name, row.From, row.To, row.Source, row.SourceFrom));
        return share
            .Query<(int Node, int[] Cases, int[] Counts)>(CountingSql.Sightings, nodes, cancellationToken)
            .SelectMany(row => row.Cases.Zip(row.Counts, (number, count) => (row.Node, cases[number], count)));
    }
}
