namespace PatternAnalysis.Sequences;

/// <summary>The turns of the model that asked for calls: those of one message are one turn.</summary>
internal sealed class TurnTable
{
    // Up to the last turn that names a message: where none does, as of many hooks, there is nothing to keep.
    private readonly GrowingArray<ulong> _messages = new();
    private readonly Dictionary<ulong, int> _ofCase = [];
    private Dictionary<ulong, TurnUsage> _usage = [];

    /// <summary>How many turns there are; they are numbered from 0.</summary>
    public int Count { get; private set; }

    /// <summary>Whether anybody said of any message what it used.</summary>
    public bool HasUsage => _usage.Count > 0;

    /// <summary>What a turn's message used; null when nobody said.</summary>
    public TurnUsage? this[int turn] => _usage.GetValueOrDefault(MessageOf(turn));

    /// <summary>The key of a turn's message; 0 when it names none.</summary>
    public ulong MessageOf(int turn) => turn < _messages.Count ? _messages[turn] : 0;

    /// <summary>Starts the next case: a message of another one asks for nothing in it.</summary>
    public void StartCase() => _ofCase.Clear();

    /// <summary>The turn of a call.</summary>
    /// <param name="message">The key of its message; 0 for none, and so for a turn of its own.</param>
    public int Add(ulong message)
    {
        if (message == 0)
            return Count++;
        if (_ofCase.TryGetValue(message, out var turn))
            return turn;

        while (_messages.Count < Count)
            _messages.Add(0);
        _messages.Add(message);
        _ofCase.Add(message, Count);
        return Count++;
    }

    /// <summary>Says what messages used.</summary>
    public void Join(Dictionary<ulong, TurnUsage> usage) => _usage = usage;
}

/// <summary>What a message of a model used.</summary>
/// <param name="Model">The model's name, if it is known.</param>
/// <param name="Input">Tokens read, neither from a cache nor into one.</param>
/// <param name="CacheWrite">Tokens read and put into a cache.</param>
/// <param name="CacheRead">Tokens read from a cache.</param>
/// <param name="Output">Tokens written.</param>
/// <param name="Calls">How many calls it asked for.</param>
/// <param name="Prompt">The hash of the prompt that it serves; 0 for none.</param>
internal sealed record TurnUsage(string? Model, long Input, long CacheWrite, long CacheRead, long Output, int Calls, ulong Prompt);
