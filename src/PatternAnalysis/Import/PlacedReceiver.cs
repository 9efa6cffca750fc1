using PatternAnalysis.Events;

namespace PatternAnalysis.Import;

/// <summary>Knows the place of what is being decoded, where the decoder doesn't.</summary>
internal sealed class PlacedReceiver(IEventReceiver receiver) : IEventReceiver
{
    private bool _hasSkipped;

    /// <summary>The line, or the row, that is being decoded; 0 for the whole file.</summary>
    public long Place { get; set; }

    /// <summary>How many events there were so far.</summary>
    public long EventCount { get; set; }

    public void Add(ImportedEvent hookEvent, long place = 0)
    {
        EventCount++;
        receiver.Add(hookEvent, place > 0 ? place : Place);
    }

    public void Add(MessageUsage usage) => receiver.Add(usage);

    public void Add(CallResult result) => receiver.Add(result);

    public void Skip(string reason, long place = 0, string? detail = null)
    {
        _hasSkipped = true;
        receiver.Skip(reason, place > 0 ? place : Place, detail);
    }

    /// <summary>Whether something was left out since it was asked last.</summary>
    public bool TakeSkipped()
    {
        var has = _hasSkipped;
        _hasSkipped = false;
        return has;
    }
}
