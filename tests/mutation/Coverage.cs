using System.Collections.Concurrent;
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
    public static Coverage Of(string tests, string changed, TimeSpan longest, int processes, TextWriter log)
    {
        WorkerProcess[] workers = [.. Enumerable.Range(0, processes).Select(_ => new WorkerProcess(tests, changed))];
        var queue = new ConcurrentQueue<string>(workers[0].Names);
        var answers = new ConcurrentDictionary<string, string?>();
        var atStart = new HashSet<int>(workers[0].Finding);
        Task.WaitAll([.. workers.Select(worker => Task.Run(() => Watch(worker, queue, longest, answers, () => new(tests, changed))))]);

        var covering = new List<CoveringTest>();
        var leftOut = new List<string>();
        foreach (var (name, answer) in answers.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            if (answer?.Split('\t') is not ["passes", var milliseconds, var all, var start])
            {
                leftOut.Add($"{name} {(answer == null ? "takes too long" : "fails")}");
                continue;
            }

            var test = new CoveringTest(name, double.Parse(milliseconds, CultureInfo.InvariantCulture), [.. WorkerProcess.Numbers(all)]);
            atStart.UnionWith(WorkerProcess.Numbers(start));
            if (test.Milliseconds <= longest.TotalMilliseconds)
                covering.Add(test);
            else
                leftOut.Add($"{name} takes {test.Milliseconds / 1000:0} s");
        }

        log.WriteLine($"{covering.Count} tests, {covering.Sum(test => test.Milliseconds) / 1000:0} s; left out: {leftOut.Count}");
        leftOut.ForEach(name => log.WriteLine($"  {name}"));
        return covering.Count > 0 ? new Coverage(covering, atStart) : throw new InvalidOperationException("No test passes as it is.");
    }

    private static void Watch(
        WorkerProcess worker,
        ConcurrentQueue<string> queue,
        TimeSpan longest,
        ConcurrentDictionary<string, string?> answers,
        Func<WorkerProcess> another
    )
    {
        while (queue.TryDequeue(out var name))
        {
            answers[name] = worker.Request($"watch\t{name}", longest * 3);
            if (answers[name] == null)
            {
                worker.Dispose();
                worker = another();
            }
        }

        worker.Dispose();
    }
}
