namespace PatternAnalysis.Storage;

/// <summary>What masking the stored events came to.</summary>
/// <param name="Database">The database.</param>
/// <param name="EventCount">How many events were looked at.</param>
/// <param name="MaskedCount">How many of them held something to mask.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record EventProtectionResult(string Database, long EventCount, long MaskedCount, TimeSpan Elapsed);
