namespace PatternAnalysis.Sequences;

/// <summary>
/// What a step's payload says of its call. Many stores have none of it, so it lies apart from the steps; 24 bytes, ids only as hashes.
/// </summary>
internal struct StepIds
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;
    private const ulong Separator = 0x1F;
    private const int NotMadeBits = 2;
    private const ulong NotMadeMask = (1 << NotMadeBits) - 1;

    /// <summary>The hash of the call's session and id; 0 for none.</summary>
    public ulong Call;

    /// <summary>How the call ended, as far as an event says so.</summary>
    public CallEnd End;

    // When an event of its own ended the call, in UTC ticks from 1, 0 for none; and in the lowest bits why the call was not made.
    private ulong _endedAndNotMade;

    /// <summary>Why the call was not made, if it was not.</summary>
    public NotMade NotMade
    {
        readonly get => (NotMade)(_endedAndNotMade & NotMadeMask);
        set => _endedAndNotMade = (_endedAndNotMade & ~NotMadeMask) | (ulong)value;
    }

    /// <summary>When an event of its own ended the call, in UTC ticks; null for a call that none ended.</summary>
    public readonly long? EndTicks => _endedAndNotMade >> NotMadeBits is > 0 and var ended ? (long)ended - 1 : null;

    /// <summary>Joins an event that ended the call.</summary>
    public void Join(CallEnd end, long ticks) =>
        (End, _endedAndNotMade) = (end, ((ulong)(ticks + 1) << NotMadeBits) | (_endedAndNotMade & NotMadeMask));

    /// <summary>Forgets that event.</summary>
    public void Disjoin() => (End, _endedAndNotMade) = (CallEnd.Unknown, _endedAndNotMade & NotMadeMask);

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
