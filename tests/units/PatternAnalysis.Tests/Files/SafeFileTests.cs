using System.Runtime.Versioning;
using PatternAnalysis.Files;
using PatternAnalysis.Reporting;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Files;

/// <summary>Files that the product makes: private, whole, and through no link of others.</summary>
[SupportedOSPlatform("linux")]
[SupportedOSPlatform("macos")]
public sealed class SafeFileTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _folder = Directory.CreateTempSubdirectory("pattern-analysis-files-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_new_file_and_a_new_folder_are_for_their_owner_alone()
    {
        var file = Path.Combine(_folder, "a", "b", "report.md");
        SafeFile.Write(file, "text");
        var log = Path.Combine(_folder, "c", "log");
        SafeFile.Append(log, "one");
        SafeFile.Append(log, "two");

        Assert.Equal(Private, File.GetUnixFileMode(file));
        Assert.Equal(Private, File.GetUnixFileMode(log));
        Assert.Equal("onetwo", File.ReadAllText(log));
        foreach (var made in new[] { "a", "a/b", "c" })
            Assert.Equal(Private | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(_folder, made)));
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead)]
    public void A_file_keeps_its_mode_at_every_moment_of_its_rewriting(UnixFileMode mode)
    {
        var file = Path.Combine(_folder, "settings.json");
        File.WriteAllText(file, "old");
        File.SetUnixFileMode(file, mode);

        SafeFile.Write(
            file,
            stream =>
            {
                stream.WriteByte((byte)'x');
                stream.Flush();
                Assert.Equal("old", File.ReadAllText(file));
                foreach (var path in Directory.GetFiles(_folder))
                    Assert.Equal(path == file ? mode : Private, File.GetUnixFileMode(path));
            }
        );

        Assert.Equal(mode, File.GetUnixFileMode(file));
        Assert.Equal("x", File.ReadAllText(file));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_write_that_fails_leaves_the_file_as_it_was_and_nothing_beside_it()
    {
        var file = Path.Combine(_folder, "report.md");
        File.WriteAllText(file, "old");

        Assert.Throws<InvalidOperationException>(() => SafeFile.Write(file, _ => throw new InvalidOperationException()));

        Assert.Equal("old", File.ReadAllText(Assert.Single(Directory.GetFiles(_folder))));
    }

    [Fact]
    public void A_link_is_replaced_and_what_it_leads_to_stays()
    {
        var victim = Path.Combine(_folder, "bashrc");
        File.WriteAllText(victim, "mine");
        File.SetUnixFileMode(victim, Private | UnixFileMode.OtherRead);
        var link = Path.Combine(_folder, "report.md");
        File.CreateSymbolicLink(link, victim);

        SafeFile.Write(link, "text");

        Assert.Equal("mine", File.ReadAllText(victim));
        Assert.Equal("text", File.ReadAllText(link));
        Assert.Null(new FileInfo(link).LinkTarget);
        // Its mode is that of a new file, not of the one that the link led to.
        Assert.Equal(Private, File.GetUnixFileMode(link));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nothing_is_appended_through_a_link(bool leadsSomewhere)
    {
        var victim = Path.Combine(_folder, "bashrc");
        if (leadsSomewhere)
            File.WriteAllText(victim, "mine");
        var link = Path.Combine(_folder, "log");
        File.CreateSymbolicLink(link, victim);

        Assert.Equal("LinkedFile", Assert.Throws<PatternAnalysisException>(() => SafeFile.Append(link, "text")).ErrorId);

        Assert.Equal(leadsSomewhere ? "mine" : null, File.Exists(victim) ? File.ReadAllText(victim) : null);
    }

    [Fact]
    public void A_folder_below_the_root_that_is_a_link_is_refused_and_one_above_it_is_the_users_business()
    {
        var (root, elsewhere) = (Path.Combine(_folder, "project"), Path.Combine(_folder, "elsewhere"));
        Directory.CreateDirectory(root);
        Directory.CreateDirectory(elsewhere);
        Directory.CreateSymbolicLink(Path.Combine(root, "logs"), elsewhere);
        var linkedRoot = Path.Combine(_folder, "linked");
        Directory.CreateSymbolicLink(linkedRoot, root);

        Assert.Throws<PatternAnalysisException>(() => SafeFile.RefuseLinks(Path.Combine(root, "logs", "a.log"), root));
        SafeFile.RefuseLinks(Path.Combine(linkedRoot, "a.log"), linkedRoot);
        SafeFile.RefuseLinks(Path.Combine(root, "new", "a.log"), root);
    }

    [Fact]
    public void A_file_that_must_not_be_replaced_is_not_even_where_a_link_leads_nowhere()
    {
        var link = Path.Combine(_folder, "draft.sh");
        File.CreateSymbolicLink(link, Path.Combine(_folder, "nowhere"));

        Assert.Throws<IOException>(() => SafeFile.Write(link, "text", overwrite: false));
        Assert.Throws<IOException>(() => SafeFile.Create(link).Dispose());

        Assert.False(File.Exists(Path.Combine(_folder, "nowhere")));
    }

    [Fact]
    public void A_report_is_private_and_goes_through_no_link()
    {
        var summary = Reports.Routine("Read", "Edit");
        var report = Path.Combine(_folder, "r.md");
        ReportWriters.WriteFile(summary, report);
        Assert.Equal(Private, File.GetUnixFileMode(report));

        var link = Path.Combine(_folder, "l.md");
        File.CreateSymbolicLink(link, Path.Combine(_folder, "victim"));
        Assert.Equal("LinkedFile", Assert.Throws<PatternAnalysisException>(() => ReportWriters.WriteFile(summary, link)).ErrorId);
        Assert.False(File.Exists(Path.Combine(_folder, "victim")));
    }
}
