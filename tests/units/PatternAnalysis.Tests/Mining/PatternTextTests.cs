using CsCheck;
using PatternAnalysis.Mining;

namespace PatternAnalysis.Tests.Mining;

/// <summary>What can be said of a pattern from its steps alone, as the definitions say it.</summary>
public class PatternTextTests
{
    private static readonly Gen<int[]> s_steps = Gen.Select(Gen.Int[0, 2].Array[1, 4], Gen.Int[1, 12])
        .Select((period, length) => Enumerable.Range(0, length).Select(place => period[place % period.Length]).ToArray());

    [Fact]
    public void The_period_is_the_smallest_after_which_the_steps_come_again() =>
        s_steps.Sample(
            steps =>
                Assert.Equal(
                    Enumerable.Range(1, steps.Length).First(period => steps.AsSpan(period).SequenceEqual(steps.AsSpan(..^period))),
                    PatternText.SmallestPeriod(steps)
                ),
            iter: 200
        );

    [Fact]
    public void A_border_is_the_longest_beginning_that_is_an_end_as_well() =>
        s_steps.Sample(
            steps =>
                Assert.Equal(
                    Enumerable
                        .Range(0, steps.Length + 1)
                        .Select(length =>
                            length == 0
                                ? -1
                                : Enumerable
                                    .Range(0, length)
                                    .Last(border => steps.AsSpan(..border).SequenceEqual(steps.AsSpan((length - border)..length)))
                        ),
                    PatternText.Borders(steps)
                ),
            iter: 200
        );

    [Fact]
    public void Occurrences_are_counted_with_those_that_overlap() =>
        Gen.Select(s_steps, s_steps)
            .Sample(
                (steps, pattern) =>
                    Assert.Equal(
                        Enumerable
                            .Range(0, Math.Max(0, steps.Length - pattern.Length + 1))
                            .Count(at => steps.AsSpan(at, pattern.Length).SequenceEqual(pattern)),
                        PatternText.Count(steps, pattern)
                    ),
                iter: 300
            );
}
