using System.Globalization;

namespace PatternAnalysis.Approvals;

/// <summary>What saving a run changed, or would change.</summary>
/// <param name="RunId">The run's number, or null when nothing was saved.</param>
/// <param name="Saved">Every pattern that has a row, with what happened to it.</param>
/// <param name="NotStored">How many patterns got no row: they are too likely a coincidence and not among the most valuable of those, or a
/// person decided on them under another name.</param>
public sealed record SaveResult(long? RunId, IReadOnlyList<SavedPattern> Saved, int NotStored)
{
    /// <summary>Those without a row because a person's decision under another name covers them.</summary>
    public IReadOnlyList<CoveredPattern> Covered { get; init; } = [];

    /// <summary>Stored patterns that this run ended: it does not find them, and too few sessions of its horizon hold them.</summary>
    public IReadOnlyList<PatternApproval> Ended { get; init; } = [];

    /// <summary>How many patterns something happened to.</summary>
    public int Count(PatternChangeKind kind) => Saved.Count(pattern => pattern.Change == kind);

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Count(PatternChangeKind.New)} new, {Count(PatternChangeKind.Updated)} updated, {NotStored} not stored"
        );
}

/// <summary>A stored pattern and what saving did to it.</summary>
/// <param name="Approval">The row as it is now.</param>
/// <param name="Change">What happened to it.</param>
public sealed record SavedPattern(PatternApproval Approval, PatternChangeKind Change)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Change}: {Approval.ToolSequence}");
}
