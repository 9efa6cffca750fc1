using PatternAnalysis.Danger;
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
    public string? Notes { get; } = Notes is null ? null : InvisibleText.Replace(SecretMasker.Mask(Notes), allowLines: true);

    /// <summary>What the reviewer was shown. Null when nothing was: such a decision never replaces another human's.</summary>
    public ShownState? Shown { get; init; }

    /// <summary>
    /// What takes its place, as wildcards of activities: a command, a skill, a slash command. Runs that save measure from then on what
    /// becomes of the pattern; none says nothing.
    /// </summary>
    public IReadOnlyList<string> AdoptedAs { get; init; } = [];

    /// <summary>
    /// Whether it holds for the pattern's parts too: those that wait or that the policy approved, and those that were decided with the
    /// pattern before. What a person decided by itself stays; a destructive part is never approved with its pattern.
    /// </summary>
    public bool WithParts { get; init; } = true;

    /// <summary>The same decision on a part.</summary>
    /// <param name="part">The part.</param>
    internal ReviewDecision On(PatternApproval part) =>
        new(part.PatternId, Status, Reviewer, $"With {PatternId}, which it is part of{(Notes is null ? "." : $": {Notes}")}")
        {
            WithParts = false,
        };

    /// <summary>Whether a decision on a pattern may be one on this part of it.</summary>
    /// <param name="part">The part.</param>
    /// <param name="decidedWith">The pattern that it was decided with, if it was.</param>
    internal bool HoldsFor(PatternApproval part, string? decidedWith) =>
        (Status != PatternStatus.Approved || part.DangerLevel is not DangerLevel.Destructive)
        && (PatternStatus.IsHuman(part.Status) ? decidedWith == PatternId : !PatternStatus.IsRejected(part.Status));

    /// <summary>Makes sure that the decision is one.</summary>
    /// <exception cref="PatternAnalysisException"><c>InvalidDecision</c>, <c>ReviewerMissing</c> or <c>ReasonMissing</c>.</exception>
    internal void Validate()
    {
        if (!PatternStatus.IsHuman(Status))
        {
            throw new PatternAnalysisException(
                ErrorCatalogue.InvalidDecision,
                $"A person's decision is '{PatternStatus.Approved}' or '{PatternStatus.Rejected}', not '{Status}'."
            );
        }

        if (string.IsNullOrWhiteSpace(Reviewer))
            throw new PatternAnalysisException(ErrorCatalogue.ReviewerMissing, "A decision needs the name of the person who makes it.");
        if (Status == PatternStatus.Rejected && string.IsNullOrWhiteSpace(Notes))
            throw new PatternAnalysisException(
                ErrorCatalogue.ReasonMissing,
                "A rejection needs a reason: whoever meets the pattern again must know why."
            );
    }

    /// <summary>Makes sure that the stored pattern is still the one that the reviewer decided on.</summary>
    /// <exception cref="PatternAnalysisException"><c>PatternDecidedMeanwhile</c> or <c>PatternChangedMeanwhile</c>; nothing is to be
    /// written then.</exception>
    internal void RequireCurrent(PatternApproval stored)
    {
        if (Shown is null ? !PatternStatus.IsHuman(stored.Status) : Shown == ShownState.Of(stored))
            return;

        if (PatternStatus.IsHuman(stored.Status))
        {
            throw new PatternAnalysisException(
                ErrorCatalogue.PatternDecidedMeanwhile,
                $"Pattern '{PatternId}' is {stored.Status} by "
                    + $"{stored.ReviewedBy ?? "somebody"}{(stored.ReviewedAt is { } at ? $" since {at:yyyy-MM-dd HH:mm:ss}Z" : "")}"
                    + $"{(stored.ApprovalNotes is { } notes ? $": {notes}" : "")}. Nothing "
                    + $"was changed. Look at it again, and decide on what is there now."
            );
        }

        throw new PatternAnalysisException(
            ErrorCatalogue.PatternChangedMeanwhile,
            $"Pattern '{PatternId}' changed since it was shown: it is {stored.Status}, "
                + $"and its numbers may be others. Nothing was changed. Look at it again."
        );
    }
}

/// <summary>Which state of a pattern a reviewer was shown; two that are equal are the same state.</summary>
/// <param name="Status">Its status.</param>
/// <param name="UpdatedAt">When it was last changed, to the second.</param>
public sealed record ShownState(string Status, DateTimeOffset? UpdatedAt)
{
    /// <summary>The state of a pattern.</summary>
    public static ShownState Of(PatternApproval pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);

        // Stores keep seconds; a row that was just written still has the fraction.
        var updated = pattern.UpdatedAt?.ToUniversalTime();
        return new ShownState(pattern.Status, updated?.AddTicks(-(updated.Value.Ticks % TimeSpan.TicksPerSecond)));
    }
}
