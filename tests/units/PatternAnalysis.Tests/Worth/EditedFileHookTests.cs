using PatternAnalysis.Metrics;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Worth;

/// <summary>A hook is told which file was edited, so it can run what varies only with that file.</summary>
public class EditedFileHookTests
{
    [Theory]
    [InlineData("src/part{0}/a.go", "gofmt -w src/part{0}/a.go", "Bash(gofmt -w <path>)")]
    [InlineData("src/part{0}/a.go", "go vet ./src/part{0}/...", "Bash(go vet <path>)")]
    [InlineData("src/part{0}/a.go", "cd src && go vet ./part{0}", "Bash(go vet <path>)")]
    [InlineData("src/part{0}/a.go", "cd src && gofmt -w part{0}/a.go && go vet ./part{0}", "Bash(gofmt -w <path> && go vet <path>)")]
    [InlineData("src/part{0}/a.go", "gofmt -w ./src/part{0}/a.go src/part{0}/a.go && make lint", "Bash(gofmt -w <path> && make lint)")]
    public void What_is_run_with_the_edited_file_or_its_folder_is_a_hook(string file, string command, string name)
    {
        var worth = Appraisals.Of(Sessions(file, file, command)).WorthOf($"Edit(.go)→{name}");

        Assert.Equal((WorthKind.Hook, 12, 1), (worth.Kind, worth.SavedTurns, worth.HitShare));
    }

    [Theory]
    [InlineData("gofmt -w src/part{0}/other.go")]
    [InlineData("gofmt -w part{0}.go")]
    public void What_is_run_with_another_file_is_none(string command)
    {
        var worth = Appraisals
            .Of(Sessions("src/part{0}/other.go", "src/piece{0}/a.go", command))
            .WorthOf("Edit(.go)→Bash(gofmt -w <path>)");

        Assert.Equal((WorthKind.None, 0), (worth.Kind, worth.SavedTurns));
    }

    [Fact]
    public void What_goes_into_the_history_is_not_decided_with_each_edit()
    {
        var worth = Appraisals
            .Of(Sessions("src/part{0}/a.go", "src/part{0}/a.go", "git add src/part{0}/a.go"))
            .WorthOf("Edit(.go)→Bash(git add <path>)");

        Assert.Equal((WorthKind.None, 0), (worth.Kind, worth.SavedTurns));
    }

    [Fact]
    public void A_check_of_the_edited_file_alone_is_a_hook_where_it_stands_after_edits_beyond_chance()
    {
        var calls = new RecordedCalls();
        for (var session = 0; session < 12; session++)
        {
            for (var turn = 0; turn < 4; turn++)
            {
                var file = $"src/part{session}/a{turn}.{(turn % 2 == 0 ? "go" : "md")}";
                calls
                    .Call($"s{session}", turn % 2 == 0 ? "Grep" : "Glob", "pattern", $"{session}{turn}")
                    .Call($"s{session}", "Read", "file_path", $"other{turn}.{(turn % 3 == 0 ? "cs" : "go")}")
                    .Call($"s{session}", turn % 2 == 0 ? "Edit" : "Write", "file_path", file)
                    .Bash($"s{session}", $"fmt --write {file}");
            }
        }

        var worth = Appraisals.Of(calls).WorthOf("Bash(fmt --write <path>)");

        Assert.Equal((WorthKind.Hook, 48), (worth.Kind, worth.SavedTurns));
        Assert.Contains(worth.Conditions, count => count.Condition == HookCondition.AfterEdit && count.QValue < 0.01);
    }

    [Fact]
    public void All_files_of_a_run_of_edits_and_of_a_patch_are_told_and_none_of_an_earlier_run()
    {
        var calls = new RecordedCalls();
        for (var session = 0; session < 12; session++)
        {
            var patch = $"*** Begin Patch\n*** Update File: a/{session}.go\n*** Add File: b/{session}.go\n*** End Patch";
            calls
                .Call($"s{session}", "Edit", "file_path", $"c/{session}.go")
                .Call($"s{session}", "apply_patch", "command", patch)
                .Bash($"s{session}", $"gofmt -w a/{session}.go b/{session}.go c/{session}.go")
                .Call($"s{session}", "Edit", "file_path", $"d/{session}.go")
                .Bash($"s{session}", $"go vet d/{session}.go c/{session}.go");
        }

        var worth = Appraisals.Of(calls).WorthOf("Edit(.go)→apply_patch(.go)→Bash(gofmt -w <path>)→Edit(.go)→Bash(go vet <path>)");

        Assert.Equal((WorthKind.Hook, 12), (worth.Kind, worth.SavedTurns));
    }

    // A file is read, a file is edited, a command is run.
    private static RecordedCalls Sessions(string read, string edited, string command)
    {
        var calls = new RecordedCalls();
        for (var session = 0; session < 12; session++)
        {
            calls
                .Call($"s{session}", "Read", "file_path", Of(read))
                .Call($"s{session}", session % 2 == 0 ? "Grep" : "Glob", "pattern", Of("{0}"))
                .Call($"s{session}", "Edit", "file_path", Of(edited))
                .Bash($"s{session}", Of(command))
                .Call($"s{session}", session % 3 == 0 ? "Grep" : "WebFetch", "pattern", Of("{0}"));

            string Of(string text) => string.Format(System.Globalization.CultureInfo.InvariantCulture, text, session);
        }

        return calls;
    }
}
