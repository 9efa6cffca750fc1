using PatternAnalysis.Shell;

namespace PatternAnalysis.Tests.Shell.Differential;

/// <summary>The reader of POSIX shells judged by bash.</summary>
public sealed class PosixDifferentialTests
{
    private const int Scripts = 300;

    [TracingBashFact]
    public void Whatever_bash_starts_is_read_as_a_command_and_nothing_else_is()
    {
        var scripts = Enumerable.Range(1, Scripts).Select(seed => new ScriptMaker(seed).Make()).ToList();
        var judged = TracingBash.Run(scripts);
        var differences = new List<string>();
        var started = 0;
        for (var i = 0; i < scripts.Count; i++)
        {
            Assert.True(judged[i].IsAccepted, $"bash -n refuses what was made:\n{scripts[i]}");
            var read = ShellReader.Read(scripts[i], ShellDialect.Posix).Segments.Select(segment => segment.Program).ToHashSet();
            var missed = judged[i].Started.Except(read!).ToList();
            var invented = read.Where(name => name is ['d', >= '0' and <= '9', ..]).ToList();
            started += judged[i].Started.Count;
            if (missed.Count + invented.Count > 0)
                differences.Add($"missed [{string.Join(' ', missed)}], invented [{string.Join(' ', invented)}] in\n{scripts[i]}");
        }

        Assert.True(started > Scripts, "bash started next to nothing: these scripts say nothing of the reader.");
        Assert.True(differences.Count == 0, $"{differences.Count} of {Scripts} scripts:\n{string.Join("\n----\n", differences.Take(5))}");
    }
}
