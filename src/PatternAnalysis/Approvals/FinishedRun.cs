using PatternAnalysis.Masking;

namespace PatternAnalysis.Approvals;

/// <summary>A run that saves no patterns, when it has ended.</summary>
/// <param name="Kind">What it did.</param>
/// <param name="StartedAt">When it started.</param>
public sealed record FinishedRun(RunKind Kind, DateTimeOffset StartedAt)
{
    /// <summary>How many sessions it came across.</summary>
    public int SessionCount { get; init; }

    /// <summary>How many events it stored or read.</summary>
    public long EventCount { get; init; }

    /// <summary>How many patterns it looked at.</summary>
    public int PatternCount { get; init; }

    /// <summary>Why it failed, without secrets; null when it came to its end.</summary>
    public string? Error { get; init; }

    /// <summary>The same run, failed.</summary>
    public FinishedRun Failed(Exception error) => this with { Error = SecretMasker.Mask(error.Message) };
}
