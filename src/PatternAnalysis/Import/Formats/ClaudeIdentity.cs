using System.Text.Json;
using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Import.Formats;

/// <summary>
/// Says of the records of one transcript which session and which sub-agent they belong to: by what the record says, by its file's name, or
/// by the chain of records that it goes on with.
/// </summary>
internal sealed class ClaudeIdentity(string path)
{
    private const string AgentPrefix = "agent-";
    private const string AgentFolder = "subagents";
    private const string NamelessAgent = "sidechain";

    private readonly string? _sessionOfFolder = SessionOfFolder(path);
    private readonly string? _agentOfFile = AgentOfFile(path);
    private readonly Dictionary<string, string> _agentOfRecord = [];

    /// <summary>The session that the first record of an agent's file names, when it is that which counts.</summary>
    public string? Session { get; set; }

    /// <summary>Whether agents are told apart by chains of records.</summary>
    public bool HasChains => _agentOfRecord.Count > 0;

    /// <summary>
    /// The session. A record that a fork copied says whose it was. An agent's file belongs to the session that started the agent, though
    /// its records name the session that the parent was resumed as.
    /// </summary>
    public string SessionOf(JsonSlice record)
    {
        if (record.Field("forkedFrom").Text("sessionId") is { } origin)
            return origin;

        var named = record.Text("sessionId") ?? record.Text("session_id");
        if (_agentOfFile is null)
            return named ?? Path.GetFileNameWithoutExtension(path);

        return _sessionOfFolder ?? (Session ??= named) ?? Path.GetFileNameWithoutExtension(path);
    }

    /// <summary>
    /// The sub-agent; null for the session itself. Every record of the file is to be shown, in order: chains go through all.
    /// </summary>
    public string? AgentOf(JsonSlice record)
    {
        if ((record.Text("agentId") ?? record.Text("parent_tool_use_id")) is { } agent)
            return agent;

        var isProgress = record.Text("type") == "progress";
        if (isProgress && record.Field("data").Field("message").Kind == JsonValueKind.Object)
            return AgentOfProgress(record);
        if (!record.IsTrue("isSidechain"))
            return null;
        if (_agentOfFile is not null)
            return _agentOfFile;

        // Older transcripts hold all agents in the main file and number none. The first record of an agent has no parent in its chain; one
        // after a summary names only whom it follows.
        var id = record.Text("uuid");
        var chain =
            (record.Text("parentUuid") ?? record.Text("logicalParentUuid")) is { } parent
            && _agentOfRecord.TryGetValue(parent, out var known)
                ? known
            : id is null ? NamelessAgent
            : $"{NamelessAgent}-{id}";
        if (id is not null)
            _agentOfRecord[id] = chain;
        return chain;
    }

    private static string? AgentOfProgress(JsonSlice record) =>
        record.Field("data").Text("agentId")
        ?? record.Text("parentToolUseID") // the call that started it; the other id may be that of the message with several such calls
        ?? (record.Text("toolUseID") is { } id && id.StartsWith("agent_", StringComparison.Ordinal) ? id["agent_".Length..] : null)
        ?? NamelessAgent;

    // <session>.jsonl, or <session>/subagents/agent-<id>.jsonl
    private static string? AgentOfFile(string path) =>
        Path.GetFileName(path) is var file && file.StartsWith(AgentPrefix, StringComparison.Ordinal)
            ? file[AgentPrefix.Length..].Split('.')[0]
            : null;

    private static string? SessionOfFolder(string path)
    {
        // Agents of a workflow lie one folder deeper.
        for (var folder = Path.GetDirectoryName(path); !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
        {
            if (Path.GetFileName(folder) == AgentFolder)
                return Path.GetFileName(Path.GetDirectoryName(folder)) is { Length: > 0 } session ? session : null;
        }

        return null;
    }
}
