using System.Text.Json;

namespace PatternAnalysis.Tests.Support;

/// <summary>
/// The texts that are sent through every surface: they act on terminals, logs, Markdown, HTML, spreadsheets, chats, shells and agents where
/// nobody keeps them from it. Pester sends the same (<c>tests/hostile-texts.json</c>).
/// </summary>
internal static class HostileTexts
{
    public static IReadOnlyList<string> All { get; } =
        JsonSerializer.Deserialize<string[]>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "hostile-texts.json")))!;

    public static TheoryData<string> Data => [.. All];

    /// <summary>Asserts that a surface holds nothing that nobody sees or that a terminal obeys.</summary>
    public static void AssertVisible(string surface)
    {
        foreach (var rune in surface.TrimStart('\uFEFF').EnumerateRunes())
            Assert.False(rune.Value is not ('\n' or '\r' or '\t') && InvisibleText.IsInvisible(rune), $"U+{rune.Value:X4} in: {surface}");
    }
}
