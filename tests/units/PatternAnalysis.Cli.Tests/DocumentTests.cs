using System.Text.RegularExpressions;
using PatternAnalysis.Cli.Tests.Support;

namespace PatternAnalysis.Cli.Tests;

/// <summary>The worked examples of the documents print what stands there.</summary>
public sealed partial class DocumentTests : IDisposable
{
    private readonly CommandLine _program = new();

    public void Dispose() => _program.Dispose();

    [Theory]
    [InlineData("cost.md")]
    [InlineData("effect.md")]
    public void A_worked_example_prints_what_its_document_says(string document)
    {
        var sample = Path.Combine("samples", "transcripts-with-adoption.jsonl");
        Directory.CreateDirectory(Path.Combine(_program.Folder, "samples"));
        File.Copy(Path.Combine(Repository.Root, sample), Path.Combine(_program.Folder, sample));

        var examples = Example().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", document)));

        Assert.NotEmpty(examples);
        foreach (Match example in examples)
        {
            string[] words = [.. Word().Matches(example.Groups["command"].Value).Select(word => word.Value.Trim('\''))];
            Assert.Equal(Lines(example.Groups["output"].Value), Lines(_program.Run(words).Output));
        }
    }

    private static string[] Lines(string text) => [.. text.TrimEnd().Split('\n').Select(line => line.TrimEnd())];

    [GeneratedRegex(@"```console\n\$ pattern-analysis (?<command>[^\n]+)\n(?<output>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex("'[^']*'|[^ ]+")]
    private static partial Regex Word();
}
