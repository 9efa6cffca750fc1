using System.Diagnostics;

namespace PatternAnalysis.Storage.Tests;

/// <summary>What is no file of a database ends with an error, and is not waited for.</summary>
public sealed class NoDatabaseTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pattern-analysis-pipe-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_pipe_is_refused()
    {
        if (OperatingSystem.IsWindows())
            return;
        var pipe = Path.Combine(_folder, "pipe");
        using (var make = Process.Start("mkfifo", pipe))
            await make.WaitForExitAsync();

        await AssertRefused(pipe);
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/random")]
    [InlineData("/dev/tty")]
    public async Task A_device_is_refused(string device)
    {
        if (OperatingSystem.IsLinux() && File.Exists(device))
            await AssertRefused(device);
    }

    [Fact]
    public void A_new_database_is_for_its_owner_alone()
    {
        if (OperatingSystem.IsWindows())
            return;
        var file = Path.Combine(_folder, "new.db");

        PatternDatabase.Open(file).EventWriter.Write([]);

        if (File.Exists(file))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    private static async Task AssertRefused(string path)
    {
        var database = PatternDatabase.Open(path);
        var work = Task.Run(() =>
            Assert.Throws<PatternAnalysisException>(() =>
                database.Approvals.Find(new PatternAnalysis.Approvals.ApprovalQuery { First = 1 })
            )
        );

        Assert.Same(work, await Task.WhenAny(work, Task.Delay(TimeSpan.FromSeconds(60))));
        await work;
    }
}
