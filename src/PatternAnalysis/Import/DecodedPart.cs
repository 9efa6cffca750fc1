using PatternAnalysis.Events;

namespace PatternAnalysis.Import;

/// <summary>A part of what a file holds, as rows.</summary>
internal sealed class DecodedPart
{
    private const int EnoughEvents = 256;
    private const int EnoughCharacters = 1 << 17;

    private int _characters;

    public List<(NewHookEvent Record, long Place)> Events { get; } = [];

    public List<MessageUsage> Messages { get; } = [];

    public List<CallResult> Results { get; } = [];

    public List<(string Reason, long Place, string? Detail)> Skipped { get; } = [];

    /// <summary>How many of the events have no time of their own.</summary>
    public int UndatedCount { get; set; }

    /// <summary>How far the file was read, in bytes.</summary>
    public long BytesRead { get; set; }

    /// <summary>How the file was read; set in the last part only.</summary>
    public FileReading? End { get; set; }

    /// <summary>Whether it is large enough to be handed over.</summary>
    public bool IsFull => _characters > EnoughCharacters || Events.Count + Messages.Count + Results.Count + Skipped.Count >= EnoughEvents;

    public void Add(NewHookEvent record, long place)
    {
        Events.Add((record, place));
        _characters += record.Payload.Length;
    }
}
