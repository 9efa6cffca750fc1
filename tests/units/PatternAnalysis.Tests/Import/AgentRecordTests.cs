using PatternAnalysis.Import;

namespace PatternAnalysis.Tests.Import;

/// <summary>
/// Records of each agent that lack something, or that say in another way how a call ended: what they cost is themselves, counted with a
/// reason, and what they say is kept.
/// </summary>
public class AgentRecordTests
{
    [Theory]
    // A kind of record that nobody knows may be a call of a later version.
    [InlineData("QwenChat", """{"sessionId":"q","type":"new","timestamp":"2026-03-02T09:00:00Z"}""", "unknown_record 1")]
    [InlineData("PiSession", """{"type":"new","id":"1"}""", "unknown_record 1")]
    [InlineData("PiSession", """{"type":"message","timestamp":1772442000000,"message":{"role":"new"}}""", "unknown_record 1")]
    [InlineData("GeminiSession", """{"sessionId":"g","id":"1","type":"new"}""", "unknown_record 1")]
    [InlineData("CopilotEvents", """{"type":"brand.new","id":"1","data":{}}""", "unknown_record 1")]
    [InlineData("OpenCode", """{"sessionID":"s","messageID":"m","type":"new"}""", "unknown_record 1")]
    [InlineData("OpenCode", """{"sessionID":"s","messageID":"m","type":"tool"}""", "unknown_record 1")]
    [InlineData("ClaudeTranscript", """{"sessionId":"s","type":"new","timestamp":"2026-03-02T09:00:00Z"}""", "unknown_record 1")]
    [InlineData("CodexRollout", """{"timestamp":"2026-03-02T09:00:00Z","type":"new","payload":{}}""", "unknown_record 1")]
    // A time that can't be read.
    [InlineData("QwenChat", """{"sessionId":"q","type":"user","timestamp":"noon","message":{"parts":[]}}""", "unreadable_timestamp 1")]
    [InlineData("AmpThread", """{"id":"T-1","created":1e30,"messages":[]}""", "unreadable_timestamp 1")]
    [InlineData("PiSession", """{"type":"message","timestamp":"noon","message":{"role":"user"}}""", "unreadable_timestamp 1")]
    [InlineData("ClineTask", """{"role":"user","content":"<task>go</task>","ts":"noon"}""", "unreadable_timestamp 1")]
    [InlineData("GeminiSession", """{"sessionId":"g","id":"1","type":"user","timestamp":"noon"}""", "unreadable_timestamp 1")]
    [InlineData("CopilotEvents", """{"type":"user.message","id":"1","timestamp":"noon","data":{}}""", "unreadable_timestamp 1")]
    [InlineData("OpenCode", """{"sessionID":"s","role":"user","time":{"created":"noon"}}""", "unreadable_timestamp 1")]
    [InlineData(
        "OpenCode",
        """{"sessionID":"s","messageID":"m","type":"tool","state":{"status":"running","time":{"start":"noon"}}}""",
        "unreadable_timestamp 1"
    )]
    [InlineData("HookEvents", """{"event_type":"Stop","session_id":"s","timestamp":"noon"}""", "unreadable_timestamp 1")]
    [InlineData(
        "ClaudeTranscript",
        """{"sessionId":"s","type":"user","timestamp":"noon","message":{"content":"go"}}""",
        "unreadable_timestamp 1"
    )]
    // An answer to nobody knows what.
    [InlineData(
        "AmpThread",
        """{"id":"T-1","created":1772442000000,"messages":[{"role":"user","content":[{"type":"tool_result","run":{}}]}]}""",
        "wrong_type 1"
    )]
    [InlineData("PiSession", """{"type":"message","timestamp":1772442000000,"message":{"role":"toolResult"}}""", "wrong_type 1")]
    [InlineData("ClineTask", """{"role":"user","content":[{"type":"tool_result"}],"ts":1772442000000}""", "wrong_type 1")]
    [InlineData(
        "GeminiSession",
        """{"sessionId":"g","id":"1","type":"gemini","timestamp":"2026-03-02T09:00:00Z","toolCalls":[{"name":"x"}]}""",
        "wrong_type 1"
    )]
    [InlineData(
        "CopilotEvents",
        """{"type":"tool.execution_complete","id":"1","timestamp":"2026-03-02T09:00:00Z","data":{}}""",
        "wrong_type 1"
    )]
    [InlineData(
        "ClaudeTranscript",
        """{"sessionId":"s","type":"user","timestamp":"2026-03-02T09:00:00Z","message":{"content":[{"type":"tool_result"}]}}""",
        "wrong_type 1"
    )]
    [InlineData("HookEvents", """{"session_id":"s","payload":{}}""", "not_an_event 1")]
    public void What_a_record_lacks_is_counted_with_a_reason_and_costs_nothing_else(string format, string record, string skips)
    {
        using var folder = new ImportFolder();

        var result = folder.Add("a.jsonl", record).Import(format: format);

        Assert.Equal((0L, skips), (result.ReadCount, result.Skips()));
        Assert.EndsWith("a.jsonl:1", result.Skipped.Single().Examples.Single().Split(' ')[0]);
    }

    [Theory]
    [InlineData("""{"status":"done","result":"ok"}""", "PostToolUse")]
    [InlineData("""{"result":{"output":"ok"}}""", "PostToolUse")]
    [InlineData("""{"status":"rejected-by-user"}""", "PermissionDenied")]
    [InlineData("""{"status":"cancelled"}""", "ToolUseCancelled")]
    [InlineData("""{"status":"error","error":{"message":"no"}}""", "PostToolUseFailure")]
    [InlineData("""{"status":"in-progress"}""", "")]
    public void Amp_says_how_a_call_ended_by_its_status(string run, string end) =>
        Assert.Equal(
            $"UserPromptSubmit, PreToolUse Bash, {end} Bash".Replace(",  Bash", ""),
            Told(
                "AmpThread",
                $$$$"""
                {"id":"T-1","created":1772442000000,"messages":[
                 {"role":"user","messageId":0,"content":[{"type":"text","text":"go"}],"meta":{"sentAt":1772442001000}},
                 {"role":"assistant","messageId":1,"content":[{"type":"thinking","thinking":"hm"},
                   {"type":"tool_use","id":"toolu_01BBBBBBBBBBBBBBBBB7","name":"Bash","input":{"cmd":"ls"}}]},
                 {"role":"user","messageId":2,"content":[{"type":"tool_result","tool_use_id":"toolu_01BBBBBBBBBBBBBBBBB7","run":{{{{run}}}}}]}]}
                """
            )
        );

    [Theory]
    [InlineData("\"status\":\"success\"", "PostToolUse")]
    [InlineData("\"status\":\"error\",\"result\":[{\"functionResponse\":{\"response\":{\"error\":\"no\"}}}]", "PostToolUseFailure")]
    [InlineData("\"status\":\"cancelled\"", "ToolUseCancelled")]
    [InlineData(
        "\"status\":\"cancelled\",\"result\":[{\"functionResponse\":{\"response\":{\"error\":\"User did not allow it\"}}}]",
        "PermissionDenied"
    )]
    [InlineData("\"status\":\"executing\"", "")]
    public void Gemini_says_how_a_call_ended_by_its_status(string state, string end) =>
        Assert.Equal(
            $"PreToolUse shell, {end} shell".Replace(",  shell", ""),
            Told(
                "GeminiSession",
                $$$$"""
                {"sessionId":"g","projectHash":"h","startTime":"2026-03-02T09:00:00Z","messages":[
                 {"id":"m","type":"gemini","timestamp":"2026-03-02T09:00:01Z","toolCalls":[{"id":"c","name":"shell","args":{},{{{{state}}}}}]}]}
                """
            )
        );

    [Theory]
    [InlineData("denied", "PermissionDenied")]
    [InlineData("rejected", "PermissionDenied")]
    [InlineData("permission_denied", "PermissionDenied")]
    [InlineData("cancelled", "ToolUseCancelled")]
    [InlineData("canceled", "ToolUseCancelled")]
    [InlineData("aborted", "ToolUseCancelled")]
    [InlineData("failure", "PostToolUseFailure")]
    public void Copilot_says_why_a_call_failed_by_its_code(string code, string end) =>
        Assert.Equal(
            $"PreToolUse bash, {end} bash",
            Told(
                "CopilotEvents",
                """
                {"type":"tool.execution_start","id":"1","timestamp":"2026-03-02T09:00:01Z","data":{"toolCallId":"c","toolName":"bash"}}
                {"type":"tool.execution_complete","id":"2","timestamp":"2026-03-02T09:00:02Z","data":{"toolCallId":"c","success":false,
                """.TrimEnd()
                    + $$$$"""
                    "error":{"message":"it is so","code":"{{{{code}}}}"}}}
                    """
            )
        );

    [Theory]
    [InlineData("\"status\":\"completed\"", "PostToolUse")]
    [InlineData("\"status\":\"error\",\"error\":\"The user rejected permission to use this\"", "PermissionDenied")]
    [InlineData("\"status\":\"error\",\"error\":\"The user has specified a rule which prevents you\"", "PermissionDenied")]
    [InlineData("\"status\":\"error\",\"error\":\"Tool execution aborted\"", "ToolUseCancelled")]
    [InlineData("\"status\":\"error\",\"error\":\"no such file\"", "PostToolUseFailure")]
    [InlineData("\"status\":\"error\"", "PostToolUseFailure")]
    [InlineData("\"status\":\"cancelled\"", "ToolUseCancelled")]
    [InlineData("\"status\":\"aborted\"", "ToolUseCancelled")]
    [InlineData("\"status\":\"running\"", "")]
    public void OpenCode_says_how_a_call_ended_by_its_status(string state, string end) =>
        Assert.Equal(
            $"PreToolUse bash, {end} bash".Replace(",  bash", ""),
            Told(
                "OpenCode",
                $$$$"""
                {"id":"prt_1","sessionID":"ses_1","messageID":"msg_1","type":"tool","callID":"c","tool":"bash",
                 "state":{{{{{state}}}},"input":{},"time":{"start":1772442000000,"end":1772442001000}}}
                """
            )
        );

    [Theory]
    [InlineData("1772442000000", "1772442001000", "09:00:00 09:00:01")]
    [InlineData("1772442000000", "1772441999000", "09:00:00 09:00:00")]
    [InlineData("1772442000000", "\"noon\"", "09:00:00 09:00:00")]
    public void An_end_before_its_start_is_at_the_start(string start, string end, string times)
    {
        using var folder = new ImportFolder();

        folder
            .Add(
                "prt.json",
                $$$$"""
                {"id":"prt_1","sessionID":"ses_1","messageID":"msg_1","type":"tool","callID":"c","tool":"bash",
                 "state":{"status":"completed","input":{},"time":{"start":{{{{start}}}},"end":{{{{end}}}}}}}
                """
            )
            .Import(format: "OpenCode");

        Assert.Equal(times, string.Join(' ', folder.Stored().Select(row => row.Time[11..19])));
    }

    [Fact]
    public void A_call_of_OpenCode_that_waits_for_its_turn_is_none_yet() =>
        Assert.Equal(
            "",
            Told(
                "OpenCode",
                """{"id":"p","sessionID":"s","messageID":"m","type":"tool","callID":"c","tool":"bash","state":{"status":"pending","input":{}}}"""
            )
        );

    [Theory]
    // A record without a session is none of an agent's; one that names a call may be one of a later version.
    [InlineData("api_request", "", "", "not_an_event 1")]
    [InlineData("api_request", "\"session.id\":\"s\"", "", "")]
    [InlineData("new_event", "\"session.id\":\"s\",\"tool_use_id\":\"c\"", "", "unknown_record 1")]
    [InlineData("tool_result", "\"session.id\":\"s\",\"tool_name\":\"Bash\",\"event.timestamp\":\"noon\"", "", "unreadable_timestamp 1")]
    [InlineData("tool_result", "\"session.id\":\"s\",\"tool_name\":\"Bash\"", "PreToolUse Bash, PostToolUse Bash", "")]
    [InlineData(
        "codex.tool_result",
        "\"conversation.id\":\"s\",\"tool_name\":\"Bash\",\"success\":false,\"error\":\"no\"",
        "PreToolUse Bash, PostToolUseFailure Bash",
        ""
    )]
    [InlineData(
        "gemini_cli.tool_call",
        "\"session.id\":\"s\",\"function_name\":\"read\",\"success\":true",
        "PreToolUse read, PostToolUse read",
        ""
    )]
    [InlineData(
        "tool_decision",
        "\"session.id\":\"s\",\"tool_name\":\"Bash\",\"decision\":\"reject\"",
        "PreToolUse Bash, PermissionDenied Bash",
        ""
    )]
    [InlineData(
        "tool_decision",
        "\"session.id\":\"s\",\"tool_name\":\"Bash\",\"decision\":\"denied\"",
        "PreToolUse Bash, PermissionDenied Bash",
        ""
    )]
    [InlineData(
        "tool_decision",
        "\"session.id\":\"s\",\"tool_name\":\"Bash\",\"decision\":\"timed_out\"",
        "PreToolUse Bash, PermissionDenied Bash",
        ""
    )]
    [InlineData("tool_decision", "\"session.id\":\"s\",\"tool_name\":\"Bash\",\"decision\":\"accept\"", "", "")]
    [InlineData("user_prompt", "\"session.id\":\"s\",\"prompt\":\"go\"", "UserPromptSubmit", "")]
    [InlineData("user_prompt", "\"session.id\":\"s\",\"prompt\":\"Stop hook feedback: x\"", "", "")]
    public void Logs_of_telemetry_tell_by_name_and_attributes_what_happened(string name, string attributes, string told, string skips)
    {
        using var folder = new ImportFolder();

        var result = folder.Add("t.jsonl", Log(name, attributes)).Import(format: "OpenTelemetry");

        Assert.Equal((told, skips), (Events(folder), result.Skips()));
    }

    [Theory]
    [InlineData("\"tool_parameters\":\"{\\\"bash_command\\\":\\\"git\\\",\\\"full_command\\\":\\\"git push\\\"}\"", "git push")]
    [InlineData("\"tool_parameters\":\"{\\\"bash_command\\\":\\\"git\\\"}\"", "git")]
    [InlineData("\"tool_parameters\":\"{\\\"command\\\":\\\"ls\\\"}\"", "ls")]
    [InlineData("\"arguments\":\"{\\\"command\\\":\\\"make\\\"}\"", "make")]
    [InlineData("\"function_args\":\"{\\\"command\\\":\\\"npm\\\"}\"", "npm")]
    [InlineData("\"tool_input\":\"{\\\"command\\\":\\\"a\\\"}\",\"arguments\":\"{\\\"command\\\":\\\"b\\\"}\"", "a")]
    [InlineData("\"tool_parameters\":\"no JSON\"", null)]
    [InlineData("\"tool_parameters\":5", null)]
    public void What_a_tool_was_asked_stands_in_one_of_several_attributes(string attribute, string? command)
    {
        using var folder = new ImportFolder();

        folder.Add("t.jsonl", Log("tool_result", "\"session.id\":\"s\",\"tool_name\":\"Bash\"," + attribute)).Import();

        var start = Assert.Single(folder.Stored(), row => row.Type == "PreToolUse");
        Assert.Equal(command, start.Json.TryGetProperty("tool_input", out var input) ? input.GetProperty("command").GetString() : null);
    }

    [Theory]
    [InlineData("\"1500\"")]
    [InlineData("1500")]
    [InlineData("1500.7")]
    public void A_logged_call_began_its_duration_before_it_was_logged(string duration)
    {
        using var folder = new ImportFolder();

        folder.Add("t.jsonl", Log("tool_result", $"\"session.id\":\"s\",\"tool_name\":\"Bash\",\"duration_ms\":{duration}")).Import();

        Assert.Equal(["09:00:00.500000", "09:00:02.000000"], folder.Stored().Select(row => row.Time[11..]));
        Assert.Equal("1500", folder.Stored()[1].Field("duration_ms"));
    }

    [Theory]
    [InlineData(
        "\"startTimeUnixNano\":\"1772442000000000000\",\"endTimeUnixNano\":\"1772442001000000000\"",
        "PreToolUse t, PostToolUse t",
        ""
    )]
    [InlineData("\"startTimeUnixNano\":1772442000000000000,\"endTimeUnixNano\":1772442001000000000", "PreToolUse t, PostToolUse t", "")]
    [InlineData(
        "\"startTimeUnixNano\":\"1772442000000000000\",\"endTimeUnixNano\":\"1772442001000000000\",\"status\":{\"code\":\"STATUS_CODE_ERROR\"}",
        "PreToolUse t, PostToolUseFailure t",
        ""
    )]
    [InlineData(
        "\"startTimeUnixNano\":\"1772442000000000000\",\"endTimeUnixNano\":\"1772442001000000000\",\"status\":{\"code\":1}",
        "PreToolUse t, PostToolUse t",
        ""
    )]
    [InlineData("\"startTimeUnixNano\":\"1772442001000000000\",\"endTimeUnixNano\":\"1772442000000000000\"", "PreToolUse t", "")]
    [InlineData("\"startTimeUnixNano\":\"1772442000000000000\"", "PreToolUse t", "")]
    [InlineData("\"startTimeUnixNano\":\"0\"", "", "unreadable_timestamp 1")]
    [InlineData("\"startTimeUnixNano\":\"noon\"", "", "unreadable_timestamp 1")]
    public void A_span_is_a_call_with_the_end_that_it_has(string times, string told, string skips)
    {
        using var folder = new ImportFolder();
        var span =
            $$"""{"traceId":"t","spanId":"1",{{times}},"attributes":["""
            + """{"key":"gen_ai.operation.name","value":{"stringValue":"execute_tool"}},"""
            + """{"key":"gen_ai.tool.name","value":{"stringValue":"t"}}]}""";

        var result = folder.Add("t.jsonl", $$"""{"resourceSpans":[{"scopeSpans":[{"spans":[{{span}}]}]}]}""").Import();

        Assert.Equal((told, skips), (Events(folder), result.Skips()));
    }

    private static string Told(string format, string text)
    {
        using var folder = new ImportFolder();
        var result = folder.Add("a.jsonl", text).Import(format: format);
        Assert.Equal("", result.Skips());
        return Events(folder);
    }

    private static string Events(ImportFolder folder) => string.Join(", ", folder.Stored().Select(row => $"{row.Type} {row.Tool}".Trim()));

    private static string Log(string name, string attributes)
    {
        using var json = System.Text.Json.JsonDocument.Parse($"{{{attributes}}}");
        var list = json.RootElement.EnumerateObject().Select(field => $$$"""{"key":"{{{field.Name}}}","value":{{{Value(field.Value)}}}}""");
        return """{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"1772442002000000000","attributes":["""
            + string.Join(',', list.Prepend($$$"""{"key":"event.name","value":{"stringValue":"{{{name}}}"}}"""))
            + "]}]}]}]}";

        static string Value(System.Text.Json.JsonElement value) =>
            value.ValueKind switch
            {
                System.Text.Json.JsonValueKind.String => $$$"""{"stringValue":{{{value.GetRawText()}}}}""",
                System.Text.Json.JsonValueKind.Number when value.TryGetInt64(out _) => $$$"""{"intValue":{{{value.GetRawText()}}}}""",
                System.Text.Json.JsonValueKind.Number => $$$"""{"doubleValue":{{{value.GetRawText()}}}}""",
                _ => $$$"""{"boolValue":{{{value.GetRawText()}}}}""",
            };
    }
}
