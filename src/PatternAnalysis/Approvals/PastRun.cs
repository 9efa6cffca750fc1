using System.Globalization;

namespace PatternAnalysis;

/// <summary>A run, as the store remembers it.</summary>
public sealed record PastRun
{
    /// <summary>Its number in <c>pattern_runs</c>.</summary>
    public required long RunId { get; init; }

    /// <summary>What it did.</summary>
    public RunKind Kind { get; init; }

    /// <summary>How it ended.</summary>
    public RunOutcome Outcome { get; init; }

    /// <summary>Why it failed, without secrets and without what a terminal obeys; null when it came to its end.</summary>
    public string? Error
    {
        get;
        init => field = value is null ? null : InvisibleText.Escape(value, allowLines: true);
    }

    /// <summary>When it started, in UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended, in UTC; to the second, as <see cref="StartedAt"/>.</summary>
    public DateTimeOffset FinishedAt { get; init; }

    /// <summary>The window that it looked at.</summary>
    public required TimeWindow Window { get; init; }

    /// <summary>
    /// The options that it was made with, as <see cref="Options.StoredOptions"/> writes them; null for a run of before they were kept.
    /// </summary>
    public string? Options { get; init; }

    /// <summary>How many sessions had a step; of an import, how many sessions its files hold.</summary>
    public int SessionCount { get; init; }

    /// <summary>How many events lay in the window, left-out ones included; of an import, how many it stored.</summary>
    public long EventCount { get; init; }

    /// <summary>How many patterns it found; of a measurement of effects, how many it measured.</summary>
    public int PatternsFound { get; init; }

    /// <summary>How many of them the policy approved.</summary>
    public int AutoApproved { get; init; }

    /// <summary>How many of them waited for a human.</summary>
    public int Pending { get; init; }

    /// <summary>How many of them the policy rejected.</summary>
    public int AutoRejected { get; init; }

    /// <summary>The overlap-free savings of all its patterns, in US dollars: the specification's estimate.</summary>
    public decimal TotalSavings { get; init; }

    /// <summary>What the sessions that it measured had spent and what of that could go; null where that was not measured.</summary>
    public RunMoney? Money { get; init; }

    /// <summary>Where the turns of models went, by what their steps are to an automation; empty where that was not measured.</summary>
    public ClassSpending[] SpentByClass { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Kind} {RunId}, {StartedAt.UtcDateTime:yyyy-MM-dd HH:mm}Z: {Outcome}");
}
