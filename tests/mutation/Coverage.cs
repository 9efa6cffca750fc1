using System.Collections.Concurrent;
using System.Globalization;

namespace PatternAnalysis.Mutation;

/// <summary>A test that passes, the processor time that it took, and which changes it comes to.</summary>
internal sealed record CoveringTest(string Name, double Milliseconds, HashSet<int> Changes);

/// <summary>Which test comes to which changes, but those in what happens once: it may happen when nobody looks.</summary>
internal static class Coverage
{
    /// <summary>Runs each test once. Tests that fail, or that take longer than they may, are left out and said.</summary>
    public static IReadOnlyList<CoveringTest> Of(string tests, string changed, TimeSpan longest, int processes, TextWriter log)
    {
        WorkerProcess[] workers = [.. Enumerable.Range(0, processes).Select(_ => new WorkerProcess(tests, changed))];
        var queue = new ConcurrentQueue<string>(workers[0].Names);
        var answers = new ConcurrentDictionary<string, Answer>();
        Task.WaitAll([.. workers.Select(worker => Task.Run(() => Watch(worker, queue, longest, answers, () => new(tests, changed))))]);

        var covering = new List<CoveringTest>();
        var leftOut = new List<string>();
        foreach (var (name, answer) in answers.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            if (answer is { Why: { } why })
                leftOut.Add($"{name} {why}");
            else
                covering.Add(new CoveringTest(name, answer.Milliseconds, [.. WorkerProcess.Numbers(answer.Changes)]));
        }

        log.WriteLine($"{covering.Count} tests, {covering.Sum(test => test.Milliseconds) / 1000:0} s; left out: {leftOut.Count}");
        leftOut.ForEach(name => log.WriteLine($"  {name}"));
        return covering.Count > 0 ? covering : throw new InvalidOperationException("No test passes as it is.");
    }

    private static void Watch(
        WorkerProcess worker,
        ConcurrentQueue<string> queue,
        TimeSpan longest,
        ConcurrentDictionary<string, Answer> answers,
        Func<WorkerProcess> another
    )
    {
        while (queue.TryDequeue(out var name))
        {
            var time = worker.Request($"time\t{name}", longest)?.Split('\t');
            var watched = time is ["passes", ..] ? worker.Request($"watch\t{name}", longest * 20)?.Split('\t') : null;
            answers[name] = (time, watched) switch
            {
                (["passes", var milliseconds], ["passes", var changes]) => new Answer(
                    double.Parse(milliseconds, CultureInfo.InvariantCulture),
                    changes
                ),
                (null, _) or (["passes", _], null) => new Answer(Why: "takes too long"),
                _ => new Answer(Why: "fails"),
            };
            if (answers[name].Why == "takes too long")
            {
                worker.Dispose();
                worker = another();
            }
        }

        worker.Dispose();
    }

    private sealed record Answer(double Milliseconds = 0, string Changes = "", string? Why = null);
}
