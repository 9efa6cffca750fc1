using PatternAnalysis.Metrics;
using PatternAnalysis.Mining;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Metrics;

/// <summary>
/// What sixty nights ever show, on sessions whose truth is known. The experiment of docs/confidence-experiment.md is the same with more
/// series.
/// </summary>
public class SeriesConfidenceTests
{
    private const int Nights = 60;
    private const int Horizon = 30;
    private const int SeriesCount = 8;

    private static readonly string[] s_tools = ["Bash", "Read", "Edit", "Grep", "Write", "Glob", "TodoWrite", "Task"];
    private static readonly string[] s_routines = [.. Enumerable.Range(0, 10).Select(number => $"Plan{number} Build{number} Ship{number}")];

    [Fact]
    public void A_series_of_nights_shows_hardly_more_coincidences_than_its_confidence_allows_and_a_look_by_itself_would()
    {
        var random = new Random(11);
        var (bySeries, byLook, routines) = (0.0, 0.0, 0);
        for (var series = 0; series < SeriesCount; series++)
        {
            var days = Enumerable.Range(0, Nights).Select(_ => NewDay(random)).ToArray();
            var (shown, shownByLook) = (new HashSet<string>(), new HashSet<string>());
            for (var night = 1; night <= Nights; night++)
            {
                foreach (var (pattern, qValue) in Look(days.Take(night).TakeLast(Horizon).SelectMany(day => day)))
                {
                    if (SeriesConfidence.Of(qValue) >= 0.95)
                        shown.Add(pattern);
                    if (1 - qValue >= 0.95)
                        shownByLook.Add(pattern);
                }
            }

            bySeries += ShareOfCoincidences(shown) / SeriesCount;
            byLook += ShareOfCoincidences(shownByLook) / SeriesCount;
            routines += shown.Count(pattern => s_routines.Contains(pattern.Replace('→', ' ')));
        }

        // That the second is more than 5 % is why there is the first; it takes no routine away.
        Assert.InRange(bySeries, 0, 0.05);
        Assert.InRange(byLook, 0.05, 1);
        Assert.Equal(SeriesCount * s_routines.Length, routines);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.001, 0.99)]
    [InlineData(0.005, 0.95)]
    [InlineData(0.3, 0)]
    [InlineData(1, 0)]
    public void The_q_value_of_a_look_counts_as_often_as_there_are_looks(double qValue, double expected) =>
        Assert.Equal(expected, SeriesConfidence.Of(qValue), 12);

    private static IEnumerable<(string Pattern, double QValue)> Look(IEnumerable<string[]> sessions)
    {
        var measurer = new PatternMeasurer(new MetricOptions());
        return PatternMiner
            .Mine(Corpus.Of(sessions), new MiningOptions())
            .Select(pattern => measurer.MeasureShown(pattern))
            .OfType<MeasuredPattern>()
            .Select(pattern => (pattern.ToolSequence, pattern.QValue));
    }

    // Four sessions, each with a length and a mix of tools of its own, in random order; most routines run in one of them.
    private static string[][] NewDay(Random random)
    {
        var day = new List<string>[4];
        for (var session = 0; session < day.Length; session++)
        {
            var weights = s_tools.Select(_ => Math.Pow(random.NextDouble(), 3)).ToArray();
            day[session] = [.. Enumerable.Range(0, random.Next(3, 60)).Select(_ => Pick(random, weights))];
        }

        foreach (var routine in s_routines.Where(_ => random.Next(3) > 0))
        {
            var session = day[random.Next(day.Length)];
            session.InsertRange(random.Next(session.Count + 1), routine.Split(' '));
        }

        return [.. day.Select(session => session.ToArray())];
    }

    private static string Pick(Random random, double[] weights)
    {
        var at = random.NextDouble() * weights.Sum();
        var tool = 0;
        while (tool < weights.Length - 1 && (at -= weights[tool]) > 0)
            tool++;
        return s_tools[tool];
    }

    private static double ShareOfCoincidences(HashSet<string> shown) =>
        shown.Count == 0
            ? 0
            : shown.Count(pattern =>
                !s_routines.Any(routine => $" {routine} ".Contains($" {pattern.Replace('→', ' ')} ", StringComparison.Ordinal))
            ) / (double)shown.Count;
}
