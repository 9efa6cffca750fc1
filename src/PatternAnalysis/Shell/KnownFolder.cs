namespace PatternAnalysis.Shell;

/// <summary>Tells the programs that a name stands for from scripts of a project that happen to have such a name.</summary>
internal static class KnownFolder
{
    private static readonly string[] s_beginnings =
    [
        "/bin/",
        "/sbin/",
        "/usr/",
        "/opt/",
        "C:/Program Files",
        "C:/Windows/",
        "Microsoft.PowerShell.",
    ];

    private static readonly string[] s_endings =
    [
        "venv/bin/",
        "venv/Scripts/",
        "node_modules/.bin/",
        ".local/bin/",
        ".cargo/bin/",
        "go/bin/",
        ".dotnet/",
        ".dotnet/tools/",
        ".bun/bin/",
    ];

    /// <summary>
    /// Whether a program in this folder is what its name says: <c>test</c> and <c>.venv/bin/pytest</c>, not <c>./test</c>.
    /// </summary>
    public static bool Holds(string program, string folder)
    {
        folder = folder.Replace('\\', '/');
        return folder.Length == 0
            || program is "gradlew" or "mvnw"
            || Array.Exists(s_beginnings, beginning => folder.StartsWith(beginning, StringComparison.OrdinalIgnoreCase))
            || Array.Exists(s_endings, ending => folder.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
    }
}
