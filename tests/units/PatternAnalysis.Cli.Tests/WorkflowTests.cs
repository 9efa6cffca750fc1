using PatternAnalysis.Cli.Tests.Support;

namespace PatternAnalysis.Cli.Tests;

public sealed class WorkflowTests : IDisposable
{
    // git status, diff, add, commit: the sample's most frequent routine.
    private const string Pattern = "8d08a2686138a0f3";

    private readonly CommandLine _cli = new();
    private readonly string _database;

    public WorkflowTests()
    {
        _database = _cli.SampleDatabase();
        Assert.Equal(0, _cli.Run("analyze", "-d", _database, "--since", "2026-03-02").ExitCode);
    }

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void An_approved_pattern_becomes_a_draft_in_every_format_and_none_is_overwritten()
    {
        Assert.Equal(0, _cli.Run("review", "-d", _database, "--approve", Pattern).ExitCode);
        foreach (
            var (format, path, text) in new[]
            {
                ("skill", "git-status-git-diff-git-add-8d08a268/SKILL.md", "git commit -m {{step4_message}}"),
                ("slashcommand", "git-status-git-diff-git-add-8d08a268.md", "with these values: $ARGUMENTS"),
                ("script", "git-status-git-diff-git-add-8d08a268.sh", "git status\n"),
            }
        )
        {
            var (exitCode, output, error) = _cli.Run("workflow", Pattern, "-d", _database, "--format", format);
            Assert.Equal((0, ""), (exitCode, error));
            Assert.Equal(Path.Combine(".", path), output.TrimEnd());
            Assert.Contains(text, File.ReadAllText(Path.Combine(_cli.Folder, path)), StringComparison.Ordinal);

            var again = _cli.Run("workflow", Pattern, "-d", _database, "--format", format);
            Assert.Equal(1, again.ExitCode);
            Assert.StartsWith("error WorkflowExists:", again.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Without_a_format_the_kind_of_the_pattern_chooses()
    {
        Assert.Equal(0, _cli.Run("review", "-d", _database, "--approve", Pattern).ExitCode);

        var (exitCode, output, error) = _cli.Run("workflow", Pattern, "-d", _database);
        Assert.Equal((0, ""), (exitCode, error));
        Assert.EndsWith(".md", output.TrimEnd(), StringComparison.Ordinal);
        Assert.StartsWith(
            "error WorkflowUnfit:",
            _cli.Run("workflow", Pattern, "-d", _database, "--format", "hook").Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_cannot_be_drafted_says_why_and_leaves_no_file()
    {
        var before = Directory.GetFileSystemEntries(_cli.Folder);

        Assert.StartsWith(
            "error PatternNotApproved:",
            _cli.Run("workflow", Pattern, "-d", _database, "--format", "skill").Error,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "error PatternNotFound:",
            _cli.Run("workflow", "0000000000000000", "-d", _database, "--format", "skill").Error,
            StringComparison.Ordinal
        );
        Assert.Equal(2, _cli.Run("workflow", Pattern, "-d", _database, "--format", "exe").ExitCode);
        Assert.Equal(before, Directory.GetFileSystemEntries(_cli.Folder));
    }

    [Fact]
    public void A_pattern_of_parts_of_sessions_is_read_back_from_them()
    {
        Assert.Equal(0, _cli.Run("analyze", "-d", _database, "--since", "2026-03-02", "--case", "idle", "--idle-minutes", "30").ExitCode);
        Assert.Equal(0, _cli.Run("review", "-d", _database, "--approve", Pattern).ExitCode);

        Assert.Equal(0, _cli.Run("workflow", Pattern, "-d", _database, "--format", "skill").ExitCode);
    }
}
