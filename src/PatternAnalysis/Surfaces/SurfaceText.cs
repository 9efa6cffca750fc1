using PatternAnalysis.Masking;

namespace PatternAnalysis.Surfaces;

/// <summary>
/// How text that comes from others (names of tools, commands, ids, notes, the errors of databases) is shown: the one place that decides
/// it, for each surface. Whatever it holds is seen as text and obeyed by nobody.
/// </summary>
public static class SurfaceText
{
    private const int LongestName = 400;

    /// <summary>One line of a terminal, a list, a log or a mail: without line ends and without what a terminal obeys.</summary>
    /// <param name="text">Any text; null is empty.</param>
    public static string Line(string? text) => InvisibleText.Replace(text ?? "");

    /// <summary>What others say in a sentence of ours, an error's text above all: on one line, so that it forges none.</summary>
    /// <param name="text">Any text; null is empty.</param>
    public static string Sentence(string? text) => Line((text ?? "").ReplaceLineEndings(" ").Replace('\t', ' '));

    /// <summary>Several lines of a terminal: line ends and tabs stay.</summary>
    /// <param name="text">Any text; null is empty.</param>
    public static string Block(string? text) => InvisibleText.Replace(text ?? "", allowLines: true);

    /// <summary>One masked line, cut to a length.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="maximumLength">What a reader reads.</param>
    public static string Masked(string text, int maximumLength = LongestName) => Line(SecretMasker.Mask(text, maximumLength));

    /// <summary>Markdown, in a table cell and a heading as well: neither markup, HTML, a link nor a mention.</summary>
    public static string Markdown(string text) => MarkdownText.Escape(Line(text));

    /// <summary>Markdown's inline code.</summary>
    public static string MarkdownCode(string text) => MarkdownText.Code(Line(text));

    /// <summary>A chat message (Slack and what is compatible): neither a mention nor a link.</summary>
    public static string Chat(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return InvisibleText
            .Replace(text, allowLines: true)
            .Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);
    }
}
