namespace PatternAnalysis.Cli.Tests.Support;

/// <summary>The folder that the solution lies in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "PatternAnalysis.sln")) ? folder
        : Path.GetDirectoryName(folder) is { } parent ? Find(parent)
        : throw new DirectoryNotFoundException("The tests do not run below the folder of PatternAnalysis.sln.");
}
