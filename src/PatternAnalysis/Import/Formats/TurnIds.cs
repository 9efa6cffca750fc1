using PatternAnalysis.Events;

namespace PatternAnalysis.Import.Formats;

/// <summary>
/// Tells calls apart whose ids count by turn, where no time of their own does: by the message that asked for them, or else by how many
/// calls the file had before.
/// </summary>
internal sealed class TurnIds
{
    private readonly Dictionary<string, string> _latest = [];
    private int _count;

    /// <summary>The id of a call that starts; null when it has none.</summary>
    /// <param name="id">The id that the file gives it.</param>
    /// <param name="message">The message that asked for it, if the file says.</param>
    public string? Start(string? id, string? message)
    {
        if (id is null || UniqueId.IsUnique(id))
            return id;

        _count++;
        return _latest[id] = message is null
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{id}@{_count}")
            : $"{id}@{message}";
    }

    /// <summary>The id of the call that an answer belongs to: the latest one that the file gives this id.</summary>
    public string? End(string? id) => id is null ? null : _latest.GetValueOrDefault(id, id);
}
