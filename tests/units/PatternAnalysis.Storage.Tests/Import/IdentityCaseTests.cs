using System.Text;
using PatternAnalysis.Import;
using PatternAnalysis.Storage.Recording;

namespace PatternAnalysis.Storage.Tests.Import;

/// <summary>Which call an event is of, where a recorder stores it (case 01), and which file holds none (case 14 with relatives).</summary>
public class IdentityCaseTests
{
    private const string Session = "5e550000-1111-4222-8333-000000000001";

    [Fact]
    public void Case_01_recorded_events_of_two_sessions_with_one_id_are_two()
    {
        using var folder = new ImportFolder();
        var recorder = new HookRecorder(folder.Database, PayloadMode.Command, "test") { Patience = TimeSpan.FromMinutes(2) };
        foreach (var line in File.ReadLines(ImportCase.PathOf("01-record.jsonl")))
            Assert.Null(recorder.Record(new MemoryStream(Encoding.UTF8.GetBytes(line))));

        Assert.Equal(["live-1", "live-2"], folder.Stored().Select(row => row.Session).Order());
    }

    [Fact]
    public void Case_14_what_a_tool_answered_is_never_an_event()
    {
        using var folder = CaseFolder.Of("14");

        var result = folder.Import();

        Assert.Equal(["PostToolUse", "PreToolUse", "UserPromptSubmit"], folder.Stored().Select(row => row.Type).Order());
        Assert.Equal("tool_answer 1", result.Skips());
    }

    // Gemini CLI, OpenCode and Cursor save long answers in folders of their own; they look like events.
    [Fact]
    public void Case_14_relative_what_other_agents_save_of_answers_is_none_either()
    {
        using var folder = CaseFolder.Of("14-other-agents");

        var result = folder.Import();

        Assert.Equal("0005e57a-1111-4222-8333-00000000057a: Read(.md)=Ok", folder.Told());
        Assert.Equal("tool_answer 3", result.Skips());
        Assert.Equal(["a.json", "x.json", "t.jsonl"], result.Skipped.Single().Examples.Select(Path.GetFileName));
    }

    [Fact]
    public void Case_14_relative_not_even_when_the_file_itself_is_named()
    {
        using var folder = CaseFolder.Of("14");

        var result = folder.Import(paths: Directory.GetFiles(folder.Input, "mcp-*", SearchOption.AllDirectories));

        Assert.Equal((0L, "tool_answer 1"), (result.ReadCount, result.Skips()));
    }

    [Theory]
    [InlineData("agent-tools/logs")]
    [InlineData("tool-output")]
    [InlineData("tool-results")]
    public void Case_14_relative_a_project_may_be_called_as_a_folder_of_answers_is(string name)
    {
        using var folder = new ImportFolder();
        var records = new ClaudeRecords(Session).Call("toolu_01A2b3C4d5E6f7G8h9J0k1L2", "Bash", new { command = "ls" });
        folder.Add($"{name}/a.jsonl", records.Text);

        var result = folder.Import(paths: Path.Combine(folder.Input, name));

        Assert.Equal((1L, ""), (result.ReadCount, result.Skips()));
    }

    [Fact]
    public void Case_14_relative_an_ordinary_name_says_nothing_where_no_agent_keeps_its_files()
    {
        using var folder = new ImportFolder();
        var records = new ClaudeRecords(Session).Call("toolu_01A2b3C4d5E6f7G8h9J0k1L2", "Bash", new { command = "ls" });
        folder.Add("agent-tools/a.jsonl", records.Text);

        Assert.Equal("", folder.Import().Skips());
        Assert.Equal("", folder.Import(paths: Path.Combine(folder.Input, "agent-tools", "a.jsonl")).Skips());
    }
}
