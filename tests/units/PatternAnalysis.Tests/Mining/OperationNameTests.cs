using PatternAnalysis.Danger;
using PatternAnalysis.Mining;

namespace PatternAnalysis.Tests.Mining;

/// <summary>What a variant is said to be without: the program of the worst step, or the tool.</summary>
public class OperationNameTests
{
    [Theory]
    [InlineData("rm -rf build", "rm")]
    [InlineData("git reset --hard HEAD~1", "git reset")]
    [InlineData("sudo rm -rf /", "rm")]
    [InlineData("mcp__db__drop_table", "mcp__db__drop_table")]
    public void It_is_what_the_segment_runs(string segment, string expected) =>
        Assert.Equal(expected, OperationName.Of(Verdict(segment, "files")));

    [Theory]
    [InlineData("$PROGRAM -x", "files", "files")]
    [InlineData("$PROGRAM -x", null, "destructive steps")]
    [InlineData(null, "files", "files")]
    [InlineData(null, null, "destructive steps")]
    public void Where_that_can_not_be_read_it_is_the_kind_of_danger(string? segment, string? category, string expected) =>
        Assert.Equal(expected, OperationName.Of(Verdict(segment, category)));

    [Theory]
    [InlineData(59)]
    [InlineData(60)]
    [InlineData(61)]
    [InlineData(500)]
    public void It_has_at_most_sixty_characters(int length) =>
        Assert.Equal(new string('x', Math.Min(length, 60)), OperationName.Of(Verdict("$PROGRAM", new string('x', length))));

    private static DangerVerdict Verdict(string? segment, string? category) =>
        new(DangerLevel.Destructive, "rule", category, "because", segment);
}
