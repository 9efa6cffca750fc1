using PatternAnalysis.Metrics;
using PatternAnalysis.Mining;
using PatternAnalysis.Tests.Support;
using PatternAnalysis.Worth;

namespace PatternAnalysis.Tests.Worth;

public class CoverageOrderTests
{
    private static readonly string[] s_bake = ["Weigh", "Mix", "Knead", "Rest", "Shape", "Bake", "Cool", "Slice"];
    private static readonly string[] s_brew = ["Boil", "Grind", "Pour", "Wait", "Press", "Serve"];

    private static MeasuredPattern[] Shown(IEnumerable<IReadOnlyList<string>> sessions)
    {
        var measurer = new PatternMeasurer(new MetricOptions());
        return
        [
            .. PatternMiner
                .Mine(Corpus.Of(sessions), new MiningOptions())
                .Select(pattern => measurer.MeasureShown(pattern))
                .OfType<MeasuredPattern>(),
        ];
    }

    /// <summary>Ten executions a session; each step is, with a third of the noise each, left out, doubled by another or replaced.</summary>
    private static IEnumerable<string[]> Sessions(double noise, int count, int seed)
    {
        var random = new Random(seed);
        string[] all = [.. s_bake, .. s_brew];
        for (var session = 0; session < count; session++)
        {
            var steps = new List<string>();
            for (var execution = 0; execution < 10; execution++)
            {
                foreach (var step in random.Next(3) == 0 ? s_brew : s_bake)
                {
                    var chance = random.NextDouble();
                    if (chance < noise / 3)
                        continue;
                    if (chance < noise)
                        steps.Add(all[random.Next(all.Length)]);
                    if (chance < noise * 2 / 3 || chance >= noise)
                        steps.Add(step);
                }
            }

            yield return [.. steps];
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(0.2)]
    public void Whole_routines_come_before_their_fragments_whatever_the_noise(double noise)
    {
        var order = CoverageOrder.Of(Shown(Sessions(noise, 60, 11)), 0.95);

        Assert.Equal([string.Join('→', s_bake), string.Join('→', s_brew)], order.Take(2).Select(place => place.Pattern.ToolSequence));
    }

    [Fact]
    public void A_fragment_is_part_of_the_routine_that_explains_it()
    {
        var order = CoverageOrder.Of(Shown(Sessions(0.2, 60, 12)), 0.95);

        var whole = string.Join('→', s_bake);
        var fragments = order
            .Where(place => place.Pattern.ConfidenceScore >= 0.95 && place.Pattern.Length > 2)
            .Where(place => place.Pattern.Length < s_bake.Length && whole.Contains(place.Pattern.ToolSequence, StringComparison.Ordinal))
            .ToArray();
        Assert.NotEmpty(fragments);
        Assert.All(fragments, place => Assert.Equal(whole, place.PartOf?.ToolSequence));
    }

    [Fact]
    public void Every_pattern_has_one_place_and_parts_come_last_after_a_whole_that_is_part_of_nothing()
    {
        var patterns = Shown(Sessions(0.2, 60, 13));

        var order = CoverageOrder.Of(patterns, 0.95);

        Assert.Equal(patterns.Select(pattern => pattern.PatternId).Order(), order.Select(place => place.Pattern.PatternId).Order());
        Assert.DoesNotContain(order.SkipWhile(place => place.PartOf is null), place => place.PartOf is null);
        var wholes = order.Where(place => place.PartOf is null).Select(place => place.Pattern).ToHashSet();
        Assert.All(order.Where(place => place.PartOf is not null), place => Assert.Contains(place.PartOf!, wholes));
    }

    [Fact]
    public void What_may_be_a_coincidence_takes_nothing_from_others_and_is_part_of_nothing()
    {
        var order = CoverageOrder.Of(Shown(Sessions(0.2, 60, 14)), 0.95);

        Assert.Contains(order, place => place.Pattern.ConfidenceScore < 0.95);
        Assert.All(order.Where(place => place.Pattern.ConfidenceScore < 0.95), place => Assert.Null(place.PartOf));
        Assert.All(order, place => Assert.False(place.PartOf?.ConfidenceScore < 0.95));
    }

    [Fact]
    public void The_order_does_not_depend_on_the_order_of_what_is_given()
    {
        var patterns = Shown(Sessions(0.2, 40, 15));
        var expected = CoverageOrder.Of(patterns, 0.95);

        new Random(16).Shuffle(patterns);

        Assert.Equal(expected, CoverageOrder.Of(patterns, 0.95));
    }

    [Fact]
    public void What_is_no_coincidence_comes_by_what_it_shortens_what_may_be_one_by_its_size_and_parts_last()
    {
        // The whole is told six times, its first half twice more; what stands between is another each time.
        var sessions = Enumerable
            .Range(0, 8)
            .Select(session => session < 6 ? $"x{session} A B C D E F y{session}" : $"x{session} A B C z{session} G H w{session}")
            .Concat(["v G H", "u G H"])
            .Select(text => text.Split(' '))
            .ToArray();
        var patterns = Shown(sessions);

        var loose = CoverageOrder.Of(patterns, 0).Select(place => (place.Pattern.ToolSequence, place.PartOf?.ToolSequence)).ToArray();

        Assert.Equal([("A→B→C→D→E→F", null), ("G→H", null), ("A→B→C", "A→B→C→D→E→F")], loose);
        Assert.Equal(
            patterns.OrderByDescending(one => one.OccurrenceCount * (one.Length - 1)).Select(one => (one.ToolSequence, (string?)null)),
            CoverageOrder.Of(patterns, 2).Select(place => (place.Pattern.ToolSequence, place.PartOf?.ToolSequence))
        );
    }

    [Fact]
    public void Of_as_large_ones_the_more_frequent_comes_first_then_by_name()
    {
        string[] sessions = ["C D", "C D", "C D", "A B", "A B", "A B", "P Q R", "P Q R", "Q1 x", "E F", "E F", "E F", "E F"];

        var order = CoverageOrder.Of(Shown(sessions.Select(text => text.Split(' '))), 2).Select(place => place.Pattern.ToolSequence);

        Assert.Equal(["E→F", "P→Q→R", "A→B", "C→D"], order);
    }

    [Fact]
    public void A_cancelled_order_ends() =>
        Assert.Throws<OperationCanceledException>(() =>
            CoverageOrder.Of(Shown(["A B", "A B", "A B"], " "), 0, new CancellationToken(canceled: true))
        );

    private static MeasuredPattern[] Shown(string[] sessions, string separator) => Shown(sessions.Select(text => text.Split(separator)));

    [Fact]
    public void Without_patterns_the_order_is_empty() => Assert.Empty(CoverageOrder.Of([], 0.95));
}
