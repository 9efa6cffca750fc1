using System.Text;
using PatternAnalysis.Activities;
using PatternAnalysis.Danger;

namespace PatternAnalysis.Tests.Activities;

public class StepReaderTests
{
    private static StepReader Reader(ActivityModel model = ActivityModel.Operation) =>
        new(model, new DangerAssessor(DangerRuleSet.BuiltIn));

    [Fact]
    public void A_step_has_its_name_and_its_verdict()
    {
        var step = Reader().Read("Bash"u8, """{"tool_input":{"command":"cd x && rm -rf y"}}"""u8);

        Assert.Equal(("Bash(rm)", DangerLevel.Destructive), (step.Activity, step.Verdict.Level));
    }

    [Fact]
    public void The_same_command_is_described_once_whatever_else_its_payload_says()
    {
        var reader = Reader();

        var first = reader.Read("Bash", """{"session_id":"a","tool_input":{"command":"foo x"}}"""u8);
        var second = reader.Read("Bash", """{"session_id":"b","tool_input":{"command":"foo x","timeout":5}}"""u8);

        Assert.Same(first.Verdict, second.Verdict);
        Assert.Same(first.Activity, second.Activity);
    }

    [Fact]
    public void Tools_of_equal_text_are_kept_apart()
    {
        var reader = Reader();

        Assert.Equal("Read(.env)", reader.Read("Read", """{"file_path":".env"}"""u8).Activity);
        Assert.Equal("Edit(.env)", reader.Read("Edit", """{"file_path":".env"}"""u8).Activity);
        Assert.Equal(DangerLevel.Safe, reader.Read("Deploy", []).Verdict.Level);
        Assert.Equal(DangerLevel.Unknown, reader.Read("Deploy", """{"tool_input":{"to":"prod"}}"""u8).Verdict.Level);
    }

    [Fact]
    public void The_cache_is_bounded_and_long_commands_stay_out_of_it()
    {
        var reader = Reader();
        for (var index = 0; index < StepReader.CacheCapacity + 10; index++)
            Assert.Equal("Read(.cs)", reader.Read("Read", Encoding.UTF8.GetBytes($$"""{"file_path":"{{index}}.cs"}""")).Activity);

        var text = Encoding.UTF8.GetBytes($$"""{"command":"git commit -m '{{new string('x', 100_000)}}'"}""");
        Assert.Equal("Bash(git commit)", reader.Read("Bash", text).Activity);
    }

    [Theory]
    [InlineData("Bash", "", DangerLevel.Unknown)]
    [InlineData("Bash", "{}", DangerLevel.Unknown)]
    [InlineData("mcp__x__merge", "{}", DangerLevel.Unknown)]
    [InlineData("Merge", "{}", DangerLevel.Safe)]
    [InlineData("delete_file", "{}", DangerLevel.Destructive)]
    [InlineData("Bash", """{"command":"rm -rf x"}""", DangerLevel.Destructive)]
    public void By_tool_the_name_decides_and_a_command_where_there_is_one(string tool, string payload, DangerLevel level)
    {
        var step = Reader(ActivityModel.Tool).Read(tool, Encoding.UTF8.GetBytes(payload));

        Assert.Equal((tool, level), (step.Activity, step.Verdict.Level));
    }
}
