using System.Globalization;

namespace PatternAnalysis.Benchmarks;

/// <summary>Sequences that are hard for whoever looks for repeated parts of them: runs, periods, words of many repeats, chance.</summary>
internal static class BadShape
{
    /// <summary>The shapes by name, each made of about so many steps; a step is the number of a tool.</summary>
    public static IReadOnlyDictionary<string, Func<int, IEnumerable<IEnumerable<int>>>> All { get; } =
        new Dictionary<string, Func<int, IEnumerable<IEnumerable<int>>>>
        {
            ["one tool, 3 sessions"] = steps => Repeat(3, Enumerable.Repeat(0, steps / 3)),
            ["one tool, one session"] = steps => Repeat(1, Enumerable.Repeat(0, steps)),
            ["two tools in turn, 3 sessions"] = steps => Repeat(3, Enumerable.Range(0, steps / 3).Select(place => place % 2)),
            ["a period of 1,000, 3 sessions out of step"] = steps =>
                Enumerable.Range(0, 3).Select(session => Enumerable.Range(session * 311, steps / 3).Select(place => place % 1000)),
            ["Fibonacci word, 3 sessions"] = steps => Repeat(3, Fibonacci().Take(steps / 3)),
            ["Thue-Morse word, 3 sessions"] = steps => Repeat(3, Enumerable.Range(0, steps / 3).Select(place => int.PopCount(place) % 2)),
            ["chance of 6 tools, 5,000 sessions"] = steps => Chance(steps, tools: 6, sessions: 5_000),
            ["chance of 6 tools, 3 sessions"] = steps => Chance(steps, tools: 6, sessions: 3),
            ["runs of one tool of every length"] = steps =>
                Enumerable.Range(1, (int)Math.Sqrt(2.0 * steps)).Select(length => Enumerable.Repeat(0, length)),
            ["the same 5,000 steps in every session"] = steps => Repeat(steps / 5_000, Chance(5_000, tools: 40, sessions: 1).Single()),
            ["every step another tool"] = steps => Repeat(2, Enumerable.Range(0, steps / 2)),
        };

    private static IEnumerable<IEnumerable<int>> Repeat(int sessions, IEnumerable<int> steps) => Enumerable.Repeat(steps, sessions);

    private static IEnumerable<IEnumerable<int>> Chance(int steps, int tools, int sessions)
    {
        for (var session = 0; session < sessions; session++)
        {
            var random = new Random(session);
            yield return Enumerable.Range(0, steps / sessions).Select(_ => random.Next(tools)).ToArray();
        }
    }

    // Each word is the one before with the one before that behind it.
    private static IEnumerable<int> Fibonacci()
    {
        var (word, next) = ("0", "01");
        while (next.Length < 10_000_000)
            (word, next) = (next, next + word);
        return next.Select(letter => letter - '0');
    }

    /// <summary>A tool's name.</summary>
    public static string ToolOf(int step) => string.Create(CultureInfo.InvariantCulture, $"Tool{step}");
}
