using System.Text.Json.Nodes;
using PatternAnalysis.Activities;
using PatternAnalysis.Danger;
using PatternAnalysis.Payloads;

namespace PatternAnalysis.Tests.Import;

/// <summary>What became of calls, and who asked: cases 05 to 08, 16 to 18, 20, 21 and 23, each with relatives.</summary>
public class OutcomeCaseTests
{
    private const string Session = "5e550000-1111-4222-8333-000000000001";

    [Fact]
    public void Case_05_the_header_of_a_result_tells_how_its_command_ended()
    {
        using var folder = ImportFolder.OfCase("05");

        folder.Import();

        Assert.Equal(
            """
            000001f4-1111-4222-8333-000000000500: exec_command(npm test)=Failed > exec_command(git status)=Ok > shell(make)=Failed
            refused_call 1
            """,
            folder.Told()
        );
    }

    [Theory]
    [InlineData("Exit code: 137\nWall time: 1 seconds\nOutput:\nkilled", "Failed")]
    [InlineData("Wall time: 1 seconds\nProcess running with session ID 4\nOutput:\nExit code: 1", "Ok")]
    [InlineData("Wall time: 1 seconds\nProcess exited with code -1\nOutput:\n", "Failed")]
    [InlineData("Tests: the log says: Process exited with code 1", "Ok")]
    [InlineData("exec_command failed for `x`: CreateProcess { message: \"No such file\" }", "Failed")]
    [InlineData("{\"output\":\"Process exited with code 1\",\"metadata\":{\"exit_code\":0}}", "Ok")]
    public void Case_05_relative_only_the_header_counts(string output, string outcome)
    {
        using var folder = new ImportFolder();
        var lines = new CodexLines()
            .Meta(Session)
            .Call("call_a1b2c3d4e5f6a1b2c3d4e5f6", "exec_command", new { cmd = "make" })
            .Output("call_a1b2c3d4e5f6a1b2c3d4e5f6", output);
        folder.Add("rollout-a.jsonl", lines.Text);

        folder.Import();

        Assert.Equal($"{Session}: exec_command(make)={outcome}", folder.Told());
    }

    [Fact]
    public void Case_06_shell_command_is_a_shell_for_names_and_for_danger()
    {
        using var folder = ImportFolder.OfCase("06");

        folder.Import();

        Assert.All(
            folder.Told().Split('\n'),
            line => Assert.Matches(@": shell_command\(git status\)=Ok > shell_command\(rm[^)]*\)=Ok > shell_command\(make[^)]*\)=", line)
        );
        Assert.Equal(DangerLevel.Destructive, DangerOf(folder, "rm -rf build"));
    }

    [Fact]
    public void Case_06_relative_its_result_is_read_by_its_header()
    {
        using var folder = new ImportFolder();
        var lines = new CodexLines()
            .Meta(Session)
            .Call("call_0", "shell_command", new { command = "make all" })
            .Output("call_0", "Exit code: 2\nWall time: 0.4 seconds\nOutput:\nExit code: 0");
        folder.Add("rollout-a.jsonl", lines.Text);

        folder.Import();

        Assert.Equal($"{Session}: shell_command(make all)=Failed", folder.Told());
    }

    [Fact]
    public void Case_07_what_a_hook_blocked_or_nobody_granted_was_not_done()
    {
        using var folder = ImportFolder.OfCase("07");

        folder.Import();

        Assert.Equal("000002bc-1111-4222-8333-000000000700: Read(.md)=Ok\nrefused_call 4", folder.Told());
    }

    [Theory]
    [InlineData("Permission to use Bash has been denied.")]
    [InlineData("<tool_use_error>PreToolUse:Edit hook error: [guard]: no</tool_use_error>")]
    [InlineData("This command requires approval")]
    [InlineData("Claude requested permissions to edit /srv/x which is a sensitive file, but you haven't granted it yet.")]
    [InlineData("File is in a directory that is denied by your permission settings.")]
    [InlineData("cd in '/etc' was blocked. For security, Claude Code may only change directories to the allowed working directories")]
    [InlineData("<tool_use_error>Error: No such tool available: Foo</tool_use_error>")]
    public void Case_07_relative_refusals_in_other_words(string text) => Assert.Equal("refused_call 1", Told(text));

    [Theory]
    [InlineData("PostToolUse:Bash hook error: [lint]: 3 problems")]
    [InlineData("Exit code 1\nPermission to use the port was denied")]
    [InlineData("grep: but you haven't granted\nClaude requested permissions to")]
    public void Case_07_relative_what_only_sounds_like_a_refusal_was_done(string text) =>
        Assert.Equal($"{Session}: Bash(make)=Failed", Told(text));

    [Fact]
    public void Case_07_relative_the_record_itself_may_say_that_a_call_was_denied()
    {
        using var folder = new ImportFolder();
        var records = new ClaudeRecords(Session)
            .Call("call_0", "Bash", new { command = "make" })
            .Result("call_0", "No.", isError: true, record => record["toolDenialKind"] = "user");
        folder.Add("a.jsonl", records.Text);

        folder.Import();

        Assert.Equal("refused_call 1", folder.Told());
    }

    [Fact]
    public void Case_08_siblings_of_a_failed_call_are_counted_as_cancelled()
    {
        using var folder = ImportFolder.OfCase("08");

        folder.Import();

        Assert.Equal("00000320-1111-4222-8333-000000000800: Bash(ls)=Failed\ncancelled_call 3", folder.Told());
    }

    [Theory]
    [InlineData("Cancelled: parallel tool call Read(a.md) errored")]
    [InlineData("<tool_use_error>Error: Streaming fallback - tool execution discarded</tool_use_error>")]
    public void Case_08_relative_cancellations_in_other_words(string text) => Assert.Equal("cancelled_call 1", Told(text));

    [Fact]
    public void Case_16_what_the_program_writes_is_no_prompt()
    {
        using var folder = ImportFolder.OfCase("16");

        folder.Import();

        Assert.Equal(1, folder.Count("UserPromptSubmit"));
        Assert.Equal("Bash(make all)=Ok > Read(.log)=Ok > Edit(.ts)=Ok", folder.Told(CaseKind.Prompt).Split(": ")[1]);
    }

    [Theory]
    [InlineData("<agent-notification id=\"3\">\ndone\n</agent-notification>")]
    [InlineData("<system-reminder>Be careful.</system-reminder>")]
    [InlineData("[Request interrupted by user for tool use]")]
    [InlineData("Caveat: The messages below were generated by the user while running local commands.")]
    public void Case_16_relative_other_notices_are_none_in_transcripts_and_in_hooks(string text)
    {
        using var folder = new ImportFolder();
        folder.Add("a.jsonl", new ClaudeRecords(Session).User(text).Text);
        folder.Add(
            "hooks.jsonl",
            new JsonObject
            {
                ["hook_event_name"] = "UserPromptSubmit",
                ["session_id"] = Session,
                ["prompt"] = text,
            }.ToJsonString()
        );

        folder.Import();

        Assert.Equal(["Notification"], folder.Stored().Select(row => row.Type));
    }

    [Theory]
    [InlineData("<command-name>/commit</command-name>\n<command-args>all</command-args>")]
    [InlineData("<div>why is this <b>bold</b></div>")]
    [InlineData("<bash-input>ls</bash-input>")]
    [InlineData("fix <my-tag>x</my-tag>")]
    public void Case_16_relative_what_a_person_typed_is_one(string text)
    {
        using var folder = new ImportFolder();
        folder.Add("a.jsonl", new ClaudeRecords(Session).User(text).Text);

        folder.Import();

        Assert.Equal(1, folder.Count("UserPromptSubmit"));
    }

    [Fact]
    public void Case_17_the_servers_own_tools_have_results_and_names_of_their_servers()
    {
        using var folder = ImportFolder.OfCase("17");

        folder.Import();

        Assert.Equal(
            "000006a4-1111-4222-8333-000000001700: web_search=Ok > web_search=Failed > mcp__tracker__list=Ok > Read(.md)=Ok",
            folder.Told()
        );
    }

    [Theory]
    [InlineData("""{"type":"bash_code_execution_result","return_code":1}""", "Failed")]
    [InlineData("""{"type":"bash_code_execution_result","return_code":0}""", "Ok")]
    [InlineData("""{"type":"text_editor_code_execution_tool_result_error","error_code":"unavailable"}""", "Failed")]
    public void Case_17_relative_code_that_the_server_ran(string content, string outcome)
    {
        using var folder = new ImportFolder();
        var records = new ClaudeRecords(Session)
            .Assistant(
                "m",
                [
                    new JsonObject
                    {
                        ["type"] = "server_tool_use",
                        ["id"] = "srvtoolu_0",
                        ["name"] = "code_execution",
                        ["input"] = new JsonObject(),
                    },
                ]
            )
            .Assistant(
                "m",
                [
                    new JsonObject
                    {
                        ["type"] = "code_execution_tool_result",
                        ["tool_use_id"] = "srvtoolu_0",
                        ["content"] = JsonNode.Parse(content),
                    },
                ]
            );
        folder.Add("a.jsonl", records.Text);

        folder.Import();

        Assert.Equal($"{Session}: code_execution={outcome}", folder.Told());
    }

    [Fact]
    public void Case_18_newer_items_of_Codex_say_what_they_do()
    {
        using var folder = ImportFolder.OfCase("18");

        folder.Import();

        Assert.Equal(1, folder.Count("UserPromptSubmit"));
        Assert.Equal(
            "00000708-1111-4222-8333-000000001800: exec(cargo test)=Failed > mcp__tracker__delete_issue=Ok "
                + "> mcp__forge__delete_issue=Ok > tool_search=Ok > apply_patch(rm)=Ok",
            folder.Told()
        );
        Assert.Equal(DangerLevel.Destructive, DangerOf(folder, "Delete File"));
    }

    [Fact]
    public void Case_18_relative_a_script_is_named_by_the_commands_in_it_when_none_is_told_of()
    {
        using var folder = new ImportFolder();
        var call = new JsonObject
        {
            ["type"] = "custom_tool_call",
            ["call_id"] = "call_0",
            ["name"] = "exec",
            ["input"] = "await tools.exec_command({cmd: 'git push'});",
        };
        folder.Add(
            "rollout-a.jsonl",
            new CodexLines().Meta(Session).Add("response_item", call).Output("call_0", "Script completed\nOutput:\n").Text
        );

        folder.Import();

        Assert.Equal($"{Session}: exec(git push)=Ok", folder.Told());
    }

    [Theory]
    [InlineData(
        """{"command":["bash","-lc","""
            + """ "apply_patch <<'EOF'\n*** Begin Patch\n*** Delete File: src/old.rs\n"""
            + """*** Update File: src/new.rs\n@@\n-secret line\n+other line\n*** End Patch\nEOF"]}"""
    )]
    [InlineData(
        """{"command":["apply_patch","""
            + """ "*** Begin Patch\n*** Delete File: src/old.rs\n"""
            + """*** Update File: src/new.rs\n@@\n-secret line\n+other line\n*** End Patch\n"]}"""
    )]
    [InlineData(
        """{"command":"cd /srv && apply_patch <<'EOF'\n*** Begin Patch\n*** Delete File: src/old.rs\n"""
            + """*** Update File: src/new.rs\n@@\n-secret line\n+other line\n*** End Patch\nEOF"}"""
    )]
    public void Case_18_relative_a_patch_through_the_shell_is_seen_by_names_and_by_danger_and_its_text_is_not_stored(string arguments)
    {
        using var folder = new ImportFolder();
        var tool = arguments.Contains('[') ? "shell" : "shell_command";
        folder.Add(
            "rollout-a.jsonl",
            new CodexLines().Meta(Session).Call("call_p10000000000000000000000", tool, JsonNode.Parse(arguments)!).Text
        );

        folder.Import();

        var payload = folder.Stored().Single(row => row.Type == "PreToolUse").Payload;
        Assert.Contains("*** Delete File: src/old.rs", payload);
        Assert.DoesNotContain("secret line", payload);
        Assert.Contains("rm", folder.Told());
        Assert.Equal(DangerLevel.Destructive, DangerOf(folder, "Delete File"));
    }

    [Fact]
    public void Case_18_relative_a_patch_that_deletes_nothing_is_named_by_its_file_and_its_text_is_not_stored()
    {
        using var folder = new ImportFolder();
        var call = new JsonObject
        {
            ["type"] = "custom_tool_call",
            ["call_id"] = "call_0",
            ["name"] = "apply_patch",
            ["input"] = "*** Begin Patch\n*** Update File: src/a.rs\n+secret sauce\n*** End Patch",
        };
        folder.Add("rollout-a.jsonl", new CodexLines().Meta(Session).Add("response_item", call).Text);

        folder.Import();

        Assert.Equal($"{Session}: apply_patch(.rs)=Unknown", folder.Told());
        Assert.DoesNotContain("sauce", folder.Stored().Single().Payload);
    }

    [Fact]
    public void Case_20_hooks_of_Cursor_have_their_own_names_for_sessions_errors_and_times()
    {
        using var folder = ImportFolder.OfCase("20");

        var result = folder.Import();

        Assert.Equal("", result.Skips());
        Assert.Equal("conv-1234-5678-9abc: Shell(npm test)=Ok\nrefused_call 1", folder.Told());
        Assert.Equal("1234", folder.Stored().Single(row => row.Type == "PostToolUse").Field("duration_ms"));
    }

    [Theory]
    [InlineData(false, "conv-1: Shell(npm test)=Ok > Read(.md)=Orphan > mcp__x__list=Orphan > Edit(.ts)=Ok")]
    [InlineData(true, "conv-1: Shell(npm test)=Ok")]
    public void Case_20_relative_hooks_for_one_kind_of_tool_tell_of_calls_where_none_for_all_tools_does(bool hasHooksForAll, string told)
    {
        using var folder = new ImportFolder();
        string[] general =
        [
            """{"conversation_id":"conv-1","generation_id":"g","hook_event_name":"preToolUse","tool_name":"Shell","""
                + """ "tool_input":{"command":"npm test"},"tool_use_id":"call-aaaaaaaaaaaaaaaaaaa1","timestamp":"2026-03-02T09:00:00Z"}""",
            """{"conversation_id":"conv-1","generation_id":"g","hook_event_name":"postToolUse","tool_name":"Shell","""
                + """ "tool_input":{"command":"npm test"},"tool_use_id":"call-aaaaaaaaaaaaaaaaaaa1","timestamp":"2026-03-02T09:00:09Z"}""",
        ];
        string[] special =
        [
            """{"conversation_id":"conv-1","generation_id":"g","hook_event_name":"beforeShellExecution","command":"npm test","""
                + """ "cwd":"/srv","timestamp":"2026-03-02T09:00:01Z"}""",
            """{"conversation_id":"conv-1","generation_id":"g","hook_event_name":"afterShellExecution","command":"npm test","""
                + """ "output":"ok","duration":7,"timestamp":"2026-03-02T09:00:08Z"}""",
            """{"conversation_id":"conv-1","generation_id":"g","hook_event_name":"beforeReadFile","file_path":"/srv/a.md","""
                + """ "content":"x","timestamp":"2026-03-02T09:00:10Z"}""",
            """{"conversation_id":"conv-1","generation_id":"g","hook_event_name":"beforeMCPExecution","tool_name":"mcp__x__list","""
                + """ "tool_input":"{\"a\":1}","timestamp":"2026-03-02T09:00:11Z"}""",
            """{"conversation_id":"conv-1","generation_id":"g","hook_event_name":"afterFileEdit","file_path":"/srv/a.ts","edits":[],"""
                + """ "timestamp":"2026-03-02T09:00:12Z"}""",
        ];
        folder.Add("c.jsonl", string.Join('\n', hasHooksForAll ? [general[0], .. special, general[1]] : special));

        folder.Import();

        Assert.Equal(told, folder.Told());
    }

    [Fact]
    public void Case_20_relative_a_failure_of_Cursor_that_is_no_refusal_is_a_failure()
    {
        using var folder = new ImportFolder();
        folder.Add(
            "c.jsonl",
            JsonLines.Unfold(
                """
                {"conversation_id":"c","hook_event_name":"preToolUse","tool_name":"Shell","tool_use_id":"call-0",
                    "tool_input":{"command":"npm test"}}
                {"conversation_id":"c","hook_event_name":"postToolUseFailure","tool_name":"Shell","tool_use_id":"call-0",
                    "failure_type":"timeout","error_message":"late"}
                """
            )
        );

        folder.Import();

        Assert.Equal("c: Shell(npm test)=Failed", folder.Told());
    }

    [Fact]
    public void Case_21_telemetry_without_ids_is_counted_by_session_and_sequence()
    {
        using var folder = ImportFolder.OfCase("21");

        var result = folder.Import();

        Assert.Equal("otel-1111-2222-3333: Bash(git status)=Ok > Bash(npm test)=Failed", folder.Told());
        Assert.Equal("not_an_event 1", result.Skips());
        Assert.Equal(0, folder.Import().NewCount);
    }

    [Fact]
    public void Case_21_relative_a_sequence_that_begins_again_is_other_calls()
    {
        using var folder = ImportFolder.OfCase("21");
        var text = File.ReadAllText(Path.Combine(folder.Input, "t.json"));
        folder.Add("later.json", text.Replace("\"17724420", "\"17724430"));

        folder.Import();

        Assert.Equal(4, folder.Count("PreToolUse"));
    }

    [Fact]
    public void Case_23_hooks_of_Gemini_without_ids_are_joined_and_their_errors_are_failures()
    {
        using var folder = ImportFolder.OfCase("23");

        folder.Import();

        Assert.Equal("gem-0001-aaaa-bbbb: run_shell_command(npm test)=Failed > replace(.ts)=Ok", folder.Told());
        Assert.Equal(1, folder.Count("PostToolUseFailure"));
        Assert.Equal(0, folder.Import().NewCount);
    }

    [Fact]
    public void Case_23_relative_parallel_calls_are_joined_by_what_they_were_asked()
    {
        using var folder = new ImportFolder();
        folder.Add(
            "g.jsonl",
            JsonLines.Unfold(
                """
                {"session_id":"g","hook_event_name":"BeforeTool","timestamp":"2026-03-02T09:00:01Z","tool_name":"run_shell_command",
                    "tool_input":{"command":"make a"}}
                {"session_id":"g","hook_event_name":"BeforeTool","timestamp":"2026-03-02T09:00:02Z","tool_name":"run_shell_command",
                    "tool_input":{"command":"make b"}}
                {"session_id":"g","hook_event_name":"AfterTool","timestamp":"2026-03-02T09:00:03Z","tool_name":"run_shell_command",
                    "tool_input":{"command":"make a"},"tool_response":{"error":{"message":"x"}}}
                {"session_id":"g","hook_event_name":"AfterTool","timestamp":"2026-03-02T09:00:04Z","tool_name":"run_shell_command",
                    "tool_input":{"command":"make b"},"tool_response":{}}
                """
            )
        );

        folder.Import();

        Assert.Equal("g: run_shell_command(make a)=Failed > run_shell_command(make b)=Ok", folder.Told());
    }

    private static string Told(string error)
    {
        using var folder = new ImportFolder();
        folder.Add(
            "a.jsonl",
            new ClaudeRecords(Session).Call("call_0", "Bash", new { command = "make" }).Result("call_0", error, isError: true).Text
        );
        folder.Import();
        return folder.Told();
    }

    private static DangerLevel DangerOf(ImportFolder folder, string part)
    {
        var row = folder.Stored().First(row => row.Type == "PreToolUse" && row.Payload.Contains(part));
        return new DangerAssessor(DangerRuleSet.BuiltIn)
            .AssessToolUse(ToolUseReader.Read(row.Tool!, System.Text.Encoding.UTF8.GetBytes(row.Payload)))
            .Level;
    }
}
