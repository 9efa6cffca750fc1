using System.Globalization;

namespace PatternAnalysis.Mutation;

/// <summary>A test that passes, the processor time that it took, and which changes it comes to.</summary>
internal sealed record CoveringTest(string Name, double Milliseconds, HashSet<int> Changes);

/// <summary>Which test comes to which changes.</summary>
/// <param name="Tests">The tests.</param>
/// <param name="AtStart">The changes in what happens once in a process.</param>
internal sealed record Coverage(IReadOnlyList<CoveringTest> Tests, HashSet<int> AtStart)
{
    /// <summary>Runs each test once. Tests that fail, or that take longer than they may, are left out and said.</summary>
    public static Coverage Of(string tests, string changed, TimeSpan longest, TextWriter log)
    {
        var covering = new List<CoveringTest>();
        var atStart = new HashSet<int>();
        var leftOut = new List<string>();
        var worker = new WorkerProcess(tests, changed);
        atStart.UnionWith(worker.Finding);
        foreach (var name in worker.Names)
        {
            string? answer = worker.Request($"watch\t{name}", longest * 10);
            if (answer?.Split('\t') is ["passes", var milliseconds, var all, var start])
            {
                var test = new CoveringTest(
                    name,
                    double.Parse(milliseconds, CultureInfo.InvariantCulture),
                    [.. WorkerProcess.Numbers(all)]
                );
                atStart.UnionWith(WorkerProcess.Numbers(start));
                if (test.Milliseconds <= longest.TotalMilliseconds)
                    covering.Add(test);
                else
                    leftOut.Add($"{name} takes {test.Milliseconds / 1000:0} s");
                continue;
            }

            leftOut.Add($"{name} {(answer == null ? "takes too long" : "fails")}");
            if (answer == null)
            {
                worker.Dispose();
                worker = new WorkerProcess(tests, changed);
            }
        }

        worker.Dispose();
        log.WriteLine($"{covering.Count} tests, {covering.Sum(test => test.Milliseconds) / 1000:0} s; left out: {leftOut.Count}");
        leftOut.ForEach(name => log.WriteLine($"  {name}"));
        return covering.Count > 0 ? new Coverage(covering, atStart) : throw new InvalidOperationException("No test passes as it is.");
    }
}
