using System.Globalization;
using System.Text.Json;
using PatternAnalysis.Metrics;
using PatternAnalysis.Mining;
using PatternAnalysis.Sequences;
using PatternAnalysis.Worth;

namespace PatternAnalysis.Benchmarks;

/// <summary>Compares orders of the same patterns on logs whose routines are known, by the first ten that are no coincidence.</summary>
internal sealed class RoutineBenchmark(TextWriter output)
{
    private const int First = 10;
    private const double MinimumConfidence = 0.95;

    private static readonly int[] s_noise = [0, 10, 20];

    private static readonly (string Name, Func<MeasuredPattern[], IEnumerable<MeasuredPattern>> Order)[] s_orders =
    [
        (
            "confidence x occurrences x savings",
            patterns => Sorted(patterns, p => p.ConfidenceScore * p.OccurrenceCount * p.OccurrenceCount * p.Length)
        ),
        ("length x sessions", patterns => Sorted(patterns, pattern => (double)pattern.Length * pattern.SessionCount)),
        ("greedy, exact occurrences, n (L - 1)", patterns => Greedy(patterns, (n, length) => n * (length - 1.0))),
        ("greedy, exact occurrences, n (L - 1)^2", patterns => Greedy(patterns, (n, length) => n * (length - 1.0) * (length - 1))),
        ("**coverage**", patterns => CoverageOrder.Of(patterns, MinimumConfidence).Select(place => place.Pattern)),
    ];

    /// <summary>Logs that are made.</summary>
    public void Generated(int firstSeed, int count) =>
        Write(
            $"{count} generated logs, seeds {firstSeed} to {firstSeed + count - 1}",
            Enumerable.Range(firstSeed, count).Select(seed => WithNoise(RoutineLogGenerator.Make(seed), seed))
        );

    /// <summary>
    /// Logs from a folder: <c>truth.json</c>, and for each of its logs <c>NAME-noise0.txt</c>, <c>-noise10</c> and <c>-noise20</c>.
    /// </summary>
    public void Given(string folder)
    {
        using var truth = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "truth.json")));
        var logs = truth.RootElement.EnumerateObject().ToArray();
        Write(
            $"{logs.Length} given logs",
            logs.Select(log =>
            {
                IReadOnlySet<string>[] routines =
                [
                    .. log
                        .Value.EnumerateObject()
                        .Select(routine => routine.Value.EnumerateArray().Select(step => step.GetString()!).ToHashSet()),
                ];
                return Array.ConvertAll(
                    s_noise,
                    noise => new RoutineLog(
                        log.Name,
                        [.. File.ReadLines(Path.Combine(folder, $"{log.Name}-noise{noise}.txt")).Select(line => line.Split(' '))],
                        routines
                    )
                );
            })
        );
    }

    private static RoutineLog[] WithNoise(RoutineLog log, int seed) =>
        Array.ConvertAll(s_noise, noise => noise == 0 ? log : log.WithNoise(noise / 100.0, seed * 100 + noise));

    private void Write(string title, IEnumerable<RoutineLog[]> logs)
    {
        var scores = s_orders.Select(_ => s_noise.Select(_ => new List<(double Recall, double Precision)>()).ToArray()).ToArray();
        foreach (var log in logs)
        {
            for (var noise = 0; noise < s_noise.Length; noise++)
            {
                var patterns = Patterns(log[noise]);
                for (var order = 0; order < s_orders.Length; order++)
                    scores[order]
                        [noise]
                        .Add(log[noise].Score(s_orders[order].Order(patterns).Take(First).Select(pattern => pattern.Steps)));
            }
        }

        output.WriteLine();
        output.WriteLine(
            $"| {title}: recall / precision of the first {First} | {string.Join(" | ", s_noise.Select(noise => $"{noise} %"))} |"
        );
        output.WriteLine($"|---|{string.Concat(s_noise.Select(_ => "---|"))}");
        for (var order = 0; order < s_orders.Length; order++)
            output.WriteLine($"| {s_orders[order].Name} | {string.Join(" | ", scores[order].Select(Text))} |");
    }

    private static string Text(List<(double Recall, double Precision)> scores) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{scores.Average(score => score.Recall):F2} / {scores.Average(score => score.Precision):F2}"
        );

    /// <summary>The patterns that the product shows of a log and takes for no coincidence.</summary>
    private static MeasuredPattern[] Patterns(RoutineLog log)
    {
        var collector = new SequenceCollector();
        foreach (var (steps, number) in log.Sessions.Select((steps, number) => (steps, number)))
            collector.Add(new ToolSequence($"session-{number:D4}", steps));
        var measurer = new PatternMeasurer(new MetricOptions());
        return
        [
            .. PatternMiner
                .Mine(collector.Build(), new MiningOptions())
                .Select(pattern => measurer.MeasureShown(pattern))
                .OfType<MeasuredPattern>()
                .Where(pattern => pattern.ConfidenceScore >= MinimumConfidence),
        ];
    }

    private static IOrderedEnumerable<MeasuredPattern> Sorted(MeasuredPattern[] patterns, Func<MeasuredPattern, double> value) =>
        patterns.OrderByDescending(value).ThenBy(pattern => pattern, RepeatedPattern.ByFrequency);

    /// <summary>The most valuable by the occurrences whose steps nobody has taken comes first and takes them; and so on.</summary>
    private static List<MeasuredPattern> Greedy(MeasuredPattern[] patterns, Func<int, int, double> value)
    {
        if (patterns.Length == 0)
            return [];

        var corpus = ((IndexedRun)patterns[0].Run).Corpus;
        int[] steps = [.. corpus.AllSteps];
        int Free(MeasuredPattern pattern, bool take)
        {
            var count = 0;
            var matcher = new PatternMatcher(pattern.Place.StepNumbers);
            for (var sightings = ((IndexedPattern)pattern.Place).Read(); sightings.MoveNext(); )
            {
                var session = steps.AsSpan(corpus.Starts[sightings.Session], corpus.Length(sightings.Session));
                var free = 0;
                foreach (var at in matcher.In(session))
                {
                    if (at < free)
                        continue;
                    (count, free) = (count + 1, at + pattern.Length);
                    if (take)
                        session.Slice(at, pattern.Length).Fill(-1);
                }
            }

            return count;
        }

        var queue = new PriorityQueue<MeasuredPattern, double>();
        foreach (var pattern in Sorted(patterns, pattern => pattern.Length))
            queue.Enqueue(pattern, -value(pattern.OccurrenceCount, pattern.Length));
        var order = new List<MeasuredPattern>();
        while (order.Count < First && queue.TryDequeue(out var pattern, out _))
        {
            var left = -value(Free(pattern, take: false), pattern.Length);
            if (queue.TryPeek(out _, out var next) && left > next)
            {
                queue.Enqueue(pattern, left);
                continue;
            }

            Free(pattern, take: true);
            order.Add(pattern);
        }

        return order;
    }
}
