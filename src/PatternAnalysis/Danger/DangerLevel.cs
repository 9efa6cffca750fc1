namespace PatternAnalysis.Danger;

/// <summary>How dangerous a step is to repeat without a person looking; ordered, the worst decides.</summary>
public enum DangerLevel
{
    /// <summary>Known to change nothing that cannot be had again.</summary>
    Safe,

    /// <summary>Nobody has said what it does, or it cannot be read from the text. Never automated without a person.</summary>
    Unknown,

    /// <summary>Deletes, overwrites, publishes or stops something.</summary>
    Destructive,
}
