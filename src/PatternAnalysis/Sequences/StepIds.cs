namespace PatternAnalysis.Sequences;

/// <summary>
/// What a step's payload says around it. Many stores have none of it, so it lies apart from the steps; ids only as hashes.
/// </summary>
internal struct StepIds
{
    /// <summary>The hash of the call's id; 0 for none.</summary>
    public ulong Call;

    /// <summary>The hash of the message that asked for the call; 0 for none.</summary>
    public ulong Message;

    /// <summary>The number of the prompt that the call serves; -1 for none.</summary>
    public int Prompt;

    /// <summary>How many further events told of the call.</summary>
    public int FurtherEvents;

    /// <summary>How the call ended.</summary>
    public CallEnd End;

    /// <summary>FNV-1a of 64 bits: the same in every process, so that a chance collision at least is no riddle. 0 only for no id.</summary>
    public static ulong Hash(ReadOnlySpan<byte> id)
    {
        if (id.IsEmpty)
            return 0;

        var hash = 14695981039346656037;
        foreach (var item in id)
            hash = (hash ^ item) * 1099511628211;
        return hash == 0 ? 1 : hash;
    }
}
