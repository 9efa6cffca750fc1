using PatternAnalysis.Import;

namespace PatternAnalysis.Tests.Import;

/// <summary>
/// The formats of other agents, on samples that were written after their public descriptions (docs/importing.md): whose calls they are,
/// what was called with what, how it ended, and when.
/// </summary>
public sealed class AgentFormatTests : IDisposable
{
    private readonly ImportFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Gemini_CLI_keeps_a_session_in_one_object()
    {
        Import(
            "GeminiSession",
            "chats/session-2026-02-10.json",
            """
            {"sessionId":"08c1f87b-ff3b-48ff-9d6f-524e2bbf89b9","projectHash":"79b1","startTime":"2026-02-10T17:27:58.644Z",
              "lastUpdated":"2026-02-10T17:35:55.624Z",
             "messages":[
              {"id":"m1","timestamp":"2026-02-10T17:27:58.644Z","type":"user","content":"Fix the bug"},
              {"id":"m2","timestamp":"2026-02-10T17:28:01.000Z","type":"gemini","content":"","model":"gemini-3-pro","tokens":{"input":900,
                "output":20,"cached":100,"thoughts":5,"tool":0,"total":925},
               "toolCalls":[
                {"id":"run_shell_command-1","name":"run_shell_command","args":{"command":"make test"},"status":"error",
                  "timestamp":"2026-02-10T17:28:04.000Z",
                 "result":[{"functionResponse":{"id":"run_shell_command-1","name":"run_shell_command",
                   "response":{"error":"make: no rule"}}}]},
                {"id":"read_file-2","name":"read_file","args":{"absolute_path":"/repo/a.c"},"status":"success",
                  "timestamp":"2026-02-10T17:28:05.000Z",
                 "result":[{"functionResponse":{"id":"read_file-2","name":"read_file","response":{"output":"int main"}}}]},
                {"id":"write_file-3","name":"write_file","args":{"file_path":"/repo/a.c"},"status":"cancelled",
                  "timestamp":"2026-02-10T17:28:06.000Z"}]}]}
            """
        );

        Assert.Equal(
            [
                "UserPromptSubmit  17:27:58",
                "PreToolUse run_shell_command 17:28:01",
                "PreToolUse read_file 17:28:01",
                "PreToolUse write_file 17:28:01",
                "PostToolUseFailure run_shell_command 17:28:04",
                "PostToolUse read_file 17:28:05",
                "ToolUseCancelled write_file 17:28:06",
            ],
            Events("08c1f87b-ff3b-48ff-9d6f-524e2bbf89b9")
        );
        Assert.Contains(_folder.Messages, message => message is { InputTokens: 800, OutputTokens: 25, CacheReadTokens: 100, CallCount: 3 });
    }

    [Theory]
    [InlineData("rollout-2025-07-01T10-00-00-5e550000-1111-4222-8333-000000000001.jsonl", false)]
    [InlineData("rollout-2025-04-16-5e550000-1111-4222-8333-000000000001.json", true)]
    public void The_first_rollouts_of_Codex_have_no_envelope(string name, bool isWhole)
    {
        const string Meta = """{"id":"5e550000-1111-4222-8333-000000000001","timestamp":"2025-07-01T10:00:00.000Z","instructions":null}""";
        string[] items =
        [
            """{"type":"message","id":null,"role":"user","content":[{"type":"input_text","""
                + """ "text":"<environment_context>\ncwd\n</environment_context>"}]}""",
            """{"type":"message","id":null,"role":"user","content":[{"type":"input_text","text":"run the tests"}]}""",
            """{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"x"}""",
            """{"type":"function_call","id":"fc_1","name":"shell","arguments":"{\"command\":[\"bash\",\"-lc\",\"npm test\"]}","""
                + """ "call_id":"call_a1b2c3d4e5f6a7b8c9d0e1f2"}""",
            """{"type":"function_call_output","call_id":"call_a1b2c3d4e5f6a7b8c9d0e1f2","""
                + """ "output":"{\"output\":\"boom\",\"metadata\":{\"exit_code\":1,\"duration_seconds\":0.3}}"}""",
        ];
        _folder.Add(
            name,
            isWhole
                ? $$"""{"session":{{Meta}},"items":[{{string.Join(',', items)}}]}"""
                : string.Join('\n', [Meta, """{"record_type":"state"}""", .. items])
        );

        var result = _folder.Import();

        Assert.Equal("CodexRollout", Assert.Single(result.Formats).Key);
        Assert.Equal("", result.Skips());
        Assert.Equal("5e550000-1111-4222-8333-000000000001: shell(npm test)=Failed", _folder.Told());
        Assert.Equal(1, _folder.Count("UserPromptSubmit"));
        Assert.All(_folder.Stored(), row => Assert.StartsWith("2025-07-01 10:00:00", row.Time));
    }

    [Theory]
    [InlineData(
        """{"display":"fix it","pastedContents":{},"timestamp":1767603600000,"project":"/repo"}""",
        "history of prompts of Claude Code"
    )]
    [InlineData("""{"session_id":"s","ts":1767603600,"text":"fix it"}""", "history of prompts of Codex")]
    [InlineData("""{"uuid":"u","name":"n","chat_messages":[]}""", "export of claude.ai")]
    [InlineData("""{"title":"t","mapping":{},"current_node":"n"}""", "export of ChatGPT")]
    [InlineData("""{"composerId":"c","conversation":[]}""", "database of Cursor")]
    [InlineData("""{"hookEventName":"PreToolUse","sessionId":"s"}""", "Visual Studio Code, which are not supported yet")]
    [InlineData("""{"type":"session_start","id":"s","title":"t","cwd":"/repo"}""", "session of Droid (Factory)")]
    [InlineData("""{"type":"metadata","protocol_version":"1.1"}""", "session of Kimi")]
    [InlineData("""{"timestamp":1.5,"message":{"type":"ToolCall","payload":{}}}""", "session of Kimi")]
    [InlineData("""{"version":"v1","kind":"Prompt","data":{}}""", "session of Kiro")]
    [InlineData("""{"kind":"UserPromptEvent","prompt":"fix it"}""", "session of Junie")]
    [InlineData("""{"sessionId":"s","history":[],"workspaceDirectory":"/repo"}""", "session of Continue or of Kiro")]
    [InlineData("""{"working_dir":"/repo","message_count":3}""", "session of Goose")]
    [InlineData("""{"step_index":0,"source":"MODEL","type":"PLANNER_RESPONSE","status":"DONE"}""", "transcript of Antigravity")]
    [InlineData("""{"role":"user","content":"Read it","message_id":"msg_001"}""", "Mistral Vibe keeps them so")]
    [InlineData("""{"role":"system","content":"x","timestamp":"2026-03-02T10:00:00","pinned":true}""", "conversation of gptme")]
    [InlineData("""{"conversation_id":"c","history":[]}""", "conversation of Kiro")]
    [InlineData("""{"type":"backend_tool_call","kind":{"tool_type":"web_search"}}""", "chat of Grok Build")]
    [InlineData("""{"sessionId":"s","chatMessages":[],"timeline":[]}""", "older GitHub Copilot CLI")]
    [InlineData("""{"sessionId":"s","messageId":0,"type":"user","message":"fix it"}""", "log of prompts of Gemini CLI")]
    [InlineData("""{"history":[],"clientHistory":[],"toolCall":{}}""", "checkpoint of Gemini CLI")]
    [InlineData("""{"type":"result","subtype":"success","num_turns":3,"result":"done"}""", "result of claude -p alone")]
    [InlineData("""{"id":0,"source":"agent","action":"run","args":{}}""", "events of OpenHands")]
    public void What_is_known_and_cannot_be_read_is_refused_by_its_name(string line, string name)
    {
        _folder.Add("a.jsonl", line);

        var skip = Assert.Single(_folder.Import().Skipped);

        Assert.Equal(SkipReason.UnknownFormat, skip.Reason);
        Assert.Contains(name, Assert.Single(skip.Examples));
    }

    [Fact]
    public void Newer_Gemini_CLI_writes_a_line_for_each_state_of_a_message_and_each_call_counts_once()
    {
        Import(
            "GeminiSession",
            "chats/session-2026-04-01.jsonl",
            JsonLines.Unfold(
                """
                {"sessionId":"11111111-ff3b-48ff-9d6f-524e2bbf89b9","projectHash":"79b1","startTime":"2026-04-01T10:00:00Z",
                    "lastUpdated":"2026-04-01T10:00:00Z","kind":"main"}
                {"id":"m1","timestamp":"2026-04-01T10:00:01Z","type":"user","content":[{"text":"Look"}]}
                {"id":"m2","timestamp":"2026-04-01T10:00:02Z","type":"gemini","content":"","toolCalls":[{"id":"glob-1","name":"glob",
                    "args":{"pattern":"*"},"status":"executing","timestamp":"2026-04-01T10:00:02Z"}]}
                {"$set":{"lastUpdated":"2026-04-01T10:00:03Z"}}
                {"id":"m2","timestamp":"2026-04-01T10:00:02Z","type":"gemini","content":"","toolCalls":[{"id":"glob-1","name":"glob",
                    "args":{"pattern":"*"},"status":"success","timestamp":"2026-04-01T10:00:03Z"}]}
                """
            )
        );

        Assert.Equal(
            ["UserPromptSubmit  10:00:01", "PreToolUse glob 10:00:02", "PostToolUse glob 10:00:03"],
            Events("11111111-ff3b-48ff-9d6f-524e2bbf89b9")
        );
    }

    [Fact]
    public void Copilot_CLI_keeps_events()
    {
        Import(
            "CopilotEvents",
            "session-state/aaaa-1/events.jsonl",
            JsonLines.Unfold(
                """
                {"type":"session.start","data":{"sessionId":"aaaa-1","version":1,"producer":"copilot-agent","context":{"cwd":"/repo"}},
                    "id":"e1","timestamp":"2026-02-13T16:26:51.000Z","parentId":null}
                {"type":"user.message","data":{"content":"run the tests"},"id":"e2","timestamp":"2026-02-13T16:26:52.000Z","parentId":"e1"}
                {"type":"assistant.message","data":{"messageId":"msg-1","content":"","toolRequests":[{"toolCallId":"call_1","name":"bash",
                    "arguments":{"command":"npm test"}}]},"id":"e3","timestamp":"2026-02-13T16:26:53.000Z","parentId":"e2"}
                {"type":"tool.execution_start","data":{"toolCallId":"call_1","toolName":"bash","arguments":{"command":"npm test"}},
                    "id":"e4","timestamp":"2026-02-13T16:26:54.000Z","parentId":"e3"}
                {"type":"tool.execution_complete","data":{"toolCallId":"call_1","success":true,"result":{"content":"ok"}},"id":"e5",
                    "timestamp":"2026-02-13T16:26:55.000Z","parentId":"e4"}
                {"type":"tool.execution_start","data":{"toolCallId":"call_2","toolName":"github-get_issue","mcpServerName":"github",
                    "mcpToolName":"get_issue","arguments":{"id":1},"parentToolCallId":"call_9"},"id":"e6",
                    "timestamp":"2026-02-13T16:26:56.000Z","parentId":"e5"}
                {"type":"tool.execution_complete","data":{"toolCallId":"call_2","success":false,
                    "error":{"message":"The user rejected this tool call.","code":"rejected"}},"id":"e7",
                    "timestamp":"2026-02-13T16:26:57.000Z","parentId":"e6"}
                {"type":"session.shutdown","data":{},"id":"e8","timestamp":"2026-02-13T16:26:58.000Z","parentId":"e7"}
                """
            )
        );

        Assert.Equal(
            [
                "UserPromptSubmit  16:26:52",
                "PreToolUse bash 16:26:54",
                "PostToolUse bash 16:26:55",
                "PreToolUse mcp__github__get_issue 16:26:56",
                "PermissionDenied mcp__github__get_issue 16:26:57",
            ],
            Events("aaaa-1")
        );
        Assert.Equal("msg-1", _folder.Stored()[1].Field("message_id"));
        Assert.Equal("call_9", _folder.Stored()[3].Field("agent_id"));
    }

    [Fact]
    public void Copilot_CLIs_hooks_tell_by_what_they_have_which_they_are()
    {
        var result = Import(
            "CopilotHook",
            "copilot-hooks.jsonl",
            JsonLines.Unfold(
                """
                {"timestamp":1770998400000,"cwd":"/repo","sessionId":"s-1","prompt":"go on"}
                {"timestamp":1770998401000,"cwd":"/repo","sessionId":"s-1","toolName":"bash","toolArgs":"{\"command\":\"git status\"}"}
                {"timestamp":1770998402000,"cwd":"/repo","sessionId":"s-1","toolName":"bash","toolArgs":"{\"command\":\"git status\"}",
                    "toolResult":{"resultType":"failure","textResultForLlm":"no repository"}}
                {"timestamp":1770998403000,"cwd":"/repo","toolName":"bash","toolArgs":"{\"command\":\"ls\"}"}
                """
            )
        );

        Assert.Equal(["UserPromptSubmit  16:00:00", "PreToolUse bash 16:00:01", "PostToolUseFailure bash 16:00:02"], Events("s-1"));
        Assert.Equal("1 no_session", Assert.Single(result.Skipped).ToString());
        Assert.Contains("git status", _folder.Stored()[1].Payload);
    }

    [Fact]
    public void OpenCode_keeps_a_file_for_each_message_and_part()
    {
        const string Part = """
            {"id":"prt_1","sessionID":"ses_1","messageID":"msg_2","type":"tool","callID":"toolu_01A2b3C4d5E6f7G8h9","tool":"bash",
             "state":{"status":"completed","input":{"command":"ls"},"output":"a.txt","title":"ls","metadata":{},
               "time":{"start":1767036060000,"end":1767036061000}}}
            """;
        _folder.Add(
            "storage/session/p/ses_1.json",
            """{"id":"ses_1","projectID":"p","directory":"/repo","title":"t","time":{"created":1767036050000,"updated":1767036050000}}"""
        );
        _folder.Add(
            "storage/message/ses_1/msg_1.json",
            """{"id":"msg_1","sessionID":"ses_1","role":"user","time":{"created":1767036055000}}"""
        );
        _folder.Add(
            "storage/message/ses_1/msg_2.json",
            """{"id":"msg_2","sessionID":"ses_1","role":"assistant","parentID":"msg_1","modelID":"claude-sonnet-4-5","""
                + """ "time":{"created":1767036059000},"tokens":{"input":7,"output":9,"reasoning":1,"cache":{"read":50,"write":3}}}"""
        );
        _folder.Add(
            "storage/part/msg_2/prt_2.json",
            """{"id":"prt_2","sessionID":"ses_1","messageID":"msg_2","type":"tool","callID":"toolu_01ZZZZZZZZZZZZZZZZZ9","""
                + """ "tool":"edit","state":{"status":"error","input":{"filePath":"/repo/a"},"""
                + """ "error":"The user rejected permission to use this specific tool call.","time":{"start":1767036062000,"""
                + """ "end":1767036063000}}}"""
        );
        Import("OpenCode", "storage/part/msg_2/prt_1.json", Part);

        Assert.Equal(
            [
                "UserPromptSubmit  19:20:55",
                "PreToolUse bash 19:21:00",
                "PostToolUse bash 19:21:01",
                "PreToolUse edit 19:21:02",
                "PermissionDenied edit 19:21:03",
            ],
            Events("ses_1")
        );
        Assert.Contains(
            _folder.Messages,
            message => message is { InputTokens: 7, OutputTokens: 10, CacheReadTokens: 50, CacheWriteTokens: 3 }
        );

        // The same call in what is printed is the same call.
        var again = _folder
            .Add(
                "run.jsonl",
                $$"""{"type":"tool_use","timestamp":1767036061000,"sessionID":"ses_1","part":{{Part.ReplaceLineEndings("")}}}"""
            )
            .Import();
        Assert.Equal(0, again.NewCount);
    }

    [Theory]
    [InlineData("""{"type":"file","mime":"text/plain","url":"file:///repo/a.txt"},""")]
    [InlineData("""{"type":"text","text":"Called the Read tool","synthetic":true},{"type":"agent","name":"plan"},""")]
    public void What_a_person_wrote_to_OpenCode_may_stand_behind_the_files_and_agents_that_the_person_named(string before)
    {
        var parts = $"[{before}{"""{"type":"text","text":"look at this"}"""}]".Replace(
            "\"type\"",
            "\"sessionID\":\"ses_1\",\"messageID\":\"msg_1\",\"type\""
        );
        var message = """{"id":"msg_1","sessionID":"ses_1","role":"user","time":{"created":1767036055000}}""";
        var session = """{"id":"ses_1","directory":"/repo","time":{"created":1767036050000}}""";
        _folder.Add("export.json", $$"""{"info":{{session}},"messages":[{"info":{{message}},"parts":{{parts}}}]}""");

        _folder.Import(new ImportOptions { PayloadMode = PayloadMode.Full });

        Assert.Contains("\"prompt\":\"look at this\"", Assert.Single(_folder.Stored()).Payload);
    }

    [Fact]
    public void Cursors_transcripts_have_calls_in_order_and_no_times()
    {
        var result = Import(
            "CursorTranscript",
            "agent-transcripts/9f3a/9f3a.jsonl",
            JsonLines.Unfold(
                """
                {"role":"user","message":{"content":[{"type":"text","text":"<user_query>\ndo it\n</user_query>"}]}}
                {"role":"assistant","message":{"content":[{"type":"text","text":"Looking."},{"type":"tool_use","name":"Shell",
                    "input":{"command":"ls"}}]}}
                {"role":"assistant","message":{"content":[{"type":"tool_use","name":"Shell","input":{"command":"ls"}},{"type":"tool_use",
                    "name":"Read","input":{"path":"/repo/a"}}]}}
                """
            )
        );

        Assert.Equal(4, result.UndatedCount);
        Assert.Equal(
            ["UserPromptSubmit", "PreToolUse Shell", "PreToolUse Shell", "PreToolUse Read"],
            _folder.Stored().Select(row => $"{row.Type} {row.Tool}".Trim())
        );
    }

    [Fact]
    public void Cline_asks_by_blocks_or_in_words()
    {
        Import(
            "ClineTask",
            "tasks/1769053680585/api_conversation_history.json",
            """
            [{"role":"user","content":[{"type":"text","text":"<task>\nmake it green\n</task>"},{"type":"text",
              "text":"<environment_details></environment_details>"}],"ts":1769053681000},
             {"role":"assistant","content":[{"type":"text","text":
             "I run it.\n\n<execute_command>\n<command>npm test</command>\n<requires_approval>false</requires_approval>\n</execute_command>"
             }],"ts":1769053682000},
             {"role":"user","content":[{"type":"text","text":"[execute_command for 'npm test'] Result:"},{"type":"text",
               "text":"The user denied this operation."}],"ts":1769053683000},
             {"role":"assistant","content":[{"type":"tool_use","id":"toolu_01AAAAAAAAAAAAAAAAA7","name":"read_file",
               "input":{"path":"src/a.ts"}}],"ts":1769053684000},
             {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_01AAAAAAAAAAAAAAAAA7","content":"export {}"}],
               "ts":1769053685000}]
            """
        );

        Assert.Equal(
            [
                "UserPromptSubmit  03:48:01",
                "PreToolUse execute_command 03:48:02",
                "PermissionDenied execute_command 03:48:03",
                "PreToolUse read_file 03:48:04",
                "PostToolUse read_file 03:48:05",
            ],
            Events("1769053680585")
        );
        Assert.Contains("npm test", _folder.Stored()[1].Payload);
    }

    [Fact]
    public void Amp_keeps_a_thread_in_one_object()
    {
        Import(
            "AmpThread",
            "threads/T-019b9d03-62e3-772f-9780-3e637f90eaec.json",
            """
            {"id":"T-019b9d03-62e3-772f-9780-3e637f90eaec","created":1767865803494,"env":{"initial":{"trees":[{"uri":"file:///repo"}]}},
              "messages":[
             {"role":"user","messageId":0,"content":[{"type":"text","text":"hi"}],"meta":{"sentAt":1767865804000}},
             {"role":"assistant","messageId":1,"content":[{"type":"tool_use","id":"toolu_01BBBBBBBBBBBBBBBBB7","name":"Bash",
               "input":{"cmd":"ls"}}],"usage":{"model":"claude-opus-4-5","inputTokens":5,"outputTokens":60,"cacheReadInputTokens":70,
               "cacheCreationInputTokens":8}},
             {"role":"user","messageId":2,"content":[{"type":"tool_result","toolUseID":"toolu_01BBBBBBBBBBBBBBBBB7",
               "run":{"status":"error","error":{"message":"no such folder"}}}]}]}
            """
        );

        Assert.Equal(
            ["UserPromptSubmit  09:50:04", "PreToolUse Bash 09:50:04", "PostToolUseFailure Bash 09:50:04"],
            Events("T-019b9d03-62e3-772f-9780-3e637f90eaec")
        );
        Assert.Contains(_folder.Messages, message => message is { Model: "claude-opus-4-5", CacheReadTokens: 70, CallCount: 1 });
    }

    [Fact]
    public void Pi_keeps_a_tree_of_entries()
    {
        Import(
            "PiSession",
            "sessions/--repo--/2026-03-01_b1.jsonl",
            JsonLines.Unfold(
                """
                {"type":"session","version":3,"id":"b1b1b1b1-0000-4000-8000-000000000001","timestamp":"2026-03-01T14:00:00.000Z",
                    "cwd":"/repo"}
                {"type":"message","id":"a1b2c3d4","parentId":null,"timestamp":"2026-03-01T14:00:01.000Z","message":{"role":"user",
                    "content":"Hello","timestamp":1772373601000}}
                {"type":"message","id":"b2c3d4e5","parentId":"a1b2c3d4","timestamp":"2026-03-01T14:00:02.000Z",
                    "message":{"role":"assistant","model":"claude-sonnet-4-5",
                    "content":[{"type":"toolCall","id":"call_123","name":"bash","arguments":{"command":"ls"}}],
                    "usage":{"input":3,"output":11,"cacheRead":40,"cacheWrite":2}}}
                {"type":"message","id":"c3d4e5f6","parentId":"b2c3d4e5","timestamp":"2026-03-01T14:00:03.000Z",
                    "message":{"role":"toolResult","toolCallId":"call_123","toolName":"bash",
                    "content":[{"type":"text","text":"exit code 2"}],"isError":true}}
                {"type":"compaction","id":"f6","parentId":"c3d4e5f6","timestamp":"2026-03-01T14:00:04.000Z","summary":"s"}
                """
            )
        );

        Assert.Equal(
            ["UserPromptSubmit  14:00:01", "PreToolUse bash 14:00:02", "PostToolUseFailure bash 14:00:03"],
            Events("b1b1b1b1-0000-4000-8000-000000000001")
        );
        Assert.Contains(
            _folder.Messages,
            message => message is { InputTokens: 3, OutputTokens: 11, CacheReadTokens: 40, CacheWriteTokens: 2 }
        );
    }

    [Fact]
    public void Spans_of_OpenTelemetrys_conventions_are_calls_with_a_start_and_an_end()
    {
        Import(
            "OpenTelemetrySpans",
            "traces.jsonl",
            """
            {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"my-agent"}}]},
              "scopeSpans":[{"spans":[
             {"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174","name":"execute_tool get_weather",
               "startTimeUnixNano":"1767036060000000000","endTimeUnixNano":"1767036061500000000",
              "attributes":[{"key":"gen_ai.operation.name","value":{"stringValue":"execute_tool"}},{"key":"gen_ai.tool.name",
                "value":{"stringValue":"get_weather"}},{"key":"gen_ai.tool.call.id",
                "value":{"stringValue":"call_mszuSIzqtI65i1wAUOE8w5H4"}},
               {"key":"gen_ai.conversation.id","value":{"stringValue":"conv_5j66"}},{"key":"gen_ai.tool.call.arguments",
                 "value":{"stringValue":"{\"command\":\"date\"}"}},{"key":"error.type","value":{"stringValue":"timeout"}}],
                 "status":{"code":2}},
             {"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b175","name":"chat gpt-5",
               "startTimeUnixNano":"1767036050000000000","endTimeUnixNano":"1767036059000000000",
               "attributes":[{"key":"gen_ai.operation.name","value":{"stringValue":"chat"}}]}]}]}]}
            """
        );

        Assert.Equal(["PreToolUse get_weather 19:21:00", "PostToolUseFailure get_weather 19:21:01"], Events("conv_5j66"));
        Assert.Equal("1500", _folder.Stored()[1].Field("duration_ms"));
    }

    [Fact]
    public void Codex_exec_prints_items_that_are_numbered_anew_in_each_run()
    {
        var run = JsonLines.Unfold(
            """
            {"type":"thread.started","thread_id":"0199a213-81c0-7800-8aa1-bbab2a035a53"}
            {"type":"turn.started"}
            {"type":"item.started","item":{"id":"item_0","type":"command_execution","command":"bash -lc 'COMMAND'","aggregated_output":"",
                "exit_code":null,"status":"in_progress"}}
            {"type":"item.completed","item":{"id":"item_0","type":"command_execution","command":"bash -lc 'COMMAND'",
                "aggregated_output":"x","exit_code":1,"status":"failed"}}
            {"type":"item.completed","item":{"id":"item_1","type":"file_change","changes":[{"path":"src/COMMAND.js","kind":"update"}],
                "status":"completed"}}
            {"type":"item.completed","item":{"id":"item_2","type":"mcp_tool_call","server":"fs","tool":"read_file",
                "arguments":{"path":"/COMMAND"},"error":null,"status":"completed"}}
            {"type":"turn.completed","usage":{"input_tokens":100,"cached_input_tokens":0,"output_tokens":50}}
            """
        );
        _folder.Add("first.jsonl", run.Replace("COMMAND", "ls", StringComparison.Ordinal));

        var result = Import("CodexExec", "resumed.jsonl", run.Replace("COMMAND", "pwd", StringComparison.Ordinal));

        Assert.Equal((12L, 0L), (result.NewCount, result.DuplicateCount));
        Assert.Equal(2, _folder.Stored().Count(row => row is { Type: "PostToolUseFailure", Tool: "shell" }));
        Assert.Equal(2, _folder.Stored().Count(row => row is { Type: "PreToolUse", Tool: "mcp__fs__read_file" }));
    }

    [Theory]
    [InlineData("""{"ts":1769053681000,"type":"say","say":"text","text":"x"}""", "api_conversation_history.json")]
    [InlineData("""{"resourceMetrics":[]}""", "OpenTelemetry metrics")]
    public void What_can_not_be_imported_is_refused_by_its_name(string text, string name)
    {
        var result = _folder.Add("file.json", text).Import();

        Assert.Contains(name, Assert.Single(result.Skipped).Examples[0]);
    }

    private ImportResult Import(string format, string name, string text)
    {
        var result = _folder.Add(name, text).Import();
        Assert.Equal([format], result.Formats.Keys);
        Assert.Equal(0, _folder.Import(new ImportOptions { ReadsAll = true }).NewCount);
        return result;
    }

    private IEnumerable<string> Events(string session) =>
        _folder.Stored().Where(row => row.Session == session).Select(row => $"{row.Type} {row.Tool} {row.Time[11..19]}");
}
