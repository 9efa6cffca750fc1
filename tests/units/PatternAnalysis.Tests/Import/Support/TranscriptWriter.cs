using System.Text.Json.Nodes;

namespace PatternAnalysis.Tests.Import.Support;

/// <summary>
/// Writes work as Claude Code's transcripts do: one record a content block, records between them that are no messages, and usage repeated
/// on every record of a message.
/// </summary>
internal static class TranscriptWriter
{
    public static string Write(AgentWork work, string? sessionId = null, string? agentId = null, int copy = 0)
    {
        var lines = new List<JsonObject>
        {
            new()
            {
                ["type"] = "summary",
                ["summary"] = "Work on the parser",
                ["leafUuid"] = Uuid(copy, 0),
            },
        };
        var prompt = "";
        foreach (var message in work.Calls.GroupBy(call => call.MessageId))
        {
            if (message.First().PromptId != prompt)
            {
                prompt = message.First().PromptId;
                lines.Add(
                    Record(
                        "user",
                        message.First().StartedAt.AddSeconds(-1),
                        new JsonObject { ["role"] = "user", ["content"] = "Fix the parser" }
                    )
                );
            }

            foreach (var call in message)
            {
                var block = new JsonObject
                {
                    ["type"] = "tool_use",
                    ["id"] = call.Id,
                    ["name"] = call.Tool,
                    ["input"] = new JsonObject { [call.InputField] = call.InputValue },
                };
                lines.Add(
                    Record(
                        "assistant",
                        call.StartedAt,
                        new JsonObject
                        {
                            ["role"] = "assistant",
                            ["model"] = "a-model",
                            ["id"] = call.MessageId,
                            ["content"] = new JsonArray(block),
                            ["usage"] = new JsonObject { ["input_tokens"] = 10, ["output_tokens"] = 20 },
                        }
                    )
                );
                lines.Add(
                    new JsonObject
                    {
                        ["type"] = "progress",
                        ["data"] = new JsonObject { ["type"] = "hook_progress" },
                        ["uuid"] = Uuid(copy, lines.Count),
                    }
                );
            }

            foreach (var call in message.OrderBy(call => call.EndedAt))
            {
                var block = new JsonObject
                {
                    ["type"] = "tool_result",
                    ["tool_use_id"] = call.Id,
                    ["content"] = call.Failed ? "Exit code 1\nno such file" : "done",
                };
                if (call.Failed)
                    block["is_error"] = true;
                lines.Add(Record("user", call.EndedAt, new JsonObject { ["role"] = "user", ["content"] = new JsonArray(block) }));
            }
        }

        return string.Concat(lines.Select(line => line.ToJsonString() + "\n"));

        JsonObject Record(string type, DateTime time, JsonObject message)
        {
            var record = new JsonObject
            {
                ["parentUuid"] = Uuid(copy, lines.Count),
                ["isSidechain"] = agentId is not null,
                ["userType"] = "external",
                ["cwd"] = "/repo",
                ["sessionId"] = sessionId ?? work.SessionId,
                ["version"] = "2.1.144",
                ["type"] = type,
                ["message"] = message,
                ["uuid"] = Uuid(copy, lines.Count + 1),
                ["timestamp"] = time.ToString("yyyy-MM-ddTHH:mm:ss.fffZ"),
                ["promptId"] = prompt,
            };
            if (agentId is not null)
                record["agentId"] = agentId;
            return record;
        }
    }

    // A resumed session repeats the records of the one before it with ids of their own.
    private static string Uuid(int copy, int number) => new Guid(number, (short)copy, 0, [0, 0, 0, 0, 0, 0, 0, 1]).ToString();
}
