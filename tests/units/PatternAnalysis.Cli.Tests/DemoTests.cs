using System.Text.RegularExpressions;
using PatternAnalysis.Cli.Tests.Support;

namespace PatternAnalysis.Cli.Tests;

public class DemoTests
{
    [Fact]
    public void The_demo_shows_the_summary_the_best_patterns_and_the_report()
    {
        using var cli = new CommandLine();

        var (exitCode, output, error) = cli.Run("demo");

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("Total Sessions Analyzed: 60", output, StringComparison.Ordinal);
        var report = Regex.Match(output, @"Report:\s+(.+)").Groups[1].Value.Trim();
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(report), StringComparison.OrdinalIgnoreCase);
        Directory.Delete(Path.GetDirectoryName(report)!, recursive: true);
    }
}
