using System.Collections.Concurrent;

namespace PatternAnalysis.Mutation;

/// <summary>A change that is asked for.</summary>
/// <param name="Change">Its number.</param>
/// <param name="Folder">The folder whose tests are asked first.</param>
/// <param name="Beside">The numbers of all changes of the same source.</param>
internal sealed record Question(int Change, string Folder, int[] Beside);

/// <summary>
/// Asks the tests that come to a change whether they notice it: those of the change's own folder first, then the quickest, and for no
/// longer than the limit. A change in what happens once in a process, or that hardly any test comes to (the first that needs a value which
/// is then kept), is asked for in a process of its own, of all tests that come to the same source.
/// </summary>
internal sealed class Questioning(string tests, string changed, IReadOnlyList<CoveringTest> coverage, TimeSpan limit)
{
    private const int Few = 3;

    // A word of a list is read by every test of its source and noticed by one.
    private const int LongerAlone = 10;

    /// <summary>
    /// Writes for each change, as soon as it is known, what noticed it: a test or a time-out; a dash where none did, and nothing where no
    /// test comes.
    /// </summary>
    public void Ask(IEnumerable<Question> changes, int processes, TextWriter results)
    {
        var queue = new ConcurrentQueue<Question>(changes);
        var together = TextWriter.Synchronized(results);
        Task.WaitAll([.. Enumerable.Range(0, processes).Select(_ => Task.Run(() => Work(queue, together)))]);
    }

    private void Work(ConcurrentQueue<Question> queue, TextWriter results)
    {
        WorkerProcess? worker = null;
        while (queue.TryDequeue(out var next))
        {
            var covering = coverage.Where(test => test.Changes.Contains(next.Change)).ToArray();
            CoveringTest[] beside = covering.Length > Few ? [] : [.. coverage.Where(test => test.Changes.Overlaps(next.Beside))];
            if (covering.Length + beside.Length == 0)
            {
                results.WriteLine($"{next.Change}\t");
                continue;
            }

            var result = "-";
            if (covering.Length > 0)
            {
                worker ??= new WorkerProcess(tests, changed);
                result = Ask(ref worker, next.Change, Chosen(covering, next.Folder, limit));
            }

            if (result == "-" && beside.Length > 0)
            {
                using var alone = new WorkerProcess(tests, changed, next.Change);
                CoveringTest[] chosen = Chosen(beside, next.Folder, limit * LongerAlone);
                result =
                    alone.Names.Length == 0
                        ? "no test was found"
                        : alone.Request(Line(next.Change, chosen), Longest(chosen))?.Split('\t')[0] ?? "time-out";
            }

            results.WriteLine($"{next.Change}\t{result}");
        }

        worker?.Dispose();
    }

    private string Ask(ref WorkerProcess? worker, int change, CoveringTest[] chosen)
    {
        string[]? answer = worker!.Request(Line(change, chosen), Longest(chosen))?.Split('\t');
        if (answer is { Length: 1 })
            return answer[0];

        worker.Dispose();
        worker = null;
        if (answer == null)
            return "time-out";

        // What an earlier change left behind may be what failed.
        worker = new WorkerProcess(tests, changed);
        answer = worker.Request(Line(change, chosen), Longest(chosen))?.Split('\t');
        if (answer is not { Length: 1 })
        {
            worker.Dispose();
            worker = null;
        }

        return answer?[0] ?? "time-out";
    }

    private static CoveringTest[] Chosen(CoveringTest[] covering, string folder, TimeSpan limit)
    {
        var left = limit.TotalMilliseconds;
        return
        [
            .. covering
                .OrderByDescending(test => IsOf(test, folder))
                .ThenBy(test => test.Milliseconds)
                .TakeWhile(test => (left -= test.Milliseconds) > 0),
        ];
    }

    private static bool IsOf(CoveringTest test, string folder) => test.Name.Contains($".{folder}.", StringComparison.Ordinal);

    private static string Line(int change, CoveringTest[] chosen) =>
        string.Join('\t', chosen.Select(test => test.Name).Prepend($"{change}"));

    // What just-in-time compiling and other work on the machine may add; a loop without an end is longer than any limit.
    private static TimeSpan Longest(CoveringTest[] chosen) => TimeSpan.FromMilliseconds(chosen.Sum(test => test.Milliseconds) * 5 + 10_000);
}
