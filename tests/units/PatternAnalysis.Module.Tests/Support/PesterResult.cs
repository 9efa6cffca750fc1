using System.Text.Json;
using System.Text.Json.Serialization;

namespace PatternAnalysis.ModuleTests.Support;

/// <summary>How a test of the Pester suite ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PesterOutcome>))]
public enum PesterOutcome
{
    Failed,
    Passed,
    Skipped,
}

/// <summary>What tools/Invoke-PesterTest.ps1 reports of one test, or of a block or a file that could not run.</summary>
/// <param name="Name">The names of its blocks and its own.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Message">Why it failed, or was skipped.</param>
public sealed record PesterResult(string Name, PesterOutcome Outcome, decimal Seconds, string Message)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    private static readonly Lazy<Task> s_module = new(BuildModuleAsync);

    /// <summary>Runs one file of the suite on the module as it ships, which the first call builds.</summary>
    /// <param name="file">The file's name in the folder tests.</param>
    /// <param name="stop">Ends the run.</param>
    /// <returns>A failure at least where the run did not come to its end.</returns>
    public static async Task<IReadOnlyList<PesterResult>> RunAsync(string file, CancellationToken stop)
    {
        var report = Path.GetTempFileName();
        try
        {
            await s_module.Value;
            var tests = Path.Combine(PowerShellTool.Root, "tests", file);
            var output = Path.Combine(PowerShellTool.Root, "output");
            var run = await PowerShellTool.RunFileAsync(
                Path.Combine("tools", "Invoke-PesterTest.ps1"),
                ["-Tests", tests, "-Output", output, "-Pester", PowerShellTool.Pester, "-Report", report],
                stop
            );
            var text = await File.ReadAllTextAsync(report, stop);
            var results = text.Length > 0 ? JsonSerializer.Deserialize<List<PesterResult>>(text, s_json)! : [];
            var explained = results.Count > 0 && run.ExitCode == 0 == results.TrueForAll(result => result.Outcome != PesterOutcome.Failed);
            return explained ? results : [.. results, Failure("the run came to its end", $"It ended with {run.ExitCode}.\n{run.Output}")];
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return [Failure("the suite runs", error.Message)];
        }
        finally
        {
            File.Delete(report);
        }
    }

    private static PesterResult Failure(string name, string message) => new(name, PesterOutcome.Failed, 0, message);

    // Who measures which code the suite reaches builds the module before, because it is changed for that.
    private static async Task BuildModuleAsync()
    {
        if (Environment.GetEnvironmentVariable("PATTERN_ANALYSIS_MODULE_IS_BUILT") == "true")
            return;

        string[] arguments = ["-Task", "Build", "-NoCompile", "-Configuration", PowerShellTool.Configuration];
        var run = await PowerShellTool.RunFileAsync("build.ps1", arguments, CancellationToken.None);
        if (run.ExitCode != 0)
            throw new InvalidOperationException($"build.ps1 ended with {run.ExitCode}.\n{run.Output}");
    }
}
