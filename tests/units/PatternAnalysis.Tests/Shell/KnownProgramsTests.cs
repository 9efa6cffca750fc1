using PatternAnalysis.Activities;
using PatternAnalysis.Danger;
using PatternAnalysis.Payloads;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Tests.Shell;

public class KnownProgramsTests
{
    [Fact]
    public void Every_program_that_a_rule_names_is_known_to_the_reader() =>
        Assert.Empty(
            DangerRuleSet
                .BuiltIn.Rules.Where(rule => rule.Command is not null)
                .SelectMany(rule => rule.Command!.Programs)
                .Where(program => program != "*" && !KnownPrograms.IsKnown(program))
                .Distinct(StringComparer.OrdinalIgnoreCase)
        );

    [Theory]
    [InlineData("rtk git push --force", "Bash(git push)")]
    [InlineData("rtk proxy git reset --hard", "Bash(git reset)")]
    [InlineData("rtk -v cargo test", "Bash(cargo test)")]
    [InlineData("cd x && rtk npm run build", "Bash(npm run build)")]
    [InlineData("mytool test", "Bash(mytool)")]
    [InlineData("sdk install java", "Bash(sdk)")]
    [InlineData("ssh host 'npm test'", "Bash(ssh)")]
    [InlineData("./deploy.sh", "Bash(deploy.sh)")]
    public void What_stands_behind_a_word_that_nobody_knows_gives_the_name(string command, string name) =>
        Assert.Equal(name, new ActivityNamer(ActivityModel.Operation).Name(new ToolUse("Bash", true, command, null, null)));
}
