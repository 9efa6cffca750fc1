using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PatternAnalysis.Tests.Import.Support;

/// <summary>Writes the records of one transcript of Claude Code, one a second.</summary>
internal sealed class ClaudeRecords(string session, string? agent = null)
{
    private readonly List<string> _lines = [];
    private int _second;

    public string Text => string.Join('\n', _lines) + "\n";

    public ClaudeRecords User(JsonNode content, Action<JsonObject>? more = null) =>
        Add("user", new JsonObject { ["role"] = "user", ["content"] = content }, more);

    public ClaudeRecords Call(string id, string tool, object input, string? message = null, Action<JsonObject>? more = null) =>
        Assistant(
            message ?? $"msg_{_second}",
            [
                new JsonObject
                {
                    ["type"] = "tool_use",
                    ["id"] = id,
                    ["name"] = tool,
                    ["input"] = JsonSerializer.SerializeToNode(input),
                },
            ],
            more
        );

    public ClaudeRecords Assistant(string message, JsonArray content, Action<JsonObject>? more = null) =>
        Add(
            "assistant",
            new JsonObject
            {
                ["id"] = message,
                ["role"] = "assistant",
                ["model"] = "m",
                ["content"] = content,
            },
            more
        );

    public ClaudeRecords Result(string id, string text = "ok", bool isError = false, Action<JsonObject>? more = null) =>
        Add(
            "user",
            new JsonObject
            {
                ["role"] = "user",
                ["content"] = new JsonArray(
                    new JsonObject
                    {
                        ["type"] = "tool_result",
                        ["tool_use_id"] = id,
                        ["content"] = text,
                        ["is_error"] = isError,
                    }
                ),
            },
            more
        );

    public ClaudeRecords Add(string type, JsonObject message, Action<JsonObject>? more = null)
    {
        var record = new JsonObject
        {
            ["type"] = type,
            ["sessionId"] = session,
            ["uuid"] = $"{session}-{_second}",
            ["isSidechain"] = agent is not null,
            ["timestamp"] = At(_second++),
            ["message"] = message,
        };
        if (agent is not null)
            record["agentId"] = agent;
        more?.Invoke(record);
        _lines.Add(record.ToJsonString());
        return this;
    }

    public static string At(int second) =>
        new DateTime(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc)
            .AddSeconds(second)
            .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

/// <summary>Writes the lines of one rollout of Codex, one a second.</summary>
internal sealed class CodexLines
{
    private readonly List<string> _lines = [];
    private int _second;

    public string Text => string.Join('\n', _lines) + "\n";

    public CodexLines Meta(string id, Action<JsonObject>? more = null)
    {
        var payload = new JsonObject
        {
            ["id"] = id,
            ["cwd"] = "/srv/shop",
            ["source"] = "cli",
        };
        more?.Invoke(payload);
        return Add("session_meta", payload);
    }

    public CodexLines Call(string id, string tool, object arguments, Action<JsonObject>? more = null)
    {
        var payload = new JsonObject
        {
            ["type"] = "function_call",
            ["name"] = tool,
            ["arguments"] = JsonSerializer.Serialize(arguments),
            ["call_id"] = id,
        };
        more?.Invoke(payload);
        return Add("response_item", payload);
    }

    public CodexLines Script(string id, string script) =>
        Add(
            "response_item",
            new JsonObject
            {
                ["type"] = "custom_tool_call",
                ["call_id"] = id,
                ["name"] = "exec",
                ["input"] = script,
            }
        );

    public CodexLines Output(string id, JsonNode output) =>
        Add(
            "response_item",
            new JsonObject
            {
                ["type"] = "function_call_output",
                ["call_id"] = id,
                ["output"] = output,
            }
        );

    public CodexLines Event(JsonObject payload) => Add("event_msg", payload);

    public CodexLines Add(string type, JsonObject payload)
    {
        _lines.Add(
            new JsonObject
            {
                ["timestamp"] = ClaudeRecords.At(_second++),
                ["type"] = type,
                ["payload"] = payload,
            }.ToJsonString()
        );
        return this;
    }
}
