namespace PatternAnalysis.Import;

/// <summary>How events are imported.</summary>
public sealed record ImportOptions
{
    /// <summary>How much of a tool's input is stored.</summary>
    public PayloadMode PayloadMode { get; init; } = PayloadMode.Command;

    /// <summary>Whether nothing is written, and the result says what would be.</summary>
    public bool DryRun { get; init; }

    /// <summary>Tells what time it is; events of the future are not believed.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
