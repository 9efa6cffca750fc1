using PatternAnalysis.Danger;

namespace PatternAnalysis.Mining;

/// <summary>What the engine that found a pattern knows of it.</summary>
internal abstract class PatternPlace
{
    /// <summary>The pattern's number among all sub-sequences that its engine keeps.</summary>
    public abstract int Node { get; }

    /// <summary>The numbers of its activities, in order.</summary>
    public abstract ReadOnlySpan<int> StepNumbers { get; }

    /// <summary>How many steps the pattern has.</summary>
    public abstract int Length { get; }

    /// <summary>In how many sessions it occurs.</summary>
    public abstract int SessionCount { get; }

    /// <summary>How often it occurs, counted from left to right without overlap.</summary>
    public abstract int OccurrenceCount { get; }

    /// <summary>How often it occurs, overlapping occurrences included.</summary>
    public abstract int RawCount { get; }

    /// <summary>The activities, in order.</summary>
    public abstract IReadOnlyList<string> Steps { get; }

    /// <summary>Where it first occurs among the steps of the run's corpus; -1 when they stayed in their store.</summary>
    public virtual int FirstPosition => -1;

    /// <summary>The sequences that hold it.</summary>
    public abstract SessionSighting[] SeenIn { get; }

    /// <summary>
    /// The worst verdict over all occurrences, overlapping ones included; of equals the first in the order of the sessions.
    /// </summary>
    public abstract DangerVerdict Danger { get; }

    /// <summary>How many occurrences are safe, unknown and destructive, and which are the worst.</summary>
    public abstract OccurrenceDanger Occurrences { get; }

    /// <summary>How often its first steps, or its last, occur, overlapping occurrences included.</summary>
    public abstract int RawCountOfEnd(int length, bool last);

    /// <summary>The node of its first steps.</summary>
    public abstract int PrefixNode(int length);

    /// <summary>The nodes of its parts that occur at most so often, overlapping occurrences included; itself among them.</summary>
    public abstract IEnumerable<int> Parts(double mostOften);

    /// <summary>
    /// The sequences of the run's corpus that hold it, one after the other and without memory of their own; none when they stayed in
    /// their store.
    /// </summary>
    public virtual SightingReader Read() => default;

    /// <summary>How many occurrences in a session start before or after a time, in UTC ticks.</summary>
    public abstract int CountOutside(string sessionId, long earliest, long latest);
}

/// <summary>
/// How often a sequence holds a pattern, counted from left to right without overlap, and which part of its session was looked at.
/// </summary>
/// <param name="SessionId">The session.</param>
/// <param name="Count">The occurrences.</param>
/// <param name="ObservedFrom">The first step of the sequence, in UTC ticks to the millisecond; 0 when steps have no times.</param>
/// <param name="ObservedTo">The last step, likewise.</param>
public readonly record struct SessionSighting(string SessionId, int Count, long ObservedFrom, long ObservedTo);
