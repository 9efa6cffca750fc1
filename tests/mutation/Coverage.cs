using System.Globalization;

namespace PatternAnalysis.Mutation;

/// <summary>A test that passes, how long it took, and which changes it comes to.</summary>
internal sealed record CoveringTest(string Name, double Milliseconds, HashSet<int> Changes);

/// <summary>Which test comes to which changes.</summary>
internal sealed record Coverage(IReadOnlyList<CoveringTest> Tests, HashSet<int> AtStart, IReadOnlyList<string> LeftOut)
{
    /// <summary>Runs each test once. Tests that fail, or that take longer than they may, are left out and said.</summary>
    public static Coverage Of(string tests, string changed, TimeSpan longest, TextWriter log)
    {
        var covering = new List<CoveringTest>();
        var atStart = new HashSet<int>();
        var leftOut = new List<string>();
        var worker = new WorkerProcess(tests, changed);
        atStart.UnionWith(worker.Finding);
        var names = worker.Names;
        foreach (var name in names)
        {
            string? answer = worker.Request($"watch\t{name}", longest);
            if (answer?.Split('\t') is ["passes", var milliseconds, var all, var start])
            {
                covering.Add(
                    new CoveringTest(name, double.Parse(milliseconds, CultureInfo.InvariantCulture), [.. WorkerProcess.Numbers(all)])
                );
                atStart.UnionWith(WorkerProcess.Numbers(start));
                continue;
            }

            leftOut.Add(name);
            if (answer == null)
            {
                worker.Dispose();
                worker = new WorkerProcess(tests, changed);
            }
        }

        worker.Dispose();
        log.WriteLine($"{covering.Count} tests, {covering.Sum(test => test.Milliseconds) / 1000:0} s; left out: {leftOut.Count}");
        leftOut.ForEach(name => log.WriteLine($"  {name}"));
        return new Coverage(covering, atStart, leftOut);
    }
}
