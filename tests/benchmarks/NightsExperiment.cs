using System.Globalization;
using PatternAnalysis.Metrics;
using PatternAnalysis.Mining;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Benchmarks;

/// <summary>
/// What a series of nights ever shows its reviewers, on sessions whose truth is known: steps by chance, with and without planted routines.
/// A night tests all patterns of its horizon, so that over a series the same coincidence is tested again and again.
/// </summary>
internal sealed class NightsExperiment(int seriesCount, int nights, int sessionsADay, int seed, TextWriter output)
{
    private const string Planted = "routine";
    private const int RoutineLength = 3;

    private static readonly int[] s_horizons = [1, 7, 30];
    private static readonly (string Name, Func<double, double> Of)[] s_confidences =
    [
        ("of a look", qValue => 1 - qValue),
        ("of a series", SeriesConfidence.Of),
    ];
    private static readonly double[] s_limits = [0.95, 0.99];
    private static readonly string[] s_tools = ["Bash", "Read", "Edit", "Grep", "Write", "Glob", "TodoWrite", "Task"];

    public void Run()
    {
        output.WriteLine(
            "| routines | horizon, days | confidence | a night shows any coincidence | the series ever does "
                + "| ever shown: routines and parts, coincidences | share of coincidences |"
        );
        output.WriteLine("|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var routines in new[] { 0, 10 })
        {
            foreach (var horizon in s_horizons)
                Write(routines, horizon);
        }
    }

    private void Write(int routines, int horizon)
    {
        var tallies = s_confidences
            .SelectMany(confidence => s_limits.Select(limit => new Tally(confidence.Name, confidence.Of, limit)))
            .ToArray();
        for (var series = 0; series < seriesCount; series++)
        {
            var days = Days(new Random(seed + series), routines);
            for (var night = 0; night < nights; night++)
            {
                var shown = Look(days.Skip(night + 1 - horizon).Take(Math.Min(horizon, night + 1)).SelectMany(day => day));
                foreach (var tally in tallies)
                    tally.AddNight(shown);
            }

            foreach (var tally in tallies)
                tally.EndSeries();
        }

        foreach (var tally in tallies)
        {
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {routines} | {horizon} | {tally.Name}, {tally.Limit} "
                        + $"| {tally.NightsWithAny / (double)(nights * seriesCount):P2} "
                        + $"| {tally.SeriesWithAny / (double)seriesCount:P1} | {tally.True:N0}, {tally.False:N0} "
                        + $"| {tally.FalseShares / seriesCount:P2} |"
                )
            );
        }
    }

    private static List<(string Pattern, double QValue)> Look(IEnumerable<string[]> sessions)
    {
        var collector = new SequenceCollector();
        foreach (var (steps, number) in sessions.Select((steps, number) => (steps, number)))
            collector.Add(new ToolSequence(number.ToString("D6", CultureInfo.InvariantCulture), steps));
        var measurer = new PatternMeasurer(new MetricOptions());
        return
        [
            .. PatternMiner
                .Mine(collector.Build(), new MiningOptions())
                .Select(pattern => measurer.MeasureShown(pattern))
                .OfType<MeasuredPattern>()
                .Select(pattern => (pattern.ToolSequence, pattern.QValue)),
        ];
    }

    // Each session has a length and a mix of tools of its own, in random order; each day runs every routine in one of its sessions or none.
    private string[][][] Days(Random random, int routines)
    {
        var days = new string[nights][][];
        for (var day = 0; day < nights; day++)
        {
            var sessions = Enumerable.Range(0, sessionsADay).Select(_ => NewSession(random)).ToArray();
            for (var routine = 0; routine < routines; routine++)
            {
                if (random.Next(3) == 0)
                    continue;
                var session = random.Next(sessions.Length);
                var at = random.Next(sessions[session].Length + 1);
                sessions[session] =
                [
                    .. sessions[session][..at],
                    .. Enumerable.Range(0, RoutineLength).Select(step => $"{Planted}{routine}-{step}"),
                    .. sessions[session][at..],
                ];
            }

            days[day] = sessions;
        }

        return days;
    }

    private static string[] NewSession(Random random)
    {
        var weights = s_tools.Select(_ => Math.Pow(random.NextDouble(), 3)).ToArray();
        return [.. Enumerable.Range(0, random.Next(3, 60)).Select(_ => Pick(random, weights))];
    }

    private static string Pick(Random random, double[] weights)
    {
        var at = random.NextDouble() * weights.Sum();
        var tool = 0;
        while (tool < weights.Length - 1 && (at -= weights[tool]) > 0)
            tool++;
        return s_tools[tool];
    }

    private sealed class Tally(string name, Func<double, double> confidenceOf, double limit)
    {
        private readonly HashSet<string> _ever = [];

        public string Name => name;

        public double Limit => limit;

        public int NightsWithAny { get; private set; }

        public int SeriesWithAny { get; private set; }

        public int True { get; private set; }

        public int False { get; private set; }

        public double FalseShares { get; private set; }

        public void AddNight(IEnumerable<(string Pattern, double QValue)> shown)
        {
            string[] found = [.. shown.Where(pattern => confidenceOf(pattern.QValue) >= limit).Select(pattern => pattern.Pattern)];
            NightsWithAny += found.Any(IsCoincidence) ? 1 : 0;
            _ever.UnionWith(found);
        }

        public void EndSeries()
        {
            var coincidences = _ever.Count(IsCoincidence);
            SeriesWithAny += coincidences > 0 ? 1 : 0;
            False += coincidences;
            True += _ever.Count - coincidences;
            FalseShares += _ever.Count > 0 ? coincidences / (double)_ever.Count : 0;
            _ever.Clear();
        }

        // What is planted is a routine or a part of one; a step that stands beside it by chance, or another routine, belongs to neither.
        private static bool IsCoincidence(string pattern)
        {
            var steps = pattern.Split('→');
            var name = steps[0].Split('-')[0];
            return !name.StartsWith(Planted, StringComparison.Ordinal)
                || !string.Join('→', Enumerable.Range(0, RoutineLength).Select(step => $"{name}-{step}"))
                    .Contains(pattern, StringComparison.Ordinal);
        }
    }
}
