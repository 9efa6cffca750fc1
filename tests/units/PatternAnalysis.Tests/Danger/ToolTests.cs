using System.Text;
using PatternAnalysis.Danger;

namespace PatternAnalysis.Tests.Danger;

public class ToolTests
{
    private static DangerVerdict Use(string tool, string payload) =>
        DangerTests.Assessor.AssessToolUse(tool, Encoding.UTF8.GetBytes(payload));

    [Theory]
    [InlineData("DeleteFile")]
    [InlineData("delete_file")]
    [InlineData("mcp__files__delete-file")]
    [InlineData("RemoveItem")]
    [InlineData("DropTable")]
    [InlineData("Truncate")]
    [InlineData("ForceDelete")]
    [InlineData("forcedelete")]
    [InlineData("mcp__db__table.drop")]
    [InlineData("HTTPDelete2")]
    [InlineData("deleting_rows")]
    [InlineData("dropped")]
    [InlineData("purge_cache")]
    [InlineData("terminateInstances")]
    [InlineData("revoke_token")]
    [InlineData("Destroy")]
    public void A_tool_whose_name_has_a_destructive_word_is_destructive(string tool)
    {
        var verdict = DangerTests.Assessor.AssessTool(tool);

        Assert.Equal((DangerLevel.Destructive, "tools.destructive-name", tool), (verdict.Level, verdict.RuleId, verdict.Segment));
        Assert.Equal(verdict, Use(tool, "{}"));
    }

    [Theory]
    [InlineData("mcp__dropbox__list")]
    [InlineData("DropBoxList")]
    [InlineData("select_dropdown")]
    [InlineData("drag_and_drop")]
    [InlineData("Backdrop")]
    [InlineData("undelete")]
    [InlineData("KillShell")]
    [InlineData("Anything")]
    [InlineData("Bash")]
    [InlineData("")]
    public void A_bare_name_without_such_a_word_is_safe(string tool)
    {
        Assert.Equal(DangerVerdict.Safe, DangerTests.Assessor.AssessTool(tool));
    }

    [Theory]
    [InlineData("Anything", DangerLevel.Safe)]
    [InlineData("mcp__dropbox__list", DangerLevel.Safe)]
    [InlineData("mcp__mail__dispatch", DangerLevel.Unknown)]
    [InlineData("Bash", DangerLevel.Unknown)]
    public void Without_a_payload_a_shell_and_a_tool_of_others_are_unknown_and_any_other_goes_by_its_name(string tool, DangerLevel level) =>
        Assert.Equal(level, DangerTests.Assessor.AssessToolUse(tool, []).Level);

    [Theory]
    [InlineData("Read", """{"tool_input":{"file_path":"/a/b.cs"}}""")]
    [InlineData("Edit", """{"tool_input":{"file_path":"/a/b.cs"}}""")]
    [InlineData("TodoWrite", "{}")]
    [InlineData("WebSearch", """{"query":"rm -rf"}""")]
    [InlineData("mcp__github__get_pull_request", "{}")]
    [InlineData("mcp__github__list_issues", "{}")]
    [InlineData("Read", """{"tool_input":{"file_path":"/a/.env.example"}}""")]
    [InlineData("Bash", """{"tool_input":{"command":"git status"}}""")]
    [InlineData("shell", """{"command":["bash","-lc","git status"]}""")]
    public void A_tool_that_is_known_to_do_no_harm_is_safe(string tool, string payload) =>
        Assert.Equal(DangerVerdict.Safe, Use(tool, payload));

    [Theory]
    [InlineData("mcp__github__merge_pull_request", "{}", "unknown.tool")]
    [InlineData("mcp__db__get_and_update", "{}", "unknown.tool")]
    [InlineData("Bash", "{}", "unknown.no-command")]
    [InlineData("Bash", "not json", "unknown.no-command")]
    [InlineData("Bash", """{"tool_input":null}""", "unknown.no-command")]
    [InlineData("Read", """{"tool_input":{"file_path":"C:\\repo\\.env"}}""", "secrets.tool-read")]
    [InlineData("Read", """{"file_path":"/home/x/.ssh/id_rsa"}""", "secrets.tool-read")]
    public void A_tool_use_that_nobody_can_judge_is_unknown(string tool, string payload, string rule)
    {
        var verdict = Use(tool, payload);

        Assert.Equal((DangerLevel.Unknown, rule), (verdict.Level, verdict.RuleId));
    }

    [Theory]
    [InlineData("Bash", """{"tool_input":{"command":"rm -rf x"}}""", "files.remove-recursive")]
    [InlineData("PowerShell", """{"tool_input":{"command":"ri x"}}""", "files.remove-item")]
    [InlineData("shell", """{"command":["bash","-lc","rm -rf x"]}""", "files.remove-recursive")]
    [InlineData("exec_command", """{"cmd":"rm -rf x"}""", "files.remove-recursive")]
    [InlineData("shell", """{"arguments":"{\"command\":[\"rm\",\"-rf\",\"a b\"]}"}""", "files.remove-recursive")]
    [InlineData("mcp__desktop__execute_command", """{"command":"rm -rf x"}""", "files.remove-recursive")]
    public void A_shell_is_judged_by_its_command(string tool, string payload, string rule) => Assert.Equal(rule, Use(tool, payload).RuleId);

    [Fact]
    public void A_verdict_shows_its_segment_masked_and_short()
    {
        var verdict = DangerTests.Bash("rm -rf /home/someone/x --token=abcdefgh1234 " + new string('y', 5000));

        Assert.StartsWith("rm -rf ~/x --token=*** yyy", verdict.Segment, StringComparison.Ordinal);
        Assert.Equal(DangerVerdict.MaximumSegmentLength, verdict.Segment!.Length);
    }

    [Fact]
    public void The_worst_segment_decides_and_of_equals_the_first()
    {
        Assert.Equal("rm -rf b", DangerTests.Bash("foo; rm -rf b; ls; rm -rf c").Segment);
        Assert.Equal("foo", DangerTests.Bash("ls; foo; bar").Segment);
    }
}
