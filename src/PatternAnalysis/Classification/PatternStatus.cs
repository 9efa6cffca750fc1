namespace PatternAnalysis;

/// <summary>The states of a pattern, as they are stored.</summary>
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

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Pending, Approved, Rejected, AutoApproved, AutoRejected];

    /// <summary>A state as it is stored; case does not matter.</summary>
    /// <exception cref="PatternAnalysisException"><c>InvalidStatus</c>: there is no such state.</exception>
    public static string Parse(string status) =>
        All.FirstOrDefault(known => known.Equals(status, StringComparison.OrdinalIgnoreCase))
        ?? throw new PatternAnalysisException(
            ErrorCatalogue.InvalidStatus,
            $"There is no status '{status}'. A pattern is one of: {string.Join(", ", All)}."
        );

    /// <summary>Whether a human decided; no run changes such a state.</summary>
    public static bool IsHuman(string status) => status is Approved or Rejected;
}
