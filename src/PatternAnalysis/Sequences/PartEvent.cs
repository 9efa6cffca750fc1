namespace PatternAnalysis.Sequences;

/// <summary>What an event is to a part, whether it was read or derived earlier.</summary>
internal readonly record struct PartEvent
{
    /// <summary>When it happened, in UTC ticks; null when that can't be read.</summary>
    public long? Ticks { get; init; }

    public long InsertionId { get; init; }

    public int Source { get; init; }

    public bool IsStep { get; init; }

    public NotMade NotMade { get; init; }

    public CallOutcome Outcome { get; init; }

    public ulong Call { get; init; }

    public ulong Message { get; init; }

    public bool HasPrompt { get; init; }

    public int Prompt { get; init; }

    public long Milliseconds { get; init; }

    public int Error { get; init; }

    public bool HasTool { get; init; }

    /// <summary>What it does; null when that is left out.</summary>
    public StepNumbers? Numbers { get; init; }

    public CallEnd End => new(Outcome, Milliseconds, Error);
}

/// <summary>The numbers of what a step does.</summary>
internal readonly record struct StepNumbers(int Facts, int Verdict);
