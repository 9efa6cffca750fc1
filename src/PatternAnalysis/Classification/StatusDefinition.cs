namespace PatternAnalysis.Classification;

/// <summary>What became of a pattern, whoever said so.</summary>
public enum StatusOutcome
{
    /// <summary>Nothing yet: a person has to decide.</summary>
    Waiting,

    /// <summary>It may be automated.</summary>
    Approved,

    /// <summary>It may not.</summary>
    Rejected,
}

/// <summary>A state of a pattern: all that others need to know of it.</summary>
/// <param name="Name">Its word, as it is stored, typed and shown.</param>
/// <param name="Title">How a report heads the patterns in it.</param>
/// <param name="Outcome">What became of the pattern.</param>
/// <param name="IsHuman">Whether a person decided; no run changes such a state.</param>
public sealed record StatusDefinition(string Name, string Title, StatusOutcome Outcome, bool IsHuman = false);
