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
}
