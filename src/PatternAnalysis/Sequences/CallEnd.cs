using System.Text;
using PatternAnalysis.Events;

namespace PatternAnalysis.Sequences;

/// <summary>What is known of how a step's call ended. Eight bytes, because there are as many as steps.</summary>
internal readonly record struct CallEnd
{
    private const int OutcomeBits = 2;

    // The number of its error, and in the lowest bits its outcome.
    private readonly uint _errorAndOutcome;
    private readonly uint _milliseconds;

    /// <summary>Makes one.</summary>
    /// <param name="outcome">What became of the call.</param>
    /// <param name="milliseconds">How long it took, 49 days at most; negative when that is not known.</param>
    /// <param name="error">The number of its error among <see cref="ErrorLeads"/>; 0 for none that is known.</param>
    public CallEnd(CallOutcome outcome, long milliseconds, int error = 0)
    {
        _errorAndOutcome = (uint)error << OutcomeBits | (uint)outcome;
        Milliseconds = milliseconds;
    }

    /// <summary>What became of it.</summary>
    public CallOutcome Outcome => (CallOutcome)(_errorAndOutcome & ((1u << OutcomeBits) - 1));

    /// <summary>How long it took; negative when that is not known.</summary>
    public long Milliseconds
    {
        get => (long)_milliseconds - 1;
        init => _milliseconds = (uint)Math.Clamp(value + 1, 0, uint.MaxValue);
    }

    /// <summary>The number of its error among <see cref="ErrorLeads"/>; 0 for none that is known.</summary>
    public int Error => (int)(_errorAndOutcome >> OutcomeBits);

    /// <summary>The events that end a call that was made.</summary>
    public static IReadOnlyList<string> EventTypes { get; } =
    [HookEventType.PostToolUse, HookEventType.PostToolUseFailure, HookEventType.ToolResult];

    /// <summary>Nothing known.</summary>
    public static CallEnd Unknown { get; } = new(CallOutcome.Unknown, -1);

    /// <summary>What an event says of the call that it belongs to; unknown for one that ends none.</summary>
    public static CallOutcome OutcomeOf(ReadOnlySpan<byte> eventType) =>
        Ascii.Equals(eventType, HookEventType.PostToolUse) || Ascii.Equals(eventType, HookEventType.ToolResult) ? CallOutcome.Ok
        : Ascii.Equals(eventType, HookEventType.PostToolUseFailure) ? CallOutcome.Failed
        : CallOutcome.Unknown;

    /// <summary>The same with a time from start to end, in ticks, where the events say none.</summary>
    public CallEnd OrLasting(long ticks) =>
        Milliseconds >= 0 || ticks < 0 ? this : this with { Milliseconds = ticks / TimeSpan.TicksPerMillisecond };

    /// <summary>
    /// The same call with another one's end: several calls that became one step failed if one did, and took the time of all.
    /// </summary>
    public CallEnd And(CallEnd other) =>
        new(
            Outcome == CallOutcome.Failed || other.Outcome == CallOutcome.Failed ? CallOutcome.Failed
                : Outcome == other.Outcome ? Outcome
                : Outcome == CallOutcome.Orphan || other.Outcome == CallOutcome.Orphan ? CallOutcome.Orphan
                : CallOutcome.Unknown,
            Milliseconds < 0 || other.Milliseconds < 0 ? -1 : Milliseconds + other.Milliseconds,
            Error != 0 ? Error : other.Error
        );
}
