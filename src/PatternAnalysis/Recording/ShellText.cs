namespace PatternAnalysis.Recording;

/// <summary>Words of a command line of a POSIX shell, which agents run hooks in, on Windows that of Git.</summary>
internal static class ShellText
{
    private const string Safe = "-_./:,+@%";

    /// <summary>The path as one word. Windows takes forward slashes too, and single quotes keep all but themselves.</summary>
    public static string Quote(string path)
    {
        if (OperatingSystem.IsWindows())
            path = path.Replace('\\', '/');
        return path.All(character => char.IsAsciiLetterOrDigit(character) || Safe.Contains(character, StringComparison.Ordinal))
            ? path
            : $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }
}
