namespace PatternAnalysis.Approvals;

/// <summary>What became of approved patterns.</summary>
public interface IEffectStore
{
    /// <summary>The approved patterns that somebody said what took their place of, the latest to be approved first.</summary>
    IReadOnlyList<AdoptedPattern> Find();

    /// <summary>Keeps what a measurement came to, in the place of the one before.</summary>
    /// <param name="patternId">The pattern.</param>
    /// <param name="effect">The result, as JSON.</param>
    void Save(string patternId, string effect);

    /// <summary>Remembers that reviewers were told of a pattern, so that they are told once.</summary>
    void RememberTold(string patternId);
}
