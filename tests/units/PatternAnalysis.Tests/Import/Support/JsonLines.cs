namespace PatternAnalysis.Tests.Import.Support;

/// <summary>Files of one JSON object a line, written over several lines where an object is long.</summary>
internal static class JsonLines
{
    /// <summary>Joins a line that begins with white space to the one before it.</summary>
    public static string Unfold(string text) =>
        string.Concat(
            text.ReplaceLineEndings("\n").Split('\n').Select((line, i) => i > 0 && !line.StartsWith(' ') ? '\n' + line : line.Trim())
        );
}
