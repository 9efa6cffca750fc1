using PatternAnalysis.Options;
using PatternAnalysis.Pricing;

namespace PatternAnalysis.Metrics;

/// <summary>What turns of a model cost, and what of them can go.</summary>
public sealed record WorthOptions
{
    /// <summary>The prices of tokens, by model.</summary>
    public PriceTable Prices { get; init; } = PriceTable.BuiltIn;

    /// <summary>The file that <see cref="Prices"/> comes from; null for the built-in table.</summary>
    [Option("PricePath", "A file of prices that replaces the built-in one (JSON).", IsPath = true)]
    public string? PricePath { get; init; }

    /// <summary>The folders of projects whose automations are looked at, beside those of the user; none looks at nothing.</summary>
    [Option("AutomationPath", "Folders of projects: routines that something there automates already come last.", IsPath = true)]
    public IReadOnlyList<string> AutomationPath { get; init; } = [];

    /// <summary>What exists already, as it was found in <see cref="AutomationPath"/>.</summary>
    public IReadOnlyList<ExistingAutomation> Automations { get; init; } = [];

    /// <summary>
    /// What a turn is taken to cost where nothing says what it used, in tokens of input at the table's default price. A measured mean; one
    /// turn in ten used less than 6,833, one in ten more than 18,701.
    /// </summary>
    [Option(
        "AssumedTurnTokens",
        "What a turn is taken to cost where nothing says what it used, in tokens of input.",
        Minimum = 0,
        Maximum = 1e9
    )]
    public double AssumedTurnTokens { get; init; } = 15_170;

    /// <summary>What an hour of waiting costs, in US dollars.</summary>
    [Option("WaitRate", "What an hour of waiting for the model costs, in US dollars.", Minimum = 0, Maximum = 1e9)]
    public double HourlyRate { get; init; } = 100;

    /// <summary>In how much of the time somebody waits, from 0 to 1. At 0 time is shown and not priced.</summary>
    [Option("AttendedShare", "In how much of the time somebody waits; at 0 waiting has no price.", Minimum = 0, Maximum = 1)]
    public double AttendedShare { get; init; }

    /// <summary>The longest time between two steps that counts as waiting, in seconds.</summary>
    public double MaximumWait { get; init; } = 300;

    /// <summary>What keeps less than this share of its own worth beside what was taken before it is part of that.</summary>
    [Option(
        "PartShare",
        "What keeps less than this share of its worth beside a pattern that is worth more is part of that.",
        Minimum = 0,
        Maximum = 1
    )]
    public double PartShare { get; init; } = 0.2;

    /// <summary>How many patterns are kept, those ranked first; 0 for all.</summary>
    [Option("Top", "Shows at most so many patterns, those worth the most beside each other; 0 for all.", Minimum = 0)]
    public int Top { get; init; }

    /// <summary>Patterns below this confidence are ranked behind the others and take nothing from them, from 0 to 1.</summary>
    public double MinimumConfidence { get; init; } = 0.95;

    /// <summary>Refuses options that are out of their range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is.</exception>
    public void Check()
    {
        ArgumentNullException.ThrowIfNull(Prices);
        ArgumentOutOfRangeException.ThrowIfNegative(AssumedTurnTokens);
        ArgumentOutOfRangeException.ThrowIfNegative(HourlyRate);
        ArgumentOutOfRangeException.ThrowIfNegative(MaximumWait);
        ArgumentOutOfRangeException.ThrowIfNegative(Top);
        CheckShare(AttendedShare);
        CheckShare(PartShare);
        CheckShare(MinimumConfidence);
    }

    private static void CheckShare(
        double value,
        [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(value))] string? name = null
    )
    {
        if (value is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(name, value, "A share lies between 0 and 1.");
    }
}
