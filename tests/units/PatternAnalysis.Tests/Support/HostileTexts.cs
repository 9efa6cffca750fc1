using System.Text.Json;
using System.Text.RegularExpressions;

namespace PatternAnalysis.Tests.Support;

/// <summary>
/// The texts that are sent through every surface: they act on terminals, logs, Markdown, HTML, spreadsheets, chats, shells and agents where
/// nobody keeps them from it. The tests of the command line, the panel and the notifications send the same, and so does Pester
/// (<c>tests/hostile-texts.json</c>).
/// </summary>
internal static partial class HostileTexts
{
    public static IReadOnlyList<string> All { get; } =
        JsonSerializer.Deserialize<string[]>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "hostile-texts.json")))!;

    public static TheoryData<string> Data => [.. All];

    /// <summary>Asserts that a surface holds nothing that nobody sees or that a terminal obeys.</summary>
    public static void AssertVisible(string surface)
    {
        foreach (var rune in surface.TrimStart('\uFEFF').EnumerateRunes())
        {
            if (rune.Value is not ('\n' or '\r' or '\t') && InvisibleText.IsInvisible(rune))
                Assert.Fail($"U+{rune.Value:X4} in: {surface}");
        }
    }

    /// <summary>Asserts that no line of a surface was begun by a text: none of the texts' own second lines stands at the left.</summary>
    public static void AssertForgesNoLine(string surface)
    {
        Assert.DoesNotMatch(ForgedLine(), surface);
        Assert.DoesNotMatch(LoneReturn(), surface);
    }

    /// <summary>Asserts that Markdown holds no HTML but the report's own, no link, no mention and no image.</summary>
    public static void AssertInert(string markdown)
    {
        var text = Code().Replace(markdown, "");
        Assert.DoesNotMatch(@"<(?!/?(details|summary)>)[a-zA-Z!/]", text);
        Assert.DoesNotMatch(@"(?<!\\)\]\(", text);
        Assert.DoesNotContain("http://evil", text, StringComparison.Ordinal);
        Assert.DoesNotContain("www.evil", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"(^|[\s(])@[a-z]", text);
    }

    /// <summary>Asserts that HTML holds no element and no attribute that came with a text.</summary>
    public static void AssertOnlyOwnMarkup(string html)
    {
        Assert.DoesNotMatch(ForeignElement(), html);
        Assert.DoesNotMatch(ForeignAttribute(), html);
    }

    /// <summary>Asserts that no field of CSV begins a formula, with whatever separator it is read.</summary>
    public static void AssertNoFormula(string csv) => Assert.DoesNotMatch(Formula(), csv);

    [GeneratedRegex(@"(?m)^[ ]*(forged|next$|fence$|\[2026-01-01T00:00:00Z\])")]
    private static partial Regex ForgedLine();

    [GeneratedRegex("\r(?!\n)")]
    private static partial Regex LoneReturn();

    [GeneratedRegex("(?s)(`+)(?!`).*?(?<!`)\\1(?!`)")]
    private static partial Regex Code();

    [GeneratedRegex(@"<(img|svg onload|script>)|</title></style>", RegexOptions.IgnoreCase)]
    private static partial Regex ForeignElement();

    [GeneratedRegex(
        "<[a-z][^\\s<>\"]*(\\s+[\\w:-]+(=\"[^\"]*\")?)*?\\s+(on(error|load|mouseover|click)=|(href|src)=[\"']?javascript:)",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex ForeignAttribute();

    // A formula sign where some reader begins a field: at a quote that opens one, or behind ";", a tab, a bar.
    [GeneratedRegex("(?m)(^|,)\"[ ]*[=+@\\-＝＋－＠]|[;\\t|][ ]*[=+@＝]")]
    private static partial Regex Formula();
}
