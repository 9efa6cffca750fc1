namespace PatternAnalysis;

/// <summary>What became of a tool call. Calls that were refused are no steps; <see cref="EventReading.RefusedCall"/> counts them.</summary>
public enum CallOutcome
{
    /// <summary>
    /// Nothing tells: the payloads were not read, the call has no <c>tool_use_id</c>, or its store keeps no ends of calls.
    /// </summary>
    Unknown,

    /// <summary>It ended well.</summary>
    Ok,

    /// <summary>It ended with an error.</summary>
    Failed,

    /// <summary>It started and its end never came, or lies outside the window, while other calls of its session have one.</summary>
    Orphan,
}
