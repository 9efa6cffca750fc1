namespace PatternAnalysis.Reporting;

/// <summary>Fields of RFC 4180 that a spreadsheet reads as text and never as a formula.</summary>
internal static class CsvText
{
    /// <summary>
    /// A text as a quoted field. Spreadsheets run what begins with one of <c>= + - @</c>, a tab or a carriage return, quoted or not, and
    /// some skip spaces
    /// before it; an apostrophe in front makes it text (OWASP, "CSV injection"). The same holds for their full-width forms.
    /// </summary>
    public static string Field(string text)
    {
        var isFormula = text.TrimStart(' ') is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠', ..];
        return $"\"{(isFormula ? "'" : "")}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
