using System.Globalization;

namespace PatternAnalysis.Storage;

/// <summary>What making the index, and deriving the steps, came to.</summary>
/// <param name="Database">The database.</param>
/// <param name="IndexName">The index.</param>
/// <param name="Created">Whether it was made now; false when it was there.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record EventIndexResult(string Database, string IndexName, bool Created, TimeSpan Elapsed)
{
    /// <summary>How many events were derived.</summary>
    public long DerivedCount { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(Created ? "Made" : "Found")} {IndexName} in {Database}; derived {DerivedCount:N0} events"
        );
}
