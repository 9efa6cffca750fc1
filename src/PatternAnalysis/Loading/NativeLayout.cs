using System.Runtime.InteropServices;

namespace PatternAnalysis.Loading;

/// <summary>
/// Where a native library can lie beside a module: <c>runtimes/&lt;rid&gt;/native</c>, as <c>dotnet publish</c> leaves it, or flat.
/// </summary>
internal static class NativeLayout
{
    public static IEnumerable<string> Candidates(string directory, string name)
    {
        var file = FileName(name);
        foreach (var rid in Rids())
            yield return Path.Combine(directory, "runtimes", rid, "native", file);

        yield return Path.Combine(directory, file);
    }

    // The runtime may call itself by its distribution ("ubuntu.24.04-x64"): the portable names are composed instead.
    private static string[] Rids()
    {
        var architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        if (OperatingSystem.IsWindows())
            return [$"win-{architecture}"];
        if (OperatingSystem.IsMacOS())
            return [$"osx-{architecture}"];

        return [(IsMusl ? "linux-musl-" : "linux-") + architecture];
    }

    private static bool IsMusl =>
        RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal)
        || RuntimeInformation.RuntimeIdentifier.StartsWith("alpine", StringComparison.Ordinal);

    private static string FileName(string name) =>
        OperatingSystem.IsWindows() ? name + ".dll"
        : OperatingSystem.IsMacOS() ? $"lib{name}.dylib"
        : $"lib{name}.so";
}
