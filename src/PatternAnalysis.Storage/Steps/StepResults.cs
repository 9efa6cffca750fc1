using System.Globalization;

namespace PatternAnalysis.Storage.Steps;

/// <summary>How far deriving or checking steps is.</summary>
/// <param name="Done">How many events are done.</param>
/// <param name="Total">How many there are to do, as counted at the start.</param>
public readonly record struct StepProgress(long Done, long Total)
{
    /// <summary>The share that is done, from 0 to 100.</summary>
    public int Percent => Total <= 0 ? 100 : (int)Math.Min(100, Done * 100 / Total);
}

/// <summary>What deriving steps came to.</summary>
/// <param name="EventCount">How many events were derived.</param>
/// <param name="OtherRules">Rules that some were derived by before and that are not those asked for; null when there are none.</param>
public sealed record StepDerivationResult(long EventCount, string? OtherRules)
{
    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Derived the steps of {EventCount:N0} events{(OtherRules is null ? "" : $"; the rules were {OtherRules} before")}"
        );
}

/// <summary>How true the derived steps are.</summary>
public sealed record StepCheckResult
{
    /// <summary>The database.</summary>
    public required string Database { get; init; }

    /// <summary>The rules that steps are derived by now.</summary>
    public required string Rules { get; init; }

    /// <summary>Whether runs keep the tables: nobody took them away.</summary>
    public bool IsKept { get; init; } = true;

    /// <summary>How many events are derived by these rules; their steps were compared.</summary>
    public long DerivedCount { get; init; }

    /// <summary>How many events are not derived yet; runs read them themselves.</summary>
    public long UnderivedCount { get; init; }

    /// <summary>How many events were derived by other rules; runs read them themselves until one that saves derives them anew.</summary>
    public long StaleCount { get; init; }

    /// <summary>How many events have no step that should have one.</summary>
    public long MissingCount { get; init; }

    /// <summary>How many steps have no event: somebody removed it.</summary>
    public long SurplusCount { get; init; }

    /// <summary>How many steps are not what their event says: somebody changed one of them.</summary>
    public long ChangedCount { get; init; }

    /// <summary>How long the check took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Whether everything derived is what the events say.</summary>
    public bool IsTrue => MissingCount + SurplusCount + ChangedCount == 0;

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(IsTrue ? "True" : "Not true")}: {DerivedCount:N0} events derived, {UnderivedCount:N0} not yet, "
                + $"{StaleCount:N0} by other rules; "
                + $"{MissingCount:N0} steps missing, {SurplusCount:N0} without event, {ChangedCount:N0} changed"
        );
}
