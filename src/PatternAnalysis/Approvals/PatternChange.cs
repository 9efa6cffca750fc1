namespace PatternAnalysis.Approvals;

/// <summary>What saving changes of one pattern.</summary>
/// <param name="Kind">Whether the pattern is new, updated, or stays as it is.</param>
/// <param name="Row">The row as it is afterwards.</param>
/// <param name="Evidence">The statistics that its confidence comes from.</param>
/// <param name="Sightings">The sightings that are added or changed.</param>
/// <param name="PreviousStatus">The state before, when the policy changes it.</param>
/// <param name="Flag">What changed of it that a person decided on, if that matters.</param>
/// <param name="Baseline">What later changes are measured against, if that changes.</param>
internal sealed record PatternChange(
    PatternChangeKind Kind,
    PatternApproval Row,
    PatternEvidence Evidence,
    IReadOnlyDictionary<string, PatternSighting> Sightings,
    string? PreviousStatus,
    string? Flag,
    ReviewBaseline? Baseline
)
{
    /// <summary>
    /// The worth whose steps are to be written with the worth that <see cref="Row"/> holds; null where they are not. They are
    /// described when somebody writes them.
    /// </summary>
    public PatternWorth? Worth { get; init; }
}

/// <summary>What saving does to a stored pattern.</summary>
public enum PatternChangeKind
{
    /// <summary>It was not stored before.</summary>
    New,

    /// <summary>Its evidence or its state changed.</summary>
    Updated,

    /// <summary>Nothing changed.</summary>
    Unchanged,
}
