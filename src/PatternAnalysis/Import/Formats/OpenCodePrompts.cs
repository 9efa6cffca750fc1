using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Import.Formats;

/// <summary>
/// The user's messages of OpenCode: whether a person wrote one stands in its parts, which come later. One that has only parts that the
/// program made is none; one whose parts lie in other files is taken for a person's.
/// </summary>
internal sealed class OpenCodePrompts
{
    private readonly Dictionary<string, ImportedEvent> _waiting = [];
    private readonly HashSet<string> _ofPerson = [];
    private readonly HashSet<string> _ofProgram = [];

    /// <summary>Takes a message.</summary>
    public void Add(string? id, ImportedEvent prompt, IEventReceiver receiver)
    {
        if (id is null)
            receiver.Add(prompt);
        else
            _waiting[id] = prompt;
    }

    /// <summary>Takes a part of a message.</summary>
    public void Show(JsonSlice part, IEventReceiver receiver)
    {
        if (part.Text("messageID") is not { } id || !_waiting.TryGetValue(id, out var prompt))
            return;

        if (part.IsTrue("synthetic") || part.IsTrue("ignored") || part.Text("type") is "compaction" or "snapshot" or "patch")
        {
            _ofProgram.Add(id);
            return;
        }

        // A file or an agent that a person named may stand before what the person wrote.
        _ofPerson.Add(id);
        if (part.Text("text") is not { } text)
            return;

        _waiting.Remove(id);
        receiver.Add(prompt with { Text = text });
    }

    /// <summary>The file ends.</summary>
    public void Complete(IEventReceiver receiver)
    {
        foreach (var (id, prompt) in _waiting)
        {
            if (_ofPerson.Contains(id) || !_ofProgram.Contains(id))
                receiver.Add(prompt);
        }

        _waiting.Clear();
    }
}
