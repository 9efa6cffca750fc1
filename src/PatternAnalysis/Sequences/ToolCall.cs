using System.Globalization;
using PatternAnalysis.Danger;

namespace PatternAnalysis;

/// <summary>One step of a sequence, as a call.</summary>
/// <param name="Activity">What was done.</param>
/// <param name="StartedAt">When it started, in UTC, to the millisecond, if known.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Duration">How long it took, to the millisecond, if known: as the agent states it, else from its start to its end.</param>
public sealed record ToolCall(string Activity, DateTimeOffset? StartedAt, CallOutcome Outcome, TimeSpan? Duration)
{
    /// <summary>How dangerous it was, and by which rule; null in a sequence that was made by hand.</summary>
    public DangerVerdict? Danger { get; init; }

    /// <summary>
    /// The call in a line: <c>2026-01-31T09:30:00.000Z Ok 00:00:01.250 safe Bash(git status)</c>; a dash for what is not known.
    /// </summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{StartedAt?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) ?? "-"} "
                + $"{Outcome} {Duration?.ToString("c", CultureInfo.InvariantCulture) ?? "-"} {DangerText} {Activity}"
        );

    private string DangerText =>
        Danger is null ? "-"
        : Danger.RuleId is { } rule ? $"{Danger.Level.ToString().ToLowerInvariant()}[{rule}]"
        : Danger.Level.ToString().ToLowerInvariant();
}
