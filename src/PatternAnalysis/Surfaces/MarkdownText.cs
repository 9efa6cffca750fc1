using System.Text;

namespace PatternAnalysis.Surfaces;

/// <summary>Makes any text safe to stand in Markdown, in a table cell as well.</summary>
internal static class MarkdownText
{
    private const string Special = "\\`*_[]|~#";

    /// <summary>
    /// The text with everything escaped that Markdown or the HTML around it would read as its own, and with what some renderers make links
    /// and mentions of (<c>https://</c>, <c>www.</c>, <c>@name</c>) broken by entities.
    /// </summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            var entity = text[i] switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '@' => "&#64;",
                ':' when text.AsSpan(i).StartsWith("://", StringComparison.Ordinal) => "&#58;",
                '.' when i >= 3 && text.AsSpan(i - 3, 3).Equals("www", StringComparison.OrdinalIgnoreCase) => "&#46;",
                '\r' or '\n' or '\t' => " ",
                _ => null,
            };
            if (entity is not null)
            {
                escaped.Append(entity);
                continue;
            }

            if (Special.Contains(text[i], StringComparison.Ordinal))
                escaped.Append('\\');
            escaped.Append(text[i]);
        }

        return escaped.ToString();
    }

    /// <summary>The text as inline code, which nobody reads markup, links or mentions in.</summary>
    public static string Code(string text)
    {
        var line = text.ReplaceLineEndings(" ").Replace('\t', ' ');
        var fence = new string('`', LongestRun(line) + 1);
        return line.Length == 0 ? "` `"
            : line[0] == '`' || line[^1] == '`' || line[0] == ' ' ? $"{fence} {line} {fence}"
            : $"{fence}{line}{fence}";
    }

    /// <summary>How many backquotes stand side by side at most.</summary>
    public static int LongestRun(string text)
    {
        var longest = 0;
        for (int i = 0, run = 0; i < text.Length; i++)
        {
            run = text[i] == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
