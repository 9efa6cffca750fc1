namespace PatternAnalysis.Shell;

/// <summary>The name of a program, apart from where it lies and how its file ends.</summary>
public static class ProgramName
{
    private static readonly string[] s_executableEndings = [".exe", ".cmd", ".bat"];

    /// <summary>The last part of a path without an executable ending: <c>C:\Tools\git.exe</c> is <c>git</c>.</summary>
    public static string FromPath(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var name = path[(FolderLength(path))..];
        foreach (var ending in s_executableEndings)
        {
            if (name.Length > ending.Length && name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                return name[..^ending.Length];
        }

        return name;
    }

    /// <summary>The name without a version at its end: <c>python3.12</c> is <c>python</c>, <c>pip3</c> is <c>pip</c>.</summary>
    public static string WithoutVersion(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.StartsWith("python", StringComparison.OrdinalIgnoreCase) || name.StartsWith("pip", StringComparison.OrdinalIgnoreCase)
            ? name.TrimEnd("0123456789.".ToCharArray())
            : name;
    }

    internal static int FolderLength(string path) => path.AsSpan().LastIndexOfAny('/', '\\') + 1;
}
