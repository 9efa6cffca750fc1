using PatternAnalysis.Storage.Recording;

namespace PatternAnalysis.Storage.Tests.Recording;

/// <summary>Settings are rewritten for their owner, and those of a project through no link.</summary>
public sealed class HookSettingsFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pattern-analysis-settings-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_mode_stays_and_the_copy_is_for_its_owner_alone()
    {
        if (OperatingSystem.IsWindows())
            return;
        var file = Path.Combine(_folder, "settings.json");
        File.WriteAllText(file, "{}");
        const UnixFileMode Open = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        File.SetUnixFileMode(file, Open);

        var backup = new HookSettingsFile(file).Write("""{"hooks":{}}""");

        Assert.Equal(Open, File.GetUnixFileMode(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(backup!));
        Assert.Equal("{}", File.ReadAllText(backup!));
    }

    [Fact]
    public void A_link_of_the_user_is_kept()
    {
        var target = Path.Combine(_folder, "dotfiles.json");
        File.WriteAllText(target, "{}");
        var link = Path.Combine(_folder, "settings.json");
        File.CreateSymbolicLink(link, target);

        new HookSettingsFile(link).Write("new");

        Assert.Equal("new", File.ReadAllText(target));
        Assert.Equal(target, new FileInfo(link).LinkTarget);
    }

    [Theory]
    [InlineData("settings.json")]
    [InlineData("settings.json.tmp")]
    [InlineData(".claude")]
    public void A_link_in_a_project_overwrites_nothing_outside(string linked)
    {
        var (project, outside) = (Path.Combine(_folder, "project"), Path.Combine(_folder, "outside"));
        var settings = Path.Combine(project, ".claude");
        Directory.CreateDirectory(outside);
        var victim = Path.Combine(outside, "settings.json");
        File.WriteAllText(victim, "mine");
        Directory.CreateDirectory(project);
        if (linked == ".claude")
            Directory.CreateSymbolicLink(settings, outside);
        else
        {
            Directory.CreateDirectory(settings);
            File.CreateSymbolicLink(Path.Combine(settings, linked), victim);
        }

        try
        {
            new HookSettingsFile(Path.Combine(settings, "settings.json"), project).Write("hooks");
        }
        catch (PatternAnalysisException error)
        {
            Assert.Equal("LinkedFile", error.ErrorId);
        }

        Assert.Equal("mine", File.ReadAllText(victim));
        Assert.Single(Directory.GetFiles(outside));
    }
}
