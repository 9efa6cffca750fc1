using System.Text;
using System.Text.Json.Nodes;
using PatternAnalysis.Events;

namespace PatternAnalysis.Tests.Support;

/// <summary>Events of tool calls, a second apart, as a store would hand them over.</summary>
internal sealed class RecordedCalls : IHookEventReader
{
    private static readonly DateTime s_start = new(2026, 3, 2, 10, 0, 0, DateTimeKind.Utc);

    private readonly List<(string Session, string Type, string Tool, string Payload, DateTime At)> _events = [];
    private TimeSpan _waited;

    public RecordedCalls Bash(string session, string command, string? agent = null, string? prompt = null) =>
        Add(
            session,
            "PreToolUse",
            "Bash",
            new JsonObject
            {
                ["tool_input"] = new JsonObject { ["command"] = command },
                ["agent_id"] = agent,
                ["prompt_id"] = prompt,
            }
        );

    public RecordedCalls Call(string session, string tool, string field, string value, string? message = null, string? call = null) =>
        Add(
            session,
            "PreToolUse",
            tool,
            new JsonObject
            {
                ["tool_input"] = new JsonObject { [field] = value },
                ["message_id"] = message,
                ["tool_use_id"] = call,
            }
        );

    public RecordedCalls End(string session, string tool, string call, bool failed, string? error = null) =>
        Add(session, failed ? "PostToolUseFailure" : "PostToolUse", tool, new JsonObject { ["tool_use_id"] = call, ["error"] = error });

    public RecordedCalls Refuse(string session, string tool, string call) =>
        Add(session, "PermissionDenied", tool, new JsonObject { ["tool_use_id"] = call });

    public RecordedCalls Wait(TimeSpan time)
    {
        _waited += time;
        return this;
    }

    public RecordedCalls Tool(string session, string tool) => Add(session, "PreToolUse", tool, []);

    public RecordedCalls Prompt(string session) => Add(session, "UserPromptSubmit", "", []);

    public void Read(EventQuery query, IHookEventSink sink, CancellationToken cancellationToken)
    {
        foreach (
            var (number, (session, type, tool, payload, at)) in _events.Index().Where(entry => query.EventTypes.Contains(entry.Item.Type))
        )
        {
            sink.Add(
                new HookEventRow
                {
                    SessionId = Encoding.UTF8.GetBytes(session),
                    EventType = Encoding.UTF8.GetBytes(type),
                    ToolName = Encoding.UTF8.GetBytes(tool),
                    Payload = Encoding.UTF8.GetBytes(payload),
                    UtcTicks = at.Ticks,
                    InsertionId = number,
                }
            );
        }
    }

    private RecordedCalls Add(string session, string type, string tool, JsonObject payload)
    {
        _events.Add((session, type, tool, payload.ToJsonString(), s_start.AddSeconds(_events.Count) + _waited));
        return this;
    }
}
