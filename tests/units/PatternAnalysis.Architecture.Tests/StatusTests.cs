using System.Text.RegularExpressions;
using PatternAnalysis.Architecture.Tests.Support;

namespace PatternAnalysis.Architecture.Tests;

/// <summary>The words for a pattern's state stand in one file; all others take them from there.</summary>
public sealed partial class StatusTests
{
    private const string Definition = "src/PatternAnalysis/Classification/PatternStatus.cs";

    // Where the same letters mean something else, or stay what they were.
    private static readonly string[] s_others =
    [
        // Steps of the schema stay as they were released; a test stores each state of the list.
        "src/PatternAnalysis.Storage/Postgres/PostgresSchema.cs",
        "src/PatternAnalysis.Storage/Sqlite/SqliteSchema.cs",
        // What other agents' files say of a call.
        "src/PatternAnalysis/Import/Formats/",
        // The names of a number: how many patterns of a run waited.
        "src/PatternAnalysis.Storage/Approvals/SqlRunHistory.cs",
        "src/PatternAnalysis/Reporting/AnalysisJson.cs",
    ];

    [Fact]
    public void The_words_of_states_stand_in_one_file()
    {
        Assert.Equal(PatternStatus.All.Order(), WordsOf(Definition).Order());
        Assert.Empty(
            Sources
                .Files(["src"], ".cs", ".razor")
                .Where(path => path != Definition && !Array.Exists(s_others, other => path.StartsWith(other, StringComparison.Ordinal)))
                .SelectMany(path => WordsOf(path).Select(word => $"{path}: {word}"))
        );
    }

    private static IEnumerable<string> WordsOf(string path) =>
        Literal()
            .Matches(File.ReadAllText(Path.Combine(Sources.Root, path)))
            .Select(literal => literal.Groups[1].Value)
            .Where(PatternStatus.All.Contains);

    // A string of C#, an attribute of HTML, or one of SQL inside of either.
    [GeneratedRegex("""["']([a-z-]+)(?=["'])""")]
    private static partial Regex Literal();
}
