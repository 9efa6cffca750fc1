using PatternAnalysis.Import.Formats;

namespace PatternAnalysis.Tests.Import;

/// <summary>The words by which programs ask for tools and say how calls ended.</summary>
public class AgentWordTests
{
    // The tools of Cline and Roo Code that models ask for in XML.
    [Theory]
    [InlineData("execute_command")]
    [InlineData("read_file")]
    [InlineData("write_to_file")]
    [InlineData("replace_in_file")]
    [InlineData("apply_diff")]
    [InlineData("insert_content")]
    [InlineData("search_and_replace")]
    [InlineData("search_files")]
    [InlineData("list_files")]
    [InlineData("list_code_definition_names")]
    [InlineData("codebase_search")]
    [InlineData("browser_action")]
    [InlineData("web_fetch")]
    [InlineData("use_mcp_tool")]
    [InlineData("access_mcp_resource")]
    [InlineData("ask_followup_question")]
    [InlineData("attempt_completion")]
    [InlineData("new_task")]
    [InlineData("plan_mode_respond")]
    [InlineData("switch_mode")]
    [InlineData("update_todo_list")]
    [InlineData("fetch_instructions")]
    public void A_tool_of_Cline_is_asked_for_by_its_name(string tool)
    {
        var call = ClineToolText.Find($"Now <b>so</b>:\n<{tool}>\n<path>a.c</path>\n</{tool}> and on");

        Assert.Equal((tool, """{"file_path":"a.c"}"""), (call?.Name, call?.Input.Json()));
        Assert.Null(ClineToolText.Find($"<{tool}>"));
        Assert.Null(ClineToolText.Find($"</{tool}><{tool}>"));
    }

    [Theory]
    [InlineData("<thinking>x</thinking>", null, null)]
    [InlineData("<read_file><path>a</path></read_file><list_files></list_files>", "read_file", """{"file_path":"a"}""")]
    [InlineData("<list_files></list_files><read_file><path>a</path></read_file>", "list_files", "{}")]
    [InlineData("<read_file><path>a</path><path>b</path></read_file>", "read_file", """{"file_path":"a"}""")]
    [InlineData("<read_file><path>\na\n\n</path></read_file>", "read_file", """{"file_path":"a"}""")]
    [InlineData("<read_file>a < b <path>a</path></read_file>", "read_file", """{"file_path":"a"}""")]
    [InlineData("<read_file><Path>a</Path><x1>b</x1><>c</></read_file>", "read_file", "{}")]
    [InlineData("<read_file><path>a<line>1</line></read_file>", "read_file", """{"line":"1"}""")]
    [InlineData(
        "<execute_command><command>a</command><requires_approval>false</requires_approval></execute_command>",
        "execute_command",
        """{"command":"a","requires_approval":"false"}"""
    )]
    [InlineData("<read_file><path</read_file>", "read_file", "{}")]
    public void What_it_was_given_stands_in_fields(string text, string? name, string? input)
    {
        var call = ClineToolText.Find(text);

        Assert.Equal((name, input), (call?.Name, call?.Input.Json()));
    }

    [Fact]
    public void At_most_forty_marks_are_looked_at()
    {
        string Field(int number) => $"<f{new string('x', number)}>v</f{new string('x', number)}>";
        var call = ClineToolText.Find($"<read_file>{string.Concat(Enumerable.Range(0, 50).Select(Field))}</read_file>");

        Assert.Equal(40, call!.Value.Input.Fields().Count());
    }

    [Theory]
    [InlineData("[read_file for 'a'] Result:\nx", true)]
    [InlineData("[read_file] Result: x", true)]
    [InlineData("[read_files for 'a'] Result:\nx", true)]
    [InlineData("[list_files for 'a'] Result:\nx", false)]
    [InlineData(" [read_file for 'a'] Result:\nx", false)]
    [InlineData("[read_file for 'a']", false)]
    public void An_answer_names_its_tool(string text, bool isResult) => Assert.Equal(isResult, ClineToolText.IsResult(text, "read_file"));

    [Theory]
    [InlineData("The user denied this operation.", true, false)]
    [InlineData("[execute_command for 'x'] Result:\n  The user denied this operation.", true, false)]
    [InlineData("[execute_command for 'x'] Result: The user denied this operation.", false, false)]
    [InlineData("Command execution blocked by CLINE_COMMAND_PERMISSIONS: x", true, false)]
    [InlineData("{\"status\":\"denied\",\"message\":\"x\"}", true, false)]
    [InlineData("a.c is blocked by the .clineignore file", true, false)]
    [InlineData("a.c is blocked by the .rooignore file", true, false)]
    [InlineData("ok\nThe user denied this operation.", false, false)]
    [InlineData("It said: The user denied this operation.", false, false)]
    [InlineData("The tool execution failed with x", false, true)]
    [InlineData("{\"status\":\"error\",\"message\":\"The tool execution failed\"}", false, true)]
    [InlineData("{\"status\":\"error\",\"message\":\"other\"}", false, false)]
    [InlineData("Command execution was not successful.", false, true)]
    [InlineData("The command was terminated by a signal", false, true)]
    [InlineData("fine\nCommand execution was not successful.", false, false)]
    [InlineData("", false, false)]
    public void Cline_says_in_the_first_line_how_a_call_ended(string answer, bool denied, bool failed) =>
        Assert.Equal((denied, failed), (ClineAnswer.IsDenial(answer), ClineAnswer.IsFailure(answer)));

    [Theory]
    [InlineData(true, "<task>x</task>")]
    [InlineData(true, "<feedback>x</feedback>")]
    [InlineData(true, "<user_message>x</user_message>")]
    [InlineData(true, "The user said:\n<feedback>x</feedback>")]
    [InlineData(true, "You seem to be having trouble proceeding. x\n<feedback>x</feedback>")]
    [InlineData(true, "New instructions:\n<user_message>x</user_message>")]
    [InlineData(false, "The user said: <feedback>x</feedback>")]
    [InlineData(false, "Somebody said:\n<feedback>x</feedback>")]
    [InlineData(false, "x <task>x</task>")]
    [InlineData(false, "[a] Result:¦<task>x</task>")]
    [InlineData(true, "[a] Result:¦The user said:\n<feedback>x</feedback>")]
    [InlineData(true, "[a] Result: x¦<task>x</task>")]
    [InlineData(true, "[a] Result: \n¦x¦<task>x</task>")]
    [InlineData(false, "")]
    public void What_a_person_typed_stands_between_marks_and_is_no_answer(bool isTyped, string texts) =>
        Assert.Equal(isTyped, ClineAnswer.HasTyped(texts.Split('¦')));

    // What Codex says in the place of an output.
    [Theory]
    [InlineData("rejected by user", "PermissionDenied")]
    [InlineData("exec command rejected by user", "PermissionDenied")]
    [InlineData("command rejected by user", "PermissionDenied")]
    [InlineData("patch rejected by user", "PermissionDenied")]
    [InlineData("user rejected MCP tool call", "PermissionDenied")]
    [InlineData("user cancelled MCP tool call", "PermissionDenied")]
    [InlineData("approval denied", "PermissionDenied")]
    [InlineData("Command blocked by PreToolUse hook", "PermissionDenied")]
    [InlineData("Tool call blocked by hook", "PermissionDenied")]
    [InlineData("approval policy is never; reject command", "PermissionDenied")]
    [InlineData("you should not ask for escalated permissions if", "PermissionDenied")]
    [InlineData("unsupported call: x", "PermissionDenied")]
    [InlineData("exec_command failed: Rejected(\"rejected by user\")", "PermissionDenied")]
    [InlineData("exec_command failed: Rejected(x)", "PermissionDenied")]
    [InlineData("exec_command failed: it was rejected by the user", "PermissionDenied")]
    [InlineData("`rm` denied by policy", "PermissionDenied")]
    [InlineData("`rm` rejected: blocked by policy", "PermissionDenied")]
    [InlineData("rm denied by policy", "PostToolUse")]
    [InlineData("exec_command failed for x", "PostToolUseFailure")]
    [InlineData("write_stdin failed: x", "PostToolUseFailure")]
    [InlineData("execution error: x", "PostToolUseFailure")]
    [InlineData("failed in sandbox: x", "PostToolUseFailure")]
    [InlineData("failed to parse function arguments: x", "PostToolUseFailure")]
    [InlineData("command timed out after 5 s", "PostToolUseFailure")]
    [InlineData("Script failed\nOutput:\n", "PostToolUseFailure")]
    [InlineData("tool call error: x", "PostToolUseFailure")]
    [InlineData("apply_patch verification failed: x", "PostToolUseFailure")]
    [InlineData("it failed\nrejected by user", "PostToolUse")]
    [InlineData("aborted", "ToolUseCancelled")]
    [InlineData("aborted by user after 5 s", "ToolUseCancelled")]
    [InlineData("Wall time: 5 s\naborted by user", "ToolUseCancelled")]
    [InlineData("Wall time: 5 s\nfine", "PostToolUse")]
    [InlineData("fine\naborted", "PostToolUse")]
    [InlineData("aborted mission", "PostToolUse")]
    [InlineData("Exit code: 0\nOutput:\nx", "PostToolUse")]
    [InlineData("Exit code: 1\nOutput:\nx", "PostToolUseFailure")]
    [InlineData("Exit code: -1", "PostToolUseFailure")]
    [InlineData("Exit code: x", "PostToolUse")]
    [InlineData("Process exited with code 2", "PostToolUseFailure")]
    [InlineData("Output:\nExit code: 1", "PostToolUse")]
    [InlineData("1\n2\n3\n4\n5\n6\n7\nExit code: 1", "PostToolUseFailure")]
    [InlineData("1\n2\n3\n4\n5\n6\n7\n8\nExit code: 1", "PostToolUse")]
    [InlineData("{\"output\":\"x\",\"metadata\":{\"exit_code\":0}}", "PostToolUse")]
    [InlineData("{\"output\":\"x\",\"metadata\":{\"exit_code\":3}}", "PostToolUseFailure")]
    [InlineData("{\"output\":\"x\",\"metadata\":{\"exit_code\":-3}}", "PostToolUseFailure")]
    [InlineData("{\"output\":\"x\",\"metadata\":{}}", "PostToolUse")]
    [InlineData("{\"output\":\"Exit code: 1\"}", "PostToolUse")]
    [InlineData("", "PostToolUse")]
    public void Codex_says_in_the_header_how_a_call_ended(string answer, string type)
    {
        var output = Import(answer);

        Assert.Equal(type, CodexResult.EventType(output));
        Assert.Equal(type, CodexResult.EventType(PatternAnalysis.Import.JsonFields.ObjectOf("content", answer)));
    }

    [Theory]
    [InlineData("""{"success":false,"content":"x"}""", "PostToolUseFailure", "x")]
    [InlineData("""{"success":false,"content":"it was rejected by the user"}""", "PermissionDenied", "it was rejected by the user")]
    [InlineData("""{"success":false,"content":"x\nrejected by user"}""", "PostToolUseFailure", "x\nrejected by user")]
    [InlineData("""{"success":false}""", "PostToolUseFailure", null)]
    [InlineData("""{"success":true,"content":"Exit code: 1"}""", "PostToolUseFailure", "Exit code: 1")]
    [InlineData("""{"body":"x"}""", "PostToolUse", "x")]
    [InlineData("""{"content_items":[{"text":"a"},{"image":1},{"text":"b"}]}""", "PostToolUse", "a\n\nb")]
    [InlineData("{}", "PostToolUse", null)]
    public void An_output_may_be_an_object(string json, string type, string? text)
    {
        var output = PatternAnalysis.Import.JsonFields.ParseObject(json);

        Assert.Equal((type, text), (CodexResult.EventType(output), CodexResult.TextOf(output)));
    }

    [Theory]
    [InlineData("Exit code: 0", true)]
    [InlineData("Process exited with code 1\nOutput:", true)]
    [InlineData("Output:\nExit code: 0", false)]
    [InlineData("Script completed\nOutput:\n{\"chunk_id\":\"a\",\"wall_time_seconds\":1.5,\"exit_code\":0,", true)]
    [InlineData("{\"chunk_id\":\"a\",\"wall_time_seconds\":1.5,\"exit_code\":0,", false)]
    [InlineData("", false)]
    public void A_header_may_have_an_exit_code(string text, bool hasCode) => Assert.Equal(hasCode, CodexResult.HasExitCode(text));

    [Theory]
    [InlineData("\"exit_code\":0|\"exit_code\":2|\"exit_code\":0", 2, null)]
    [InlineData("\"exit_code\":3|\"exit_code\":4", 3, null)]
    [InlineData("\"exit_code\":-1", -1, null)]
    [InlineData("\"session_id\":7", null, "7")]
    [InlineData("\"session_id\":7|\"exit_code\":0", 0, null)]
    [InlineData("\"other\":1", null, null)]
    public void The_results_that_a_script_shows_tell_how_it_ended(string results, int? code, string? session)
    {
        var answer =
            "Script completed\n"
            + string.Concat(results.Split('|').Select(one => $"{{\"chunk_id\":\"c\",\"wall_time_seconds\":0.1,{one},\"output\":\"x\"}}\n"));

        Assert.Equal((code, session), (CodexScriptResult.ExitCode(answer), CodexScriptResult.RunningSession(answer)));
        Assert.Equal((null, null), (CodexScriptResult.ExitCode("x" + answer), CodexScriptResult.RunningSession(null)));
    }

    private static PatternAnalysis.Import.Json.JsonSlice Import(string text) =>
        PatternAnalysis.Import.JsonFields.ObjectOf("x", text).Field("x");
}
