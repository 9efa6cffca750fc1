using System.Runtime.CompilerServices;
using PatternAnalysis.Cli.Tests.Support;

namespace PatternAnalysis.Cli.Tests;

public class SampleTests
{
    /// <summary>To write the file anew, set the environment variable PATTERN_ANALYSIS_WRITE_SAMPLE and run this test.</summary>
    [Fact]
    public void The_bundled_sample_is_what_its_generator_writes()
    {
        var sample = SampleEvents.Write();
        if (Environment.GetEnvironmentVariable("PATTERN_ANALYSIS_WRITE_SAMPLE") is not null)
            File.WriteAllText(SamplePath(), sample);

        Assert.Equal(sample, File.ReadAllText(SamplePath()));
    }

    private static string SamplePath([CallerFilePath] string source = "") =>
        Path.Combine(Path.GetDirectoryName(source)!, "..", "..", "..", "samples", "hook-events.jsonl");
}
