using PatternAnalysis.Shell;

namespace PatternAnalysis.Tests.Shell;

public class ProgramCatalogTests
{
    [Theory]
    [InlineData("git commit -m x", "commit")]
    [InlineData("git -C dir --no-pager -c a=b log", "log")]
    [InlineData("git stash drop", "stash drop")]
    [InlineData("git stash", "stash")]
    [InlineData("git worktree list", "worktree list")]
    [InlineData("gh pr create --title x", "pr create")]
    [InlineData("gh api -X POST repos/a/b", "api")]
    [InlineData("npm run build:prod", "run build:prod")]
    [InlineData("docker compose -f x.yml up -d", "compose up")]
    [InlineData("kubectl -n x get pods", "get")]
    [InlineData("aws --region x s3 ls", "s3 ls")]
    [InlineData("dotnet ef database update", "ef database update")]
    [InlineData("git $CMD", "")]
    [InlineData("git --version", "")]
    [InlineData("ls src", "")]
    public void A_sub_command_is_found_past_the_programs_own_options(string command, string expected) =>
        Assert.Equal(expected, ProgramCatalog.SubCommand(ShellReader.Read(command, ShellDialect.Posix).Segments[0]));

    [Theory]
    [InlineData("python3.12 -m pip3 install a", "install")]
    [InlineData("GIT log", "log")]
    [InlineData("git --git-dir a --work-tree b log", "log")]
    [InlineData("git - log", "")]
    [InlineData("git ./log", "")]
    [InlineData("git log.x-y_z:a", "log.x-y_z:a")]
    [InlineData("git 1log", "")]
    [InlineData("git lo+g", "")]
    [InlineData("git abcdefghijabcdefghijabcdefghijabcdefghij", "abcdefghijabcdefghijabcdefghijabcdefghij")]
    [InlineData("git abcdefghijabcdefghijabcdefghijabcdefghijk", "")]
    [InlineData("git ''", "")]
    [InlineData("git stash $x", "stash")]
    [InlineData("git stash --all push", "stash push")]
    [InlineData("gh pr", "pr")]
    [InlineData("gh pr create more", "pr create")]
    [InlineData("gcloud compute instances delete a b", "compute instances delete a")]
    [InlineData("az --output json group delete -n a", "group delete a")]
    [InlineData("curl a", "")]
    [InlineData("xcodebuild build", "")]
    [InlineData("mytool run", "")]
    public void A_sub_command_is_made_of_plain_words_as_deep_as_the_program_has_them(string command, string expected) =>
        Assert.Equal(expected, ProgramCatalog.SubCommand(ShellReader.Read(command, ShellDialect.Posix).Segments[0]));

    [Theory]
    [InlineData("git commit", "-m --message -F --file --author --date --trailer", "mFCctuS")]
    [InlineData("git tag", "-m --message -F --file", "")]
    [InlineData("git merge", "-m --message -F --file", "")]
    [InlineData("git stash push", "-m --message", "")]
    [InlineData("git notes add", "-m --message -F --file", "")]
    [InlineData("git log", "--grep --author -S -G --since --until", "")]
    [InlineData("git push", "", "")]
    [InlineData("gh pr view", "", "RXHfFqt")]
    [InlineData("mytool run", "", "")]
    public void The_options_whose_value_is_data_are_known(string command, string options, string letters)
    {
        var segment = ShellReader.Read(command, ShellDialect.Posix).Segments[0];
        var subCommand = ProgramCatalog.SubCommand(segment);

        Assert.Equal(
            options.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal),
            ProgramCatalog.DataOptions(segment, subCommand).Order(StringComparer.Ordinal)
        );
        Assert.Equal(letters, ProgramCatalog.ValueLetters(segment, subCommand));
    }

    [Fact]
    public void The_options_of_a_program_that_take_the_next_word_are_known()
    {
        Assert.Contains("-C", ProgramCatalog.ValueOptions(ShellReader.Read("git log", ShellDialect.Posix).Segments[0]).AsEnumerable());
        Assert.Empty(ProgramCatalog.ValueOptions(ShellReader.Read("mytool log", ShellDialect.Posix).Segments[0]));
        Assert.True(ProgramCatalog.Knows(ShellReader.Read("git log", ShellDialect.Posix).Segments[0]));
        Assert.False(ProgramCatalog.Knows(ShellReader.Read("mytool log", ShellDialect.Posix).Segments[0]));
    }
}
