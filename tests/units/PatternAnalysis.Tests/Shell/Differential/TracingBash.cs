using System.Diagnostics;
using System.Globalization;

namespace PatternAnalysis.Tests.Shell.Differential;

/// <summary>What bash itself makes of scripts: whether it takes them, and which programs it starts.</summary>
internal static class TracingBash
{
    private const string Program = "/bin/bash";

    // No program can be found, so nothing happens: bash hands every name that it would start to the handler. Names of an odd number succeed.
    private const string Driver = """
        cd "$1" || exit 1
        handler='command_not_found_handle() { echo "$1" >&9; return $((1 - ${1#c} % 2)); }; PATH=/nowhere; . "$1"'
        for script in *.sh; do
            "$BASH" --norc -n "$script" 2>/dev/null && : > "$script.accepted"
            mkdir "$script.work" && cd "$script.work" || exit 1
            "$BASH" --norc -c "$handler" bash "../$script" 9>>"../$script.trace" >/dev/null 2>&1 </dev/null
            cd ..
        done
        """;

    /// <summary>Why it is not here, or null.</summary>
    public static string? Missing => File.Exists(Program) ? null : $"There is no {Program} on this machine.";

    /// <summary>Of each script whether bash accepts it, and the names that it started when it ran.</summary>
    public static List<(bool IsAccepted, HashSet<string> Started)> Run(IReadOnlyList<string> scripts)
    {
        var folder = Directory.CreateTempSubdirectory("pattern-analysis-bash-").FullName;
        try
        {
            string PathOf(int index) => Path.Combine(folder, index.ToString("D5", CultureInfo.InvariantCulture) + ".sh");
            for (var i = 0; i < scripts.Count; i++)
                File.WriteAllText(PathOf(i), scripts[i]);

            var start = new ProcessStartInfo(Program, ["--norc", "-c", Driver, "bash", folder]);
            start.Environment.Remove("BASH_ENV");
            using var bash = Process.Start(start)!;
            bash.WaitForExit();
            Assert.Equal(0, bash.ExitCode);
            return [.. scripts.Select((_, i) => (File.Exists(PathOf(i) + ".accepted"), File.ReadLines(PathOf(i) + ".trace").ToHashSet()))];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

/// <summary>A test that asks bash. Where there is none it is skipped, and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TracingBashFactAttribute : FactAttribute
{
    public TracingBashFactAttribute() => Skip = TracingBash.Missing;
}
