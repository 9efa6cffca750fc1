using System.Globalization;

namespace PatternAnalysis.Storage;

/// <summary>How far the masking of stored events is.</summary>
/// <param name="LookedAt">How many events were looked at.</param>
/// <param name="Total">How many there are to look at.</param>
public sealed record ProtectionProgress(long LookedAt, long Total)
{
    /// <summary>How much of the whole is done, from 0 to 99: the end is another message.</summary>
    public int Percent => Total == 0 ? 0 : (int)Math.Min(99, LookedAt * 100 / Total);
}

/// <summary>What masking the stored events came to.</summary>
/// <param name="Database">The database.</param>
/// <param name="EventCount">How many events were looked at.</param>
/// <param name="MaskedCount">How many of them held something to mask.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record EventProtectionResult(string Database, long EventCount, long MaskedCount, TimeSpan Elapsed)
{
    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"Masked {MaskedCount} of {EventCount} events in {Database}");
}
