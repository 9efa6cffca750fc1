namespace PatternAnalysis.Sequences;

/// <summary>What is known around a step where its store says more than its call: most hooks name no message.</summary>
internal struct StepContext
{
    // From 1; 0 for none.
    private int _prompt;

    /// <summary>The hash of the message that asked for the call; 0 for none.</summary>
    public ulong Message;

    /// <summary>How many further events told of the call.</summary>
    public int FurtherEvents;

    /// <summary>The number of the prompt that the call serves; -1 for none.</summary>
    public int Prompt
    {
        readonly get => _prompt - 1;
        set => _prompt = value + 1;
    }
}
