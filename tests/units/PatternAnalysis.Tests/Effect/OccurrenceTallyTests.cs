using PatternAnalysis.Effect;

namespace PatternAnalysis.Tests.Effect;

public class OccurrenceTallyTests
{
    private static readonly DateTimeOffset s_cut = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("A B", 0)]
    [InlineData("A A", 1)]
    [InlineData("A A A", 1)]
    [InlineData("A A A A", 2)]
    [InlineData("A A B A A A A", 3)]
    public void Occurrences_stand_back_to_back_and_never_overlap(string steps, int expected)
    {
        var sessions = new[] { Session(steps, s_cut.AddHours(-1)), Session("C", s_cut.AddHours(1)) };

        var ratio = new OccurrenceTally(sessions, s_cut, ExposureKind.Call).Compare("twice", ["A", "A"]);

        Assert.Equal((expected, 0), (ratio.Before.Count, ratio.After.Count));
    }

    private static ObservedSession Session(string steps, DateTimeOffset start) =>
        new(
            start.ToString("O"),
            [],
            [
                [.. steps.Split(' ').Select((step, number) => new ObservedStep(step, start.AddSeconds(number).UtcTicks, IsEdit: false))],
            ],
            []
        );
}
