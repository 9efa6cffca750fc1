using System.Text.Json.Nodes;

namespace PatternAnalysis.Tests.Import;

/// <summary>
/// A script of Codex's code mode stands for what it calls, and ends as that ended. Modelled on public logs of Codex 0.142 to 0.144.
/// </summary>
public sealed class CodexScriptTests
{
    private const string Session = "00000709-1111-4222-8333-000000001900";

    [Theory]
    [InlineData("await tools.exec_command({cmd:'git push'})", "exec(git push)")]
    [InlineData(
        "const p = '*** Begin Patch\\n*** Update File: a.rs\\n@@\\n-a\\n+b\\n*** End Patch'; await tools.apply_patch(p)",
        "apply_patch(.rs)"
    )]
    [InlineData("const p = '*** Begin Patch\\n*** Delete File: a.rs\\n*** End Patch'; await tools.apply_patch(p)", "apply_patch(rm)")]
    [InlineData("await tools.apply_patch(patchOf(before))", "apply_patch")]
    [InlineData("await tools.mcp__forge__create_pull_request({title:'x'})", "mcp__forge__create_pull_request")]
    [InlineData("text(ALL_TOOLS.filter(x => /issue/.test(x.name)))", "tool_search")]
    [InlineData("await tools.update_plan({plan:[]}); await tools.exec_command({cmd:'make'})", "exec(make)")]
    [InlineData("await tools.exec_command({cmd:'make'}); await tools.mcp__forge__delete_issue({id:1})", "exec")]
    [InlineData("await tools.exec_command({cmd: commandOf(x)})", "exec")]
    [InlineData("await tools.exec_command({cmd:'ls'}); await tools.exec_command({cmd:'git push ' + force})", "exec")]
    [InlineData("await tools.exec_command({cmd:'sh'}); await tools.write_stdin({session_id:1,chars:'rm -rf src\\n'})", "exec")]
    [InlineData("await tools.exec_command({cmd:'make'}); await tools.write_stdin({session_id:1,chars:'\\u0003'})", "exec(make)")]
    [InlineData("await tools.exec_command({cmd:'\\ud800'})", "exec")]
    [InlineData("text(1 + 1)", "exec")]
    public void It_stands_for_the_tools_that_it_calls(string script, string step)
    {
        using var folder = new ImportFolder();
        folder.Add("rollout-a.jsonl", new CodexLines().Meta(Session).Script("call_0", script).Output("call_0", Answer("done")).Text);

        folder.Import();

        Assert.Equal($"{Session}: {step}=Ok", folder.Told());
    }

    [Theory]
    [InlineData("const r = await tools.write_stdin({session_id:7,chars:''}); text(r.output)")]
    [InlineData("await tools.update_plan({plan:[{step:'cmd: 1',status:'pending'}]})")]
    public void Looking_at_a_running_command_and_keeping_a_plan_are_no_steps(string script)
    {
        using var folder = new ImportFolder();
        folder.Add("rollout-a.jsonl", new CodexLines().Meta(Session).Script("call_0", script).Output("call_0", Answer("done")).Text);

        folder.Import();

        Assert.Equal("bookkeeping 1", folder.Told());
    }

    [Fact]
    public void A_patch_beside_commands_is_seen_with_what_it_deletes()
    {
        using var folder = new ImportFolder();
        const string Script =
            "await tools.apply_patch('*** Begin Patch\\n*** Delete File: src/old.rs\\n+secret line\\n*** End Patch'); "
            + "await tools.exec_command({cmd:'cargo test'})";
        folder.Add("rollout-a.jsonl", new CodexLines().Meta(Session).Script("call_0", Script).Output("call_0", Answer("done")).Text);

        folder.Import();

        var payload = folder.Stored().Single(row => row.Type == "PreToolUse").Payload;
        Assert.Contains("*** Delete File: src/old.rs", payload);
        Assert.Contains("cargo test", payload);
        Assert.DoesNotContain("secret line", payload);
    }

    [Theory]
    [InlineData("""{"chunk_id":"a1","wall_time_seconds":1.5,"exit_code":101,"output":"x"}""", "Failed")]
    [InlineData("""{"chunk_id":"a1","wall_time_seconds":1.5,"exit_code":0,"output":"x"}""", "Ok")]
    [InlineData(
        """[{"chunk_id":"a1","wall_time_seconds":1,"exit_code":0},{"chunk_id":"a2","wall_time_seconds":2,"exit_code":1}]""",
        "Failed"
    )]
    [InlineData("""{"chunk_id":"a1","wall_time_seconds":2.5e-05,"exit_code":-1,"output":"cut o""", "Failed")]
    [InlineData("""{"output":"{\\"chunk_id\\":\\"a1\\",\\"wall_time_seconds\\":1,\\"exit_code\\":1}"}""", "Ok")]
    [InlineData("Process exited with code 1", "Ok")]
    public void Its_commands_ended_as_the_results_say_that_it_shows(string shown, string outcome)
    {
        using var folder = new ImportFolder();
        folder.Add("rollout-a.jsonl", CargoTest().Output("call_0", Answer(shown)).Text);

        folder.Import();

        Assert.Equal($"{Session}: exec(cargo test)={outcome}", folder.Told());
    }

    [Theory]
    [InlineData("Script completed", """{"chunk_id":"a1","wall_time_seconds":9,"exit_code":1}""", "Failed")]
    [InlineData("Script completed", "all green", "Ok")]
    [InlineData("Script failed", "Error: no such tool", "Failed")]
    public void A_script_that_is_waited_for_ended_as_the_wait_says(string header, string shown, string outcome)
    {
        using var folder = new ImportFolder();
        folder.Add(
            "rollout-a.jsonl",
            CargoTest()
                .Output("call_0", "Script running with cell ID 31\nWall time 10.0 seconds\nOutput:\n")
                .Call("call_1", "wait", new { cell_id = "31" })
                .Output("call_1", "Script running with cell ID 31\nWall time 10.0 seconds\nOutput:\n")
                .Call("call_2", "wait", new { cell_id = "31" })
                .Output("call_2", Answer(shown, header))
                .Text
        );

        folder.Import();

        Assert.StartsWith($"{Session}: exec(cargo test)={outcome}\nbookkeeping 2", folder.Told());
    }

    [Fact]
    public void A_command_that_goes_on_when_its_script_has_ended_ends_with_the_script_that_looks_at_it()
    {
        using var folder = new ImportFolder();
        folder.Add(
            "rollout-a.jsonl",
            CargoTest()
                .Output("call_0", Answer("""{"chunk_id":"a1","wall_time_seconds":1,"session_id":44321,"output":""}"""))
                .Script("call_1", "text(await tools.write_stdin({session_id:44321,chars:''}))")
                .Output("call_1", Answer("""{"chunk_id":"a2","wall_time_seconds":5,"exit_code":101,"output":""}"""))
                .Text
        );

        folder.Import();

        Assert.StartsWith($"{Session}: exec(cargo test)=Failed\nbookkeeping 1", folder.Told());
    }

    private static CodexLines CargoTest() =>
        new CodexLines().Meta(Session).Script("call_0", "text(await tools.exec_command({cmd:'cargo test'}))");

    private static JsonArray Answer(string shown, string header = "Script completed") =>
        [Part($"{header}\nWall time 0.1 seconds\nOutput:\n"), Part(shown)];

    private static JsonObject Part(string text) => new() { ["type"] = "input_text", ["text"] = text };
}
