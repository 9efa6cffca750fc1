namespace PatternAnalysis.Import;

/// <summary>How events are imported.</summary>
public sealed record ImportOptions
{
    /// <summary>How much of a tool's input is stored.</summary>
    public PayloadMode PayloadMode { get; init; } = PayloadMode.Command;

    /// <summary>Whether nothing is written, and the result says what would be.</summary>
    public bool DryRun { get; init; }

    /// <summary>Whether all of all files is read, also of those that were imported before and are unchanged.</summary>
    public bool ReadsAll { get; init; }

    /// <summary>How many threads read at most.</summary>
    public int MaximumThreads { get; init; } = Math.Min(Environment.ProcessorCount, 8);

    /// <summary>The format that was asked for, if one was.</summary>
    public IEventFormat? Format { get; init; }

    /// <summary>What reads, and how: what another build read, or in another way, is read again.</summary>
    internal string Reader => $"{typeof(ImportOptions).Module.ModuleVersionId:N} {PayloadMode} {Format?.Name}";

    /// <summary>Tells what time it is; events of the future are not believed.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
