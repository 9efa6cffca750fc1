namespace PatternAnalysis.Classification;

/// <summary>How many occurrences of a pattern are safe, unknown and destructive.</summary>
/// <param name="Safe">Nothing speaks against any of their steps.</param>
/// <param name="Unknown">The worst step is not known to be safe.</param>
/// <param name="Destructive">A step is destructive.</param>
public sealed record OccurrenceLevels(long Safe, long Unknown, long Destructive)
{
    /// <summary>In words, for people: <c>8 of 150 destructive, 40 unknown, 102 safe</c>.</summary>
    public override string ToString() =>
        FormattableString.Invariant(
            $"{Destructive:N0} of {Safe + Unknown + Destructive:N0} occurrences destructive, {Unknown:N0} unknown, {Safe:N0} safe"
        );
}
