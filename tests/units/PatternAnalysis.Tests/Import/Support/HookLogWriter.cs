using System.Text.Json;
using System.Text.Json.Nodes;

namespace PatternAnalysis.Tests.Import.Support;

/// <summary>Writes work as hooks get it, one input an event, with the shapes that loggers give their files.</summary>
internal static class HookLogWriter
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    public static string Lines(AgentWork work, bool dated = true) =>
        string.Concat(Events(work, dated).Select(hook => hook.ToJsonString() + "\n"));

    public static string Array(AgentWork work, bool dated = true) => new JsonArray([.. Events(work, dated)]).ToJsonString(s_indented);

    public static string Concatenated(AgentWork work, bool dated = true) =>
        string.Concat(Events(work, dated).Select(hook => hook.ToJsonString(s_indented) + "\n"));

    public static IEnumerable<JsonObject> Events(AgentWork work, bool dated)
    {
        var events = new List<(DateTime Time, JsonObject Hook)>();
        var prompt = "";
        foreach (var call in work.Calls)
        {
            if (call.PromptId != prompt)
                events.Add(
                    (
                        call.StartedAt.AddSeconds(-1),
                        Hook("UserPromptSubmit", prompt = call.PromptId, new() { ["prompt"] = "Fix the parser" })
                    )
                );
            events.Add((call.StartedAt, Hook("PreToolUse", prompt, Call(call))));
            var end = Call(call);
            end["duration_ms"] = (long)call.Duration.TotalMilliseconds;
            if (call.Failed)
                end["error"] = "Exit code 1\nno such file";
            else
                end["tool_response"] = new JsonObject { ["stdout"] = "done", ["interrupted"] = false };
            events.Add((call.EndedAt, Hook(call.Failed ? "PostToolUseFailure" : "PostToolUse", prompt, end)));
        }

        foreach (var (time, hook) in events.OrderBy(entry => entry.Time))
        {
            if (dated)
                hook["timestamp"] = time.ToString("yyyy-MM-ddTHH:mm:ss.fffZ");
            yield return hook;
        }

        JsonObject Hook(string name, string promptId, JsonObject more)
        {
            var hook = new JsonObject
            {
                ["session_id"] = work.SessionId,
                ["transcript_path"] = "/home/me/.claude/projects/-repo/x.jsonl",
                ["cwd"] = "/repo",
                ["permission_mode"] = "default",
                ["hook_event_name"] = name,
                ["prompt_id"] = promptId,
            };
            foreach (var (key, value) in more.ToList())
            {
                more.Remove(key);
                hook[key] = value;
            }

            return hook;
        }
    }

    private static JsonObject Call(AgentCall call) =>
        new()
        {
            ["tool_name"] = call.Tool,
            ["tool_input"] = new JsonObject { [call.InputField] = call.InputValue },
            ["tool_use_id"] = call.Id,
        };
}
