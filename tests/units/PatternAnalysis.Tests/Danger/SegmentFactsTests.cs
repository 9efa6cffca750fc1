using PatternAnalysis.Danger;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Tests.Danger;

/// <summary>What rules ask about a command: its options in every spelling, what stands behind them, and what it sets.</summary>
public class SegmentFactsTests
{
    private static SegmentFacts Facts(string text, ShellDialect dialect = ShellDialect.Posix) =>
        new(ShellReader.Read(text, dialect).Segments[0], [], null);

    [Theory]
    [InlineData("git -C a --no-pager log -p --stat f -- -x g", "log", "-C --no-pager -p --stat", "a f -x g", "f -x g", 1)]
    [InlineData("git commit -m words -a f", "commit", "-m -a", "f", "f", 1)]
    [InlineData("git commit -am words f", "commit", "-am", "f", "f", 1)]
    [InlineData("git commit --message words f", "commit", "--message", "f", "f", 1)]
    [InlineData("git commit -Am f", "commit", "-Am", "f", "f", 1)]
    [InlineData("git stash push -m f g", "stash push", "-m", "g", "g", 1)]
    [InlineData("make -C a build V=1", "build", "-C", "a V=1", "V=1", 1)]
    [InlineData("ls - -- -", "", "", "- -", "- -", 1)]
    [InlineData("nox build -- zap", "build", "", "zap", "zap", 0)]
    [InlineData("git log log", "log", "", "log", "log", 1)]
    public void Options_sub_commands_and_operands_stand_apart(
        string text,
        string subCommand,
        string flags,
        string operands,
        string tasks,
        int tasksBeforeDashes
    )
    {
        var facts = Facts(text);

        Assert.Equal(
            (subCommand, flags, operands, tasks, tasksBeforeDashes),
            (
                facts.SubCommand,
                string.Join(' ', facts.Flags),
                string.Join(' ', facts.Operands),
                string.Join(' ', facts.Tasks),
                facts.TasksBeforeDashes
            )
        );
    }

    [Theory]
    [InlineData("zap -r", "-r", true)]
    [InlineData("zap -fr", "-r", true)]
    [InlineData("zap -rf", "-r", true)]
    [InlineData("zap -n10", "-n", true)]
    [InlineData("zap -a=r", "-r", false)]
    [InlineData("zap -a-r", "-r", false)]
    [InlineData("zap --r", "-r", false)]
    [InlineData("zap r", "-r", false)]
    [InlineData("git commit -uno", "-n", false)]
    [InlineData("git commit -nu", "-n", true)]
    [InlineData("curl -oX a", "-X", false)]
    [InlineData("curl -sX a", "-X", true)]
    [InlineData("zap --force", "--force", true)]
    [InlineData("zap --force=1", "--force", true)]
    [InlineData("zap --force-all", "--force", false)]
    [InlineData("zap --forc", "--force", false)]
    [InlineData("zap -force", "--force", false)]
    [InlineData("go test -exec a", "-exec", true)]
    [InlineData("go test -exec=a", "-exec", true)]
    [InlineData("go test -execute", "-exec", false)]
    [InlineData("zap -?", "-?", true)]
    public void An_option_is_there_as_it_is_written_or_among_short_ones(string text, string option, bool isThere) =>
        Assert.Equal(isThere, Facts(text).HasExactFlag(option));

    [Theory]
    [InlineData("zap --forc", "--force", true)]
    [InlineData("zap --fo", "--force", true)]
    [InlineData("zap --f", "--force", false)]
    [InlineData("zap --fo=1", "--force", true)]
    [InlineData("zap --f=11", "--force", false)]
    [InlineData("zap --forced", "--force", false)]
    [InlineData("zap -forc", "-force", false)]
    public void An_option_may_be_abbreviated(string text, string option, bool isThere) =>
        Assert.Equal(isThere, Facts(text).HasFlag(option));

    [Theory]
    [InlineData("zap -Recurse", "-Recurse", true)]
    [InlineData("zap -RECURSE", "-Recurse", true)]
    [InlineData("zap -rec", "-Recurse", true)]
    [InlineData("zap -r", "-Recurse", true)]
    [InlineData("zap -rec:$true", "-Recurse", true)]
    [InlineData("zap -rec:$FALSE", "-Recurse", false)]
    [InlineData("zap -Recursed", "-Recurse", false)]
    [InlineData("zap -f", "-Recurse", false)]
    public void A_parameter_of_PowerShell_is_there_in_any_case_and_shortened(string text, string parameter, bool isThere) =>
        Assert.Equal(isThere, Facts(text, ShellDialect.PowerShell).HasFlag(parameter));

    [Theory]
    [InlineData("git -c a=b log", "-c", true)]
    [InlineData("git --git-dir=a log", "--git-dir", true)]
    [InlineData("git log -c", "-c", false)]
    [InlineData("git -c a=b", "-c", false)]
    public void An_option_of_the_program_stands_before_its_sub_command(string text, string option, bool isThere) =>
        Assert.Equal(isThere, Facts(text).HasGlobalFlag(option));

    [Theory]
    [InlineData("git stash drop", "stash", true)]
    [InlineData("git stash drop", "stash drop", true)]
    [InlineData("git stash drop", "stash dr", false)]
    [InlineData("git stash", "stash drop", false)]
    [InlineData("git log", "", false)]
    public void A_sub_command_is_had_by_whole_words(string text, string wanted, bool isThere) =>
        Assert.Equal(isThere, Facts(text).HasSubCommand(wanted));

    [Theory]
    [InlineData("A=1 zap B=2", "A=1")]
    [InlineData("A=1 export B=2 C", "A=1 B=2")]
    [InlineData("declare -x B=2", "B=2")]
    [InlineData("typeset B=2", "B=2")]
    [InlineData("local B=2", "B=2")]
    [InlineData("readonly B=2", "B=2")]
    [InlineData("alias B=2", "B=2")]
    [InlineData("set -gx B 2", "B=2")]
    [InlineData("setenv B 2", "B=2")]
    [InlineData("setx B 2", "B=2")]
    [InlineData("export B 2", "")]
    [InlineData("setx B", "")]
    [InlineData("read A B", "A=$() B=$()")]
    [InlineData("read -r A -d ''", "A=$() =$()")]
    [InlineData("mapfile A", "A=$()")]
    [InlineData("readarray A", "A=$()")]
    [InlineData("getopts ab: A", "A=$()")]
    [InlineData("printf -v A %s x", "A=$()")]
    [InlineData("printf -vA %s x", "A=$()")]
    [InlineData("printf -v", "")]
    [InlineData("printf %s A", "")]
    [InlineData("A=1 read B", "A=1 B=$()")]
    public void What_a_command_sets_is_known(string text, string assigned) =>
        Assert.Equal(assigned, string.Join(' ', Facts(text).Assigned));

    [Fact]
    public void Texts_of_words_are_each_told_once()
    {
        var facts = Facts("zap a -x a b -x");

        Assert.Equal(["-x", "a", "b"], facts.ArgumentTexts.Order(StringComparer.Ordinal));
        Assert.Equal(["a", "b"], facts.OperandTexts.Order(StringComparer.Ordinal));
    }
}
