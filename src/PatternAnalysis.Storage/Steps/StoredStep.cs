namespace PatternAnalysis.Storage.Steps;

/// <summary>What is kept of an event, with the ids of what it stands for; 0 for an id or a hash that it has none of.</summary>
/// <param name="Event">The number of its row.</param>
/// <param name="Type">The number of its type.</param>
/// <param name="UtcTicks">When it happened; null when its time can't be read.</param>
/// <param name="Session">The hash of its session; 0 where a store does not need it.</param>
/// <param name="Source">The id of its source.</param>
/// <param name="Facts">The id of its facts.</param>
/// <param name="Verdict">The id of its verdict.</param>
/// <param name="Call">The hash of its session and call.</param>
/// <param name="Message">The hash of the model's message.</param>
/// <param name="Milliseconds">How long the call took; negative when the event does not say.</param>
/// <param name="Error">What the error of a call that failed begins with, masked; null for none.</param>
internal readonly record struct StoredStep(
    long Event,
    int Type,
    long? UtcTicks,
    long Session,
    long Source,
    long Facts,
    long Verdict,
    ulong Call,
    ulong Message,
    long Milliseconds,
    string? Error
);
