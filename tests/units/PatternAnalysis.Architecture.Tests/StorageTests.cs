using System.Text.RegularExpressions;
using PatternAnalysis.Architecture.Tests.Support;

namespace PatternAnalysis.Architecture.Tests;

/// <summary>What the stores do is written once, against a contract; which database is behind it is chosen in one place.</summary>
public sealed partial class StorageTests
{
    private static readonly string[] s_mayNameAnEngine =
    [
        // They choose it.
        "DatabaseComposition.cs",
        "DatabaseName.cs",
        // They read databases of agents, which are SQLite files.
        "Import/OpenCodeDatabase.cs",
        "Import/OtherDatabase.cs",
        "Import/SqliteEventSource.cs",
        // What was overwritten stays in a file of SQLite until it is written anew.
        "EventProtection.cs",
        // A parameter of a type that only one of the drivers has a name for.
        "StoredText.cs",
    ];

    [Fact]
    public void Only_the_composition_and_the_engines_own_rooms_name_an_engine() =>
        Assert.Equal(
            s_mayNameAnEngine.Order(StringComparer.Ordinal),
            Sources
                .Files(["src/PatternAnalysis.Storage"], ".cs")
                .Where(path => Engine().IsMatch(File.ReadAllText(Path.Combine(Sources.Root, path))))
                .Select(path => path["src/PatternAnalysis.Storage/".Length..])
                .Where(path =>
                    !path.StartsWith("Sqlite/", StringComparison.Ordinal) && !path.StartsWith("Postgres/", StringComparison.Ordinal)
                )
        );

    [Fact]
    public void Nobody_but_the_storage_knows_a_driver() =>
        Assert.DoesNotContain(
            Sources
                .Files(["src"], ".cs", ".razor")
                .Where(path => !path.StartsWith("src/PatternAnalysis.Storage/", StringComparison.Ordinal)),
            path => Driver().IsMatch(File.ReadAllText(Path.Combine(Sources.Root, path)))
        );

    [GeneratedRegex(
        @"^using (Npgsql|Microsoft\.Data\.Sqlite|PatternAnalysis\.Storage\.(Sqlite|Postgres));|\b(Sqlite|Postgres)Database\b",
        RegexOptions.Multiline
    )]
    private static partial Regex Engine();

    [GeneratedRegex(@"^@?using (Npgsql|Microsoft\.Data\.Sqlite|SQLitePCL|Dapper);?", RegexOptions.Multiline)]
    private static partial Regex Driver();
}
