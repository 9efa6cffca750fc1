namespace PatternAnalysis.Sequences;

/// <summary>
/// What was derived of one event, whatever it is asked for later, as a store keeps it: what it stands for by ids that are looked up in
/// <see cref="IDerivedTexts"/>. Its spans are valid during the call that hands it over.
/// </summary>
internal readonly ref struct DerivedStep
{
    /// <summary>The number of the event's row; decides between equal times.</summary>
    public long Event { get; init; }

    /// <summary>The number of its type: the place in <see cref="Events.HookEventType.All"/>, from 1.</summary>
    public int Type { get; init; }

    /// <summary>When it happened, in UTC ticks; null when its time could not be read.</summary>
    public long? UtcTicks { get; init; }

    /// <summary>The id of its source.</summary>
    public long Source { get; init; }

    /// <summary>The id of its facts; 0 for an event that names no tool.</summary>
    public long Facts { get; init; }

    /// <summary>The id of its verdict; 0 when nothing speaks against it.</summary>
    public long Verdict { get; init; }

    /// <summary>The hash of its session and call; 0 for none.</summary>
    public ulong Call { get; init; }

    /// <summary>The hash of the model's message; 0 for none.</summary>
    public ulong Message { get; init; }

    /// <summary>How long the call took; negative when the event does not say.</summary>
    public long Milliseconds { get; init; }

    /// <summary>What the error of a call that failed begins with; empty for none.</summary>
    public ReadOnlySpan<byte> Error { get; init; }
}

/// <summary>What the ids in derived steps stand for. Safe for any number of threads.</summary>
internal interface IDerivedTexts
{
    /// <summary>A source.</summary>
    StepSource SourceOf(long id);

    /// <summary>Facts of steps, masked.</summary>
    Activities.StepFacts FactsOf(long id);

    /// <summary>A verdict that is not just safe.</summary>
    JudgedStep VerdictOf(long id);
}

/// <summary>Takes events that were derived as well as those that were not, of one reading: each event once, in either form.</summary>
internal interface IDerivedStepSink : Events.IHookEventSink
{
    /// <summary>The rules that derived steps must have been made by; null when it takes none.</summary>
    StepRules? Rules { get; }

    /// <summary>Takes a step.</summary>
    void Add(in DerivedStep step, IDerivedTexts texts);
}
