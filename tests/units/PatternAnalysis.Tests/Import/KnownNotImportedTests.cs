using System.Text.Json.Nodes;
using PatternAnalysis.Import;

namespace PatternAnalysis.Tests.Import;

/// <summary>What is known and can't be read is told by the fields that it has, and by no fewer.</summary>
public class KnownNotImportedTests
{
    private const string Kimi = "a session of Kimi, which is not supported yet";
    private const string Code = "a chat session of GitHub Copilot in Visual Studio Code, which is not supported yet";
    private const string Goose = "a session of Goose, which is not supported yet";
    private const string Droid = "a session of Droid (Factory), which is not supported yet";
    private const string Junie = "a session of Junie, which is not supported: it keeps no times and no ids of calls";
    private const string Kiro = "a session of Kiro, which is not supported yet";
    private const string Cursor = "an export of the database of Cursor, which is not supported yet";
    private const string Hands = "events of OpenHands, which are not supported yet";
    private const string Mistral = "messages as models get and give them (Mistral Vibe keeps them so), without times";
    private const string Cline = "what Cline shows of a task; the task's api_conversation_history.json beside it holds the calls";

    /// <summary>Each with the fields that it takes, and no other.</summary>
    public static TheoryData<string, string> Known { get; } =
        new()
        {
            { """{"resourceMetrics":[]}""", "OpenTelemetry metrics, which hold no events" },
            { """{"hookEventName":"x"}""", "hook events of GitHub Copilot in Visual Studio Code, which are not supported yet" },
            { """{"type":"ask","ts":1}""", Cline },
            { """{"type":"say","ts":1}""", Cline },
            {
                """{"display":"x","pastedContents":{}}""",
                "the history of prompts of Claude Code; the transcripts in its folder projects hold the calls"
            },
            {
                """{"session_id":"s","text":"x","ts":1}""",
                "the history of prompts of Codex; the rollouts in its folder sessions hold the calls"
            },
            { """{"chat_messages":[]}""", "an export of claude.ai, which is not supported yet" },
            { """{"mapping":{},"current_node":"n"}""", "an export of ChatGPT, which is not supported yet" },
            { """{"requests":[],"requesterUsername":"n"}""", Code },
            { """{"kind":0,"v":{}}""", Code },
            { """{"composerId":"c"}""", Cursor },
            { """{"bubbleId":"c"}""", Cursor },
            { """{"history":[],"workspaceDirectory":"/r"}""", "a session of Continue or of Kiro, which is not supported yet" },
            { """{"working_dir":"/r","total_tokens":1}""", Goose },
            { """{"working_dir":"/r","message_count":1}""", Goose },
            { """{"type":"session_start","cwd":"/r"}""", Droid },
            { """{"type":"session_start","sessionTitle":"t"}""", Droid },
            { """{"type":"session_start","title":"t"}""", Droid },
            { """{"type":"metadata","protocol_version":"1"}""", Kimi },
            { """{"role":"_checkpoint"}""", Kimi },
            { """{"role":"_system_prompt"}""", Kimi },
            { """{"role":"_usage"}""", Kimi },
            { """{"message":{"type":"x","payload":{}}}""", Kimi },
            { """{"kind":"Prompt","data":{}}""", Kiro },
            { """{"kind":"AssistantMessage","data":{}}""", Kiro },
            { """{"kind":"ToolResults","data":{}}""", Kiro },
            { """{"kind":"UserPromptEvent"}""", Junie },
            { """{"kind":"SessionA2uxEvent"}""", Junie },
            { """{"kind":"SendToAgentEvent"}""", Junie },
            { """{"kind":"TaskState"}""", Junie },
            {
                """{"chatMessages":[],"sessionId":"s"}""",
                "a session of an older GitHub Copilot CLI, which is not supported; newer ones write events.jsonl"
            },
            {
                """{"sessionId":"s","messageId":0,"message":"x"}""",
                "the log of prompts of Gemini CLI; the files in its folder chats hold the calls"
            },
            { """{"history":[],"clientHistory":[]}""", "a checkpoint of Gemini CLI; the files in its folder chats hold the calls" },
            {
                """{"type":"result","subtype":"success","num_turns":3}""",
                "the result of claude -p alone; --output-format stream-json --verbose prints the calls"
            },
            { """{"step_index":0,"source":"MODEL","type":"x"}""", "a transcript of Antigravity, which is not supported yet" },
            { """{"role":"user","content":"x","message_id":"m"}""", Mistral },
            { """{"role":"tool","content":"x","tool_call_id":"m"}""", Mistral },
            { """{"role":"user","pinned":true,"timestamp":"x"}""", "a conversation of gptme, which is not supported yet" },
            { """{"history":[],"conversation_id":"c"}""", "a conversation of Kiro, which is not supported yet" },
            { """{"type":"backend_tool_call"}""", "the history of a chat of Grok Build, which is not supported yet" },
            { """{"type":"user","prompt_index":0}""", "the history of a chat of Grok Build, which is not supported yet" },
            { """{"source":"agent","action":"run"}""", Hands },
            { """{"source":"user","observation":"x"}""", Hands },
            { """{"source":"environment","observation":"x"}""", Hands },
        };

    [Theory]
    [MemberData(nameof(Known))]
    public void It_is_told_by_its_fields_and_by_no_fewer(string json, string name)
    {
        Assert.Equal(name, NameOf(JsonNode.Parse(json)!));
        foreach (var field in JsonNode.Parse(json)!.AsObject().Select(field => field.Key))
        {
            var without = JsonNode.Parse(json)!.AsObject();
            without.Remove(field);
            Assert.NotEqual(name, NameOf(without));
        }
    }

    [Fact]
    public void A_file_that_nobody_knows_is_told_by_its_first_fields()
    {
        Assert.Equal("a.jsonl (JSON objects with the fields a, b)", Place("""{"a":1,"b":2}"""));
        Assert.Equal(
            "a.jsonl (JSON objects with the fields a, b, c, d, e, f, g, h)",
            Place("""{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8}""")
        );
        Assert.Equal(
            "a.jsonl (JSON objects with the fields a, b, c, d, e, f, g, h, ...)",
            Place("""{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9}""")
        );
        Assert.Equal("a.jsonl (JSON objects with the fields b)", Place("no JSON\n{\"b\":1}"));
        Assert.Equal("a.jsonl (no JSON object)", Place("no JSON"));
        Assert.Equal("a.jsonl (broken JSON)", Place("""{"\ud800":1}"""));
        Assert.Equal("a.jsonl (a conversation of Kiro, which is not supported yet)", Place("""{"history":[],"conversation_id":"c"}"""));
    }

    [Fact]
    public void A_format_is_named_in_any_case_and_what_is_none_is_refused_with_the_names_of_all()
    {
        Assert.All(EventFormats.All, format => Assert.Same(format, EventFormats.Named(format.Name.ToUpperInvariant())));
        var error = Assert.Throws<PatternAnalysisException>(() => EventFormats.Named("none"));

        Assert.Equal(ErrorCatalogue.UnknownFormat.Id, error.ErrorId);
        Assert.StartsWith("There is no format 'none'. Use one of: ClaudeTranscript, QwenChat, ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_could_be_of_two_formats_is_of_none()
    {
        const string Both =
            """{"sessionId":"q","type":"user","uuid":"u","timestamp":"2026-03-02T09:00:00Z","projectHash":"h","startTime":"x","""
            + """ "message":{"role":"user","parts":[],"content":"go"}}""";
        using var folder = new ImportFolder();

        Assert.Equal("unknown_format 1", folder.Add("a.jsonl", Both).Import().Skips());
    }

    private static string? NameOf(JsonNode value) => KnownNotImported.NameOf(JsonFields.ParseObject(value.ToJsonString()));

    private static string Place(string text)
    {
        using var folder = new ImportFolder();
        var example = folder.Add("a.jsonl", text).Import().Skipped.Single(skip => skip.Reason == SkipReason.UnknownFormat).Examples[0];
        return Path.GetFileName(example[..example.IndexOf(' ')]) + example[example.IndexOf(' ')..];
    }
}
