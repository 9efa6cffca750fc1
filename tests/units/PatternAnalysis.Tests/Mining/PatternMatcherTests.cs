using CsCheck;
using PatternAnalysis.Mining;

namespace PatternAnalysis.Tests.Mining;

/// <summary>Every occurrence is found, overlapping ones included, wherever it stands.</summary>
public class PatternMatcherTests
{
    [Fact]
    public void The_occurrences_are_those_that_looking_at_every_place_finds()
    {
        var step = Gen.Int[0, 2];
        Gen.Select(step.Array[1, 6], step.Array[0, 60])
            .Sample(
                (pattern, steps) =>
                    Assert.Equal(
                        Enumerable
                            .Range(0, Math.Max(0, steps.Length - pattern.Length + 1))
                            .Where(at => steps.AsSpan(at, pattern.Length).SequenceEqual(pattern)),
                        Find(pattern, steps)
                    )
            );
    }

    private static List<int> Find(int[] pattern, int[] steps)
    {
        List<int> found = [];
        foreach (var at in new PatternMatcher(pattern).In(steps))
            found.Add(at);
        return found;
    }
}
