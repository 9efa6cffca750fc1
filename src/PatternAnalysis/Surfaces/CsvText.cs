using System.Text;

namespace PatternAnalysis.Surfaces;

/// <summary>Fields of RFC 4180 that a spreadsheet reads as text and never as a formula.</summary>
internal static class CsvText
{
    /// <summary>
    /// A text as a quoted field. Spreadsheets run what begins with one of <c>= + - @</c>, a tab or a carriage return, quoted or not, and
    /// some skip spaces before it; an apostrophe in front makes it text (OWASP, "CSV injection"). The same holds for their full-width
    /// forms, and behind <c>; , |</c> and a tab, which begin a field where a file is read with another separator.
    /// </summary>
    public static string Field(string text)
    {
        var field = new StringBuilder(text.Length + 8).Append('"');
        var begins = true;
        var start = 1;
        foreach (var character in text)
        {
            if (begins && character is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠')
                field.Insert(start, '\'');
            if (character == '"')
                field.Append('"');
            field.Append(character);
            if (character is ';' or ',' or '|' or '\t' or '\r' or '\n')
                (begins, start) = (true, field.Length);
            else
                begins = begins && character is ' ' or '"' or '\'';
        }

        return field.Append('"').ToString();
    }
}
