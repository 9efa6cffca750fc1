namespace PatternAnalysis.Sequences;

/// <summary>
/// What a step's payload says around it. Many stores have none of it, so it lies apart from the steps; ids only as hashes.
/// </summary>
internal struct StepIds
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;
    private const ulong Separator = 0x1F;

    /// <summary>The hash of the call's session and id; 0 for none.</summary>
    public ulong Call;

    /// <summary>The hash of the message that asked for the call; 0 for none.</summary>
    public ulong Message;

    /// <summary>The number of the prompt that the call serves; -1 for none.</summary>
    public int Prompt;

    /// <summary>How many further events told of the call.</summary>
    public int FurtherEvents;

    /// <summary>How the call ended.</summary>
    public CallEnd End;

    /// <summary>Why the call was not made, if it was not.</summary>
    public NotMade NotMade;

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
