using System.Text.Json;
using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Import.Formats;

/// <summary>
/// Says whose the records of one rollout are: the thread's own, those of a sub-agent of another session, or copies of the thread that
/// it was forked from.
/// </summary>
internal sealed class CodexThread(string path, SessionParents parents)
{
    private const int SessionIdLength = 36;

    // A fork writes what it copies at once when it starts, with the times of its start or with the old ones; a model takes longer to
    // answer.
    private static readonly long s_copying = TimeSpan.FromMilliseconds(500).Ticks;

    private string? _id;
    private string? _session;
    private string? _parent;
    private string? _origin;
    private long? _started;
    private bool _isCopying;

    /// <summary>Whether a program wrote what the thread was asked, as for a sub-agent, a review or a summary.</summary>
    public bool IsAskedByProgram { get; private set; }

    /// <summary>The thread that the last record shown belongs to; what is copied belongs to the one that it is copied from.</summary>
    public string Id => _isCopying ? _origin! : OwnId;

    /// <summary>The session that the last record shown belongs to.</summary>
    public string SessionId => _isCopying ? _parent ?? _origin! : _session ?? OwnId;

    /// <summary>The sub-agent that the last record shown belongs to; null for a session itself.</summary>
    public string? AgentId => _isCopying || _session is null || _session == OwnId ? null : OwnId;

    /// <summary>Takes note of a record's time; to be called for each.</summary>
    public void Show(long? ticks) => _isCopying = _isCopying && ticks is { } time && _started is { } start && time <= start + s_copying;

    /// <summary>Reads a <c>session_meta</c>. The first is the file's own; a second one begins what was copied.</summary>
    public void Read(JsonSlice meta, long? ticks)
    {
        if (_id is not null)
        {
            if (meta.Text("id") is { } other && other != _id)
                _origin = other;
            return;
        }

        _id = meta.Text("id");
        _started = ticks;
        _origin = meta.Text("forked_from_id");
        var agent = meta.Field("source").Field("subagent");
        _parent = meta.Text("parent_thread_id") ?? agent.Field("thread_spawn").Text("parent_thread_id");
        _session = _parent is null ? null : meta.Text("session_id") ?? parents.RootOf(_parent);
        IsAskedByProgram = _parent is not null || agent.Kind is not (JsonValueKind.Undefined or JsonValueKind.Null);
        _isCopying = _origin is not null;
    }

    // rollout-<time>-<session>.jsonl
    private string OwnId =>
        _id ??= Path.GetFileName(path).Split(".jsonl")[0] is { Length: > SessionIdLength } file ? file[^SessionIdLength..] : "";
}
