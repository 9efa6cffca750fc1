using PatternAnalysis.Classification;

namespace PatternAnalysis;

/// <summary>The states of a pattern, once: their words, and what every other part of the product asks about them.</summary>
public static class PatternStatus
{
    /// <summary>Waits for a human decision.</summary>
    public const string Pending = "pending";

    /// <summary>Approved by a human.</summary>
    public const string Approved = "approved";

    /// <summary>Rejected by a human.</summary>
    public const string Rejected = "rejected";

    /// <summary>Approved by the policy.</summary>
    public const string AutoApproved = "auto-approved";

    /// <summary>Rejected by the policy.</summary>
    public const string AutoRejected = "auto-rejected";

    /// <summary>All of them, in the order in which they are listed.</summary>
    public static IReadOnlyList<StatusDefinition> Definitions { get; } =
    [
        new(Pending, "Waiting for review", StatusOutcome.Waiting),
        new(Approved, "Approved by a person", StatusOutcome.Approved, IsHuman: true),
        new(Rejected, "Rejected by a person", StatusOutcome.Rejected, IsHuman: true),
        new(AutoApproved, "Approved by policy", StatusOutcome.Approved),
        new(AutoRejected, "Rejected by policy", StatusOutcome.Rejected),
    ];

    /// <summary>The words of all of them.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Definitions.Select(status => status.Name)];

    /// <summary>A state as it is stored; case does not matter.</summary>
    /// <exception cref="PatternAnalysisException"><c>InvalidStatus</c>: there is no such state.</exception>
    public static string Parse(string status) =>
        All.FirstOrDefault(known => known.Equals(status, StringComparison.OrdinalIgnoreCase))
        ?? throw new PatternAnalysisException(
            ErrorCatalogue.InvalidStatus,
            $"There is no status '{status}'. A pattern is one of: {string.Join(", ", All)}."
        );

    /// <summary>Whether a human decided; no run changes such a state.</summary>
    public static bool IsHuman(string status) => Find(status) is { IsHuman: true };

    /// <summary>Whether a person has to decide.</summary>
    public static bool IsWaiting(string status) => Find(status)?.Outcome == StatusOutcome.Waiting;

    /// <summary>Whether a person, or the policy, approved it.</summary>
    public static bool IsApproved(string status) => Find(status)?.Outcome == StatusOutcome.Approved;

    /// <summary>Whether a person, or the policy, rejected it.</summary>
    public static bool IsRejected(string status) => Find(status)?.Outcome == StatusOutcome.Rejected;

    /// <summary>How a report heads the patterns in a state; the word itself when another program stored one that is none of ours.</summary>
    public static string TitleOf(string status) => Find(status)?.Title ?? status;

    private static StatusDefinition? Find(string status)
    {
        foreach (var known in Definitions)
        {
            if (known.Name == status)
                return known;
        }

        return null;
    }
}
