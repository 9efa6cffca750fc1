using PatternAnalysis.Masking;

namespace PatternAnalysis.Approvals;

/// <summary>A human's decision on a pattern.</summary>
/// <param name="PatternId">The pattern.</param>
/// <param name="Status"><see cref="PatternStatus.Approved"/> or <see cref="PatternStatus.Rejected"/>.</param>
/// <param name="Reviewer">Who decided.</param>
/// <param name="Notes">Why; a rejection needs it. Kept masked.</param>
public sealed record ReviewDecision(string PatternId, string Status, string Reviewer, string? Notes)
{
    /// <summary>Why, masked.</summary>
    public string? Notes { get; } = Notes is null ? null : SecretMasker.Mask(Notes);
}
