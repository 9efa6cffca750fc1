using PatternAnalysis.Architecture.Tests.Support;

namespace PatternAnalysis.Architecture.Tests;

/// <summary>What the formatter leaves to people: strings and comments of C#, and PowerShell altogether.</summary>
public sealed class LineTests
{
    private const int Longest = 140;

    [Fact]
    public void No_line_is_longer_than_140_characters() =>
        Assert.Empty(string.Join('\n', LongLines().Select(line => $"{line.Path}:{line.Number}: {line.Length}")));

    private static IEnumerable<(string Path, int Number, int Length)> LongLines() =>
        from path in Sources.Files(["src", "tests", "tools", "module"], ".cs", ".ps1", ".psm1")
        from line in File.ReadLines(Path.Combine(Sources.Root, path)).Select((text, index) => (text.Length, Number: index + 1))
        where line.Length > Longest
        select (path, line.Number, line.Length);
}
