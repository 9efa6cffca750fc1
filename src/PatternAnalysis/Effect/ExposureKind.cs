namespace PatternAnalysis.Effect;

/// <summary>
/// What a rate counts against. Days say little: a week without work would look like a success, so occurrences are counted per piece of
/// work.
/// </summary>
public enum ExposureKind
{
    /// <summary>Calls that change a file.</summary>
    Edit,

    /// <summary>Prompts of the user.</summary>
    Prompt,

    /// <summary>Tool calls of any kind.</summary>
    Call,
}
