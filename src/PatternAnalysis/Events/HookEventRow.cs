namespace PatternAnalysis.Events;

/// <summary>
/// One stored hook event, as UTF-8 that is valid only while the row is handed over. An empty span stands for a missing value.
/// </summary>
public readonly ref struct HookEventRow
{
    /// <summary>The session that the event belongs to.</summary>
    public ReadOnlySpan<byte> SessionId { get; init; }

    /// <summary>What happened, for example <c>PreToolUse</c>.</summary>
    public ReadOnlySpan<byte> EventType { get; init; }

    /// <summary>The tool's name.</summary>
    public ReadOnlySpan<byte> ToolName { get; init; }

    /// <summary>The application that sent the event; read only when <see cref="EventQuery.SourceAppFilter"/> is set.</summary>
    public ReadOnlySpan<byte> SourceApp { get; init; }

    /// <summary>The event's JSON; read only when <see cref="EventQuery.ReadsPayload"/> is set.</summary>
    public ReadOnlySpan<byte> Payload { get; init; }

    /// <summary>When it happened, in UTC ticks, or null when the stored timestamp could not be read.</summary>
    public long? UtcTicks { get; init; }

    /// <summary>The row's place in the order of insertion; decides between equal timestamps.</summary>
    public long InsertionId { get; init; }
}
