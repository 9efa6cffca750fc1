using PatternAnalysis.Application;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests.Automations;

/// <summary>Projects are found where the events come from, and nowhere else.</summary>
public sealed class WorkingFoldersTests : IDisposable
{
    private readonly SqliteEvents _events = new(SqliteEvents.OriginalSchema);
    private readonly string _folder = Directory.CreateTempSubdirectory("pattern-analysis-").FullName;

    public void Dispose()
    {
        _events.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_project_is_the_nearest_folder_that_says_so_or_the_folder_itself()
    {
        var inner = Directory.CreateDirectory(Path.Combine(_folder, "app", "src", "deep")).FullName;
        Directory.CreateDirectory(Path.Combine(_folder, "app", ".git"));
        var plain = Directory.CreateDirectory(Path.Combine(_folder, "plain")).FullName;
        Add("a", inner);
        Add("b", Path.Combine(_folder, "app"));
        Add("c", plain);

        Assert.Equal([Path.Combine(_folder, "app"), plain], Find());
    }

    [Theory]
    [InlineData(@"\\server\share")]
    [InlineData("//server/share")]
    [InlineData("src")]
    [InlineData("")]
    [InlineData("/no/such/folder")]
    [InlineData("/etc\0/passwd")]
    public void What_is_not_a_folder_of_this_machine_is_not_looked_into(string named)
    {
        Add("a", named);

        Assert.Empty(Find());
    }

    [Fact]
    public void A_home_folder_that_was_masked_is_found_again_and_is_no_project_of_all_that_lies_in_it()
    {
        var inner = Directory.CreateDirectory(Path.Combine(_folder, "app")).FullName;
        Directory.CreateDirectory(Path.Combine(_folder, ".claude"));

        Assert.Equal(inner, WorkingFolders.ProjectOf("~/app", _folder));
        Assert.Null(WorkingFolders.ProjectOf("~app", _folder));
    }

    [Theory]
    [InlineData("~")]
    [InlineData("~/")]
    [InlineData("~/..")]
    [InlineData("/")]
    public void Neither_the_home_folder_nor_what_it_lies_in_is_a_project(string named)
    {
        Directory.CreateDirectory(Path.Combine(_folder, ".claude"));

        Assert.Null(WorkingFolders.ProjectOf(named, _folder));
    }

    private IReadOnlyList<string> Find() => WorkingFolders.Find(_events.Database, TimeWindow.Always, CancellationToken.None);

    private void Add(string session, string folder) =>
        _events.AddCall(
            session,
            "PreToolUse",
            "Bash",
            "2026-03-02 12:00:00",
            new System.Text.Json.Nodes.JsonObject { ["cwd"] = folder }.ToJsonString()
        );
}
