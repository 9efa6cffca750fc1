using PatternAnalysis.Events;

namespace PatternAnalysis.Import;

/// <summary>
/// Makes rows of the events of one file: checks them, gives them an id, and leaves out of their payload what is not to be stored.
/// </summary>
/// <param name="mode">How much of a tool's input is stored.</param>
/// <param name="undatedUtc">The time of an event that has none.</param>
/// <param name="nowUtc">Now; what is later than a day from it is not believed.</param>
public sealed class RecordBuilder(PayloadMode mode, DateTime undatedUtc, DateTime nowUtc)
{
    // A column of 255 characters is what the original's PostgreSQL schema has for names and ids.
    private const int LongestName = 255;

    private static readonly DateTime s_earliest = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly EventIdentity _identity = new();
    private readonly PayloadWriter _payload = new(mode, masks: mode != PayloadMode.Unmasked);

    /// <summary>Makes a row.</summary>
    /// <param name="hookEvent">The event.</param>
    /// <param name="record">The row, when the event can be one.</param>
    /// <returns>Null, or why it can't: one of <see cref="SkipReason"/>.</returns>
    public string? TryBuild(ImportedEvent hookEvent, out NewHookEvent? record)
    {
        ArgumentNullException.ThrowIfNull(hookEvent);
        record = null;
        if (Problem(hookEvent) is { } problem)
            return problem;

        record = new NewHookEvent(
            _identity.IdOf(hookEvent),
            PayloadWriter.WithoutNul(hookEvent.EventType),
            PayloadWriter.WithoutNul(hookEvent.SessionId),
            hookEvent.SourceApp is null ? null : PayloadWriter.WithoutNul(hookEvent.SourceApp),
            hookEvent.UtcTicks is { } ticks ? new DateTime(ticks, DateTimeKind.Utc) : undatedUtc,
            hookEvent.ToolName is null ? null : PayloadWriter.WithoutNul(hookEvent.ToolName),
            _payload.Write(hookEvent)
        );
        return null;
    }

    /// <summary>A message with its time; null when it can't be stored, for the reason that its events can't.</summary>
    public MessageUsage? Dated(MessageUsage usage)
    {
        ArgumentNullException.ThrowIfNull(usage);
        return CanBeStored(usage.SessionId, usage.MessageId, usage.Timestamp)
            ? usage with
            {
                SessionId = PayloadWriter.WithoutNul(usage.SessionId),
                MessageId = PayloadWriter.WithoutNul(usage.MessageId),
                Model = usage.Model is null ? null : PayloadWriter.WithoutNul(usage.Model),
                Timestamp = usage.Timestamp == default ? undatedUtc : usage.Timestamp,
            }
            : null;
    }

    /// <summary>The same for what is kept of an answer.</summary>
    public CallResult? Dated(CallResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return CanBeStored(result.SessionId, result.ToolUseId, result.Timestamp)
            ? result with
            {
                SessionId = PayloadWriter.WithoutNul(result.SessionId),
                ToolUseId = PayloadWriter.WithoutNul(result.ToolUseId),
                Timestamp = result.Timestamp == default ? undatedUtc : result.Timestamp,
            }
            : null;
    }

    private bool CanBeStored(string session, string id, DateTime timestamp) =>
        session.Length is > 0 and <= LongestName
        && id.Length is > 0 and <= LongestName
        && (timestamp == default || IsBelievable(timestamp.Ticks));

    private bool IsBelievable(long ticks) => ticks >= s_earliest.Ticks && ticks <= nowUtc.Ticks + TimeSpan.TicksPerDay;

    private string? Problem(ImportedEvent hookEvent)
    {
        if (hookEvent.SessionId.Length == 0)
            return SkipReason.NoSession;
        if (hookEvent.EventType.Length == 0)
            return SkipReason.NotAnEvent;

        // The end of a call needs no name: its start has it, and the id joins them.
        if (hookEvent.ToolName is null && hookEvent.IsToolEvent && (hookEvent.ToolUseId is null || hookEvent.StartsCall))
            return SkipReason.NoTool;
        if (
            Math.Max(hookEvent.SessionId.Length, hookEvent.EventType.Length) > LongestName
            || Math.Max(hookEvent.ToolName?.Length ?? 0, hookEvent.SourceApp?.Length ?? 0) > LongestName
        )
            return SkipReason.NameTooLong;

        return hookEvent.UtcTicks is { } ticks && !IsBelievable(ticks) ? SkipReason.TimestampOutOfRange : null;
    }
}
