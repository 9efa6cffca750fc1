using PatternAnalysis.Storage;

namespace PatternAnalysis.Benchmarks;

/// <summary>A copy of a database with the index that holds all that the analysis reads.</summary>
internal static class CoveringIndex
{
    public static void Provide(string source, string path)
    {
        if (File.Exists(path))
            return;

        File.Copy(source, path + ".part", overwrite: true);
        PatternDatabase.Open(path + ".part").Index.Create();
        File.Move(path + ".part", path);
    }
}
