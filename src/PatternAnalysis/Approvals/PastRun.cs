namespace PatternAnalysis;

/// <summary>A run that was saved, as the store remembers it.</summary>
public sealed record PastRun
{
    /// <summary>Its number in <c>pattern_runs</c>.</summary>
    public required long RunId { get; init; }

    /// <summary>When it started, in UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The window that it looked at.</summary>
    public required TimeWindow Window { get; init; }

    /// <summary>
    /// The options that it was made with, as <see cref="Options.StoredOptions"/> writes them; null for a run of before they were kept.
    /// </summary>
    public string? Options { get; init; }

    /// <summary>How many sessions had a step.</summary>
    public int SessionCount { get; init; }

    /// <summary>How many events lay in the window, left-out ones included.</summary>
    public long EventCount { get; init; }

    /// <summary>How many patterns it found.</summary>
    public int PatternsFound { get; init; }

    /// <summary>How many of them the policy approved.</summary>
    public int AutoApproved { get; init; }

    /// <summary>How many of them waited for a human.</summary>
    public int Pending { get; init; }

    /// <summary>How many of them the policy rejected.</summary>
    public int AutoRejected { get; init; }

    /// <summary>The overlap-free savings of all its patterns, in US dollars.</summary>
    public decimal TotalSavings { get; init; }
}
