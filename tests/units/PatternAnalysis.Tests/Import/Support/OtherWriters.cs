using System.Globalization;
using System.Text.Json.Nodes;

namespace PatternAnalysis.Tests.Import.Support;

/// <summary>Writes work as rows of an event table: tac-webbuilder's <c>hook_events.jsonl</c>.</summary>
internal static class StoredEventWriter
{
    public static string Write(AgentWork work) =>
        string.Concat(
            HookLogWriter
                .Events(work, dated: true)
                .Select(
                    (hook, number) =>
                        new JsonObject
                        {
                            ["event_id"] = $"evt-{work.SessionId}-{number}",
                            ["event_type"] = (string)hook["hook_event_name"]!,
                            ["session_id"] = work.SessionId,
                            ["timestamp"] = DateTime
                                .Parse((string)hook["timestamp"]!, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal)
                                .ToString("yyyy-MM-dd HH:mm:ss.fff"),
                            ["tool_name"] = (string?)hook["tool_name"],
                            ["payload"] = hook,
                        }.ToJsonString() + "\n"
                )
        );
}

/// <summary>Writes work as a rollout of Codex CLI, with the results of commands in both of its logs.</summary>
internal static class RolloutWriter
{
    public static string Write(AgentWork work)
    {
        var lines = new List<string>();
        void Line(DateTime time, string type, JsonObject payload) =>
            lines.Add(
                new JsonObject
                {
                    ["timestamp"] = time.ToString("yyyy-MM-ddTHH:mm:ss.fffZ"),
                    ["type"] = type,
                    ["payload"] = payload,
                }.ToJsonString() + "\n"
            );

        Line(
            AgentWork.Start,
            "session_meta",
            new()
            {
                ["id"] = work.SessionId,
                ["cwd"] = "/repo",
                ["cli_version"] = "0.120.0",
            }
        );
        foreach (var message in work.Calls.GroupBy(call => call.MessageId))
        {
            var start = message.First().StartedAt;
            Line(start, "turn_context", new() { ["turn_id"] = message.First().PromptId, ["model"] = "a-model" });
            Line(start, "response_item", new() { ["type"] = "reasoning", ["summary"] = new JsonArray() });
            foreach (var call in message)
            {
                Line(
                    call.StartedAt,
                    "response_item",
                    new()
                    {
                        ["type"] = "function_call",
                        ["name"] = call.Tool,
                        ["call_id"] = call.Id,
                        ["arguments"] = new JsonObject { [call.InputField] = call.InputValue }.ToJsonString(),
                    }
                );
            }

            foreach (var call in message)
            {
                Line(
                    call.EndedAt,
                    "event_msg",
                    new()
                    {
                        ["type"] = "exec_command_end",
                        ["call_id"] = call.Id,
                        ["exit_code"] = call.Failed ? 1 : 0,
                        ["aggregated_output"] = "text",
                        ["duration"] = new JsonObject { ["secs"] = 0, ["nanos"] = (long)call.Duration.TotalMilliseconds * 1_000_000 },
                    }
                );
                Line(
                    call.EndedAt,
                    "response_item",
                    new()
                    {
                        ["type"] = "function_call_output",
                        ["call_id"] = call.Id,
                        ["output"] = "text",
                    }
                );
            }
        }

        return string.Concat(lines);
    }
}

/// <summary>Writes work as the OpenTelemetry collector's file exporter does: batches in OTLP's JSON.</summary>
internal static class TelemetryWriter
{
    public static string Write(AgentWork work) =>
        string.Concat(
            work.Calls.Chunk(4)
                .Select(batch =>
                    new JsonObject
                    {
                        ["resourceLogs"] = new JsonArray(
                            new JsonObject
                            {
                                ["resource"] = new JsonObject { ["attributes"] = new JsonArray(Attribute("service.name", "claude-code")) },
                                ["scopeLogs"] = new JsonArray(
                                    new JsonObject { ["logRecords"] = new JsonArray([.. batch.SelectMany(call => Records(work, call))]) }
                                ),
                            }
                        ),
                    }.ToJsonString() + "\n"
                )
        );

    private static IEnumerable<JsonNode> Records(AgentWork work, AgentCall call)
    {
        yield return Record(
            call.EndedAt,
            "claude_code.api_request",
            Attribute("session.id", work.SessionId),
            Attribute("model", "a-model")
        );
        yield return Record(
            call.EndedAt,
            "claude_code.tool_result",
            Attribute("session.id", work.SessionId),
            Attribute("event.name", "tool_result"),
            Attribute("prompt.id", call.PromptId),
            Attribute("tool_name", call.Tool),
            Attribute("tool_use_id", call.Id),
            Attribute("success", call.Failed ? "false" : "true"),
            Attribute("duration_ms", call.Duration.TotalMilliseconds.ToString(CultureInfo.InvariantCulture)),
            Attribute("tool_input", new JsonObject { [call.InputField] = call.InputValue }.ToJsonString())
        );
    }

    private static JsonObject Record(DateTime time, string body, params JsonNode[] attributes) =>
        new()
        {
            ["timeUnixNano"] = ((time - DateTime.UnixEpoch).Ticks * 100).ToString(CultureInfo.InvariantCulture),
            ["body"] = new JsonObject { ["stringValue"] = body },
            ["attributes"] = new JsonArray(attributes),
        };

    private static JsonObject Attribute(string key, string value) =>
        new()
        {
            ["key"] = key,
            ["value"] = new JsonObject { ["stringValue"] = value },
        };
}
