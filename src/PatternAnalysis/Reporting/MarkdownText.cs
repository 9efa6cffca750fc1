using System.Text;

namespace PatternAnalysis.Reporting;

/// <summary>Makes any text safe to stand in Markdown, in a table cell as well.</summary>
internal static class MarkdownText
{
    private const string Special = "\\`*_[]|~";

    /// <summary>The text with everything escaped that Markdown or the HTML around it would read as its own.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var character in text)
        {
            switch (character)
            {
                case '<':
                    escaped.Append("&lt;");
                    break;
                case '>':
                    escaped.Append("&gt;");
                    break;
                case '&':
                    escaped.Append("&amp;");
                    break;
                case '\r' or '\n' or '\t':
                    escaped.Append(' ');
                    break;
                default:
                    if (Special.Contains(character, StringComparison.Ordinal))
                        escaped.Append('\\');
                    escaped.Append(character);
                    break;
            }
        }

        return escaped.ToString();
    }
}
