using PatternAnalysis.Activities;
using PatternAnalysis.Classification;
using PatternAnalysis.Danger;

namespace PatternAnalysis.Tests.Activities;

public class ActivityVerdictTests
{
    private static readonly DangerAssessor s_assessor = new(DangerRuleSet.BuiltIn);

    [Theory]
    [InlineData("Read", DangerLevel.Safe, null)]
    [InlineData("Edit(.cs)+", DangerLevel.Safe, null)]
    [InlineData("Bash", DangerLevel.Unknown, "unknown.no-command")]
    [InlineData("Bash(git commit)", DangerLevel.Unknown, "unknown.no-command")]
    [InlineData("Bash(rm)", DangerLevel.Destructive, "files.remove")]
    [InlineData("Bash(git stash drop)+", DangerLevel.Destructive, "git.stash-drop")]
    [InlineData("PowerShell(Remove-Item)", DangerLevel.Destructive, "files.remove-item")]
    [InlineData("Bash(python remove_old.py)", DangerLevel.Unknown, "unknown.no-command")]
    [InlineData("mcp__files__delete_file", DangerLevel.Destructive, "tools.destructive-name")]
    [InlineData("(odd)", DangerLevel.Safe, null)]
    public void A_name_alone_never_makes_a_shell_safe(string activity, DangerLevel level, string? rule)
    {
        var verdict = ActivityVerdict.Of(activity, s_assessor);

        Assert.Equal((level, rule), (verdict.Level, verdict.RuleId));
    }

    [Fact]
    public void A_pattern_is_explained_step_by_step()
    {
        var explained = new DangerExplainer(s_assessor).ExplainPattern(["Read(.md)", "Bash(git push)", "Bash(rm)"]);

        Assert.Equal((DangerLevel.Destructive, "files.remove"), (explained.Level, explained.RuleId));
        Assert.Equal([DangerLevel.Safe, DangerLevel.Unknown, DangerLevel.Destructive], explained.Segments.Select(segment => segment.Level));
        Assert.Equal("Read(.md)→Bash(git push)→Bash(rm)", explained.Text);
    }
}
