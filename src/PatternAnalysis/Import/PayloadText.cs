namespace PatternAnalysis.Import;

/// <summary>A text as it may be stored.</summary>
internal static class PayloadText
{
    /// <summary>Without NUL, which PostgreSQL has no place for.</summary>
    public static string Clean(string text) => text.Replace('\0', '\uFFFD');
}
