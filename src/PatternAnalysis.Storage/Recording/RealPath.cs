namespace PatternAnalysis.Storage.Recording;

/// <summary>Finds the one path of a file that has several by links.</summary>
internal static class RealPath
{
    // What Linux allows in one path; more is a loop.
    private const int MostLinks = 40;

    /// <summary>The path without links, of a file or folder that need not exist.</summary>
    /// <exception cref="IOException">The links form a loop.</exception>
    public static string Of(string path)
    {
        var links = 0;
        return Of(Path.GetFullPath(path), ref links);
    }

    private static string Of(string path, ref int links)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
            return path;

        var folder = Of(parent, ref links);
        var real = Path.Combine(folder, Path.GetFileName(path));
        if (new FileInfo(real).LinkTarget is not { } target)
            return real;
        if (++links > MostLinks)
            throw new IOException($"The links of '{path}' form a loop.");
        return Of(Path.GetFullPath(target, folder), ref links);
    }
}
