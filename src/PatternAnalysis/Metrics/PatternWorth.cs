using System.Globalization;
using PatternAnalysis.Metrics;

namespace PatternAnalysis;

/// <summary>What a pattern is worth: which turns of a model could go, what those cost, and what can be made of it.</summary>
/// <remarks>Not what automating it will save: what was spent on turns that need no model.</remarks>
public sealed class PatternWorth
{
    private readonly Lazy<StepWorth[]> _steps;
    private readonly (double Low, double High)? _interval;
    private int _rank;

    internal PatternWorth(Func<StepWorth[]> describe, (double Low, double High)? interval = null)
    {
        _steps = new Lazy<StepWorth[]>(describe);
        _interval = interval;
    }

    /// <summary>What can be made of it.</summary>
    public required WorthKind Kind { get; init; }

    /// <summary>Its place among the patterns that it was appraised with, from 1; parts come after all others.</summary>
    public int Rank
    {
        get => _rank;
        init => _rank = value;
    }

    /// <summary>
    /// The id of the pattern that it is part of: one that takes nearly all that it could save, or runs the same programs.
    /// </summary>
    public string? PartOf { get; init; }

    /// <summary>How many turns of a model could go, in all occurrences; a turn that asks for other calls as well counts in part.</summary>
    public double SavedTurns { get; init; }

    /// <summary>In which share of the occurrences a turn could go, from 0 to 1.</summary>
    public double HitShare { get; init; }

    /// <summary>What those turns cost, in US dollars.</summary>
    public double SavedUsd { get; init; }

    /// <summary>The time from the end of the step before to the start of each of those turns' calls.</summary>
    public TimeSpan SavedWait { get; init; }

    /// <summary>
    /// What of <see cref="SavedUsd"/> no pattern ranked before it could save as well, in US dollars. These add up over patterns.
    /// </summary>
    public double MarginalUsd { get; init; }

    /// <summary>The turns of <see cref="MarginalUsd"/>. These add up over patterns.</summary>
    public double MarginalTurns { get; init; }

    /// <summary>The tokens of those turns. These add up over patterns.</summary>
    public double MarginalTokens { get; init; }

    /// <summary>The time from the end of the step before to the start of each of those turns' calls. These add up over patterns.</summary>
    public TimeSpan MarginalWait { get; init; }

    /// <summary>The worth, in US dollars: <see cref="SavedUsd"/> x <see cref="HitShare"/>.</summary>
    public double WorthUsd => SavedUsd * HitShare;

    /// <summary>The same for 30 days, in US dollars; null when the steps have no times.</summary>
    public double? WorthUsdPer30Days { get; init; }

    /// <summary>
    /// The lower end of the 95 % interval of each figure of what is saved, as a multiple of it, had other sessions of the same kind been
    /// seen; null when nothing is saved.
    /// </summary>
    public double? IntervalLow => _interval?.Low;

    /// <summary>The upper end of the interval, likewise.</summary>
    public double? IntervalHigh => _interval?.High;

    /// <summary>
    /// What all turns cost of which it is known, in US dollars: nothing that is saved is more; null where nothing is known.
    /// </summary>
    internal double? MostUsd { get; init; }

    /// <summary>Whether nothing says what the turns used, so that an assumed cost stands for them.</summary>
    public bool IsAssumed { get; init; }

    /// <summary>Of a single step, where a hook could run it, and how often it stands there; empty for longer patterns.</summary>
    public ConditionCount[] Conditions { get; init; } = [];

    /// <summary>What a hook would run in vain; null when no hook is to be made of it.</summary>
    public NeedlessRuns? NeedlessRuns { get; init; }

    /// <summary>
    /// In which share of its calls a single step failed, from 0 to 1; null for longer patterns, and when that is not known.
    /// </summary>
    public double? FailureShare { get; init; }

    /// <summary>What automates it already; null when nothing is known that does.</summary>
    public RoutineCoverage? CoveredBy { get; private set; }

    /// <summary>What stays and what varies in each step.</summary>
    public StepWorth[] Steps => _steps.Value;

    /// <summary>The appraisal that it comes from; null of a copy that does not tell.</summary>
    internal Appraisal? Appraisal { get; private set; }

    /// <summary>The same, as it came out of an appraisal.</summary>
    internal PatternWorth In(Appraisal? appraisal) => Copy(copy => copy.Appraisal = appraisal);

    /// <summary>The same, covered by something.</summary>
    internal PatternWorth Covered(RoutineCoverage coverage) => Copy(copy => copy.CoveredBy = coverage);

    /// <summary>The same at another place.</summary>
    internal PatternWorth Ranked(int rank) => Copy(copy => copy._rank = rank);

    private PatternWorth Copy(Action<PatternWorth> change)
    {
        var copy = (PatternWorth)MemberwiseClone();
        change(copy);
        return copy;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Kind}, rank {Rank}, {SavedTurns:0.#} turns, ${SavedUsd:0.00}");
}

/// <summary>What stays and what varies in a step of a pattern.</summary>
/// <param name="Activity">Its name.</param>
/// <param name="Class">What it is in most occurrences.</param>
/// <param name="Template">Its most frequent text or form, masked; null when it has none.</param>
/// <param name="Share">In which share of the occurrences it is that, from 0 to 1.</param>
/// <param name="Examples">The most frequent texts, masked; at most three.</param>
public sealed record StepWorth(string Activity, StepClass Class, string? Template, double Share, string[] Examples)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Activity}: {Template ?? "nothing stays"}");
}
