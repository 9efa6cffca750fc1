namespace PatternAnalysis.Sequences;

/// <summary>
/// What a step's payload says around it. Many stores have none of it, so it lies apart from the steps; ids only as hashes.
/// </summary>
internal struct StepIds
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;
    private const ulong Separator = 0x1F;
    private const int NotMadeBits = 2;
    private const uint NotMadeMask = (1 << NotMadeBits) - 1;

    /// <summary>The hash of the call's session and id; 0 for none.</summary>
    public ulong Call;

    /// <summary>The hash of the message that asked for the call; 0 for none.</summary>
    public ulong Message;

    /// <summary>The number of the prompt that the call serves; -1 for none.</summary>
    public int Prompt;

    /// <summary>How the call ended, as far as an event says so.</summary>
    public CallEnd End;

    // When an event of its own ended the call, in UTC ticks from 1; 0 for none.
    private long _ended;

    // The number of events, and in the lowest bits why the call was not made.
    private uint _furtherEventsAndNotMade;

    /// <summary>How many further events told of the call.</summary>
    public readonly int FurtherEvents => (int)(_furtherEventsAndNotMade >> NotMadeBits);

    /// <summary>Why the call was not made, if it was not.</summary>
    public NotMade NotMade
    {
        readonly get => (NotMade)(_furtherEventsAndNotMade & NotMadeMask);
        set => _furtherEventsAndNotMade = (_furtherEventsAndNotMade & ~NotMadeMask) | (uint)value;
    }

    /// <summary>When an event of its own ended the call, in UTC ticks; null for a call that none ended.</summary>
    public readonly long? EndTicks => _ended == 0 ? null : _ended - 1;

    /// <summary>Says that a further event told of the call.</summary>
    public void AddEvent() => _furtherEventsAndNotMade += NotMadeMask + 1;

    /// <summary>Joins an event that ended the call.</summary>
    public void Join(CallEnd end, long ticks) => (End, _ended) = (end, ticks + 1);

    /// <summary>Forgets that event.</summary>
    public void Disjoin() => (End, _ended) = (CallEnd.Unknown, 0);

    /// <summary>FNV-1a of 64 bits: the same in every process, so that a collision can be repeated. 0 only for no id.</summary>
    public static ulong Hash(ReadOnlySpan<byte> id)
    {
        if (id.IsEmpty)
            return 0;

        return NotZero(Add(Offset, id));
    }

    /// <summary>The hash of a call: many agents number their calls by session or by turn. 0 only for no id.</summary>
    public static ulong HashCall(ReadOnlySpan<byte> session, ReadOnlySpan<byte> id) =>
        id.IsEmpty ? 0 : NotZero(Add((Add(Offset, session) ^ Separator) * Prime, id));

    private static ulong Add(ulong hash, ReadOnlySpan<byte> text)
    {
        foreach (var item in text)
            hash = (hash ^ item) * Prime;
        return hash;
    }

    private static ulong NotZero(ulong hash) => hash == 0 ? 1 : hash;
}
