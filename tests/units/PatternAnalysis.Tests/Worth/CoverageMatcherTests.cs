using CsCheck;
using PatternAnalysis.Worth;

namespace PatternAnalysis.Tests.Worth;

public class CoverageMatcherTests
{
    private const int ActivityCount = 6;

    private static readonly Gen<int[]> s_pattern = Gen.Int[0, ActivityCount - 1].Array[2, 64];

    private static CoverageOccurrence[] Find(int[] pattern, params int[][] sessions)
    {
        int[] starts = [0, .. sessions.Select((_, number) => sessions.Take(number + 1).Sum(session => session.Length))];
        return new CoverageMatcher(ActivityCount).Find(pattern, sessions.SelectMany(session => session).ToArray(), starts);
    }

    [Fact]
    public void An_occurrence_is_worth_its_steps_but_one() =>
        Assert.Equal([new CoverageOccurrence(1, 4, 3)], Find([0, 1, 2, 3], [5, 0, 1, 2, 3, 5]));

    [Theory]
    [InlineData("0 1 2 3 4 5", 5)]
    [InlineData("0 1 2 5 3 4 5", 3)]
    [InlineData("0 1 3 4 5", 3)]
    [InlineData("0 1 5 3 4 5", 3)]
    [InlineData("0 1 4 5", 1)]
    public void Each_step_put_in_left_out_or_replaced_costs_two(string session, int gain)
    {
        int[] steps = [.. session.Split(' ').Select(int.Parse)];

        Assert.Equal([new CoverageOccurrence(0, (ushort)steps.Length, (ushort)gain)], Find([0, 1, 2, 3, 4, 5], steps));
    }

    [Fact]
    public void What_gains_nothing_is_no_occurrence() => Assert.Empty(Find([0, 1, 2, 3, 4, 5], [0, 1, 2, 2, 2, 2]));

    [Fact]
    public void No_occurrence_goes_from_one_session_into_the_next() => Assert.Empty(Find([0, 1, 2], [5, 0, 1], [2, 5]));

    [Fact]
    public void A_matcher_forgets_the_pattern_before()
    {
        var matcher = new CoverageMatcher(ActivityCount);
        int[] session = [0, 1, 2, 3];

        matcher.Find([3, 2, 1, 0], session, [0, 4]);

        Assert.Equal([new CoverageOccurrence(0, 4, 3)], matcher.Find([0, 1, 2, 3], session, [0, 4]));
    }

    [Fact]
    public void Patterns_longer_than_a_word_are_found_as_they_are()
    {
        int[] pattern = [.. Enumerable.Range(0, 70).Select(step => step * step % ActivityCount)];

        Assert.Equal([new CoverageOccurrence(2, 70, 69)], Find(pattern, [5, 5, .. pattern, 5]));
    }

    [Fact]
    public void Each_stretch_is_as_far_from_the_pattern_as_its_gain_says_and_stretches_do_not_overlap() =>
        Gen.Select(s_pattern, Gen.Int[0, ActivityCount - 1].Array[0, 120])
            .Sample(
                (pattern, session) =>
                {
                    var free = 0;
                    foreach (var (start, length, gain) in Find(pattern, session))
                    {
                        Assert.True(start >= free && start + length <= session.Length);
                        free = start + length;
                        Assert.True(gain > 0);
                        Assert.Equal(pattern.Length - 1 - gain, 2 * Distance(pattern, session[start..free]));
                    }
                },
                iter: 2000
            );

    [Fact]
    public void A_copy_with_few_edits_among_other_steps_is_found() =>
        Gen.Select(Gen.Int[0, ActivityCount - 2].Array[6, 40], Gen.Int[0, 1000], Gen.Int[0, 2])
            .Sample(
                (pattern, at, kind) =>
                {
                    var place = at % (pattern.Length - 1);
                    int[] copy = kind switch
                    {
                        0 => [.. pattern[..place], .. pattern[(place + 1)..]],
                        1 => [.. pattern[..place], ActivityCount - 1, .. pattern[place..]],
                        _ => [.. pattern[..place], ActivityCount - 1, .. pattern[(place + 1)..]],
                    };

                    Assert.NotEmpty(Find(pattern, [ActivityCount - 1, ActivityCount - 1, .. copy, ActivityCount - 1]));
                },
                iter: 1000
            );

    [Fact]
    public void The_stretches_are_those_of_looking_at_every_one() =>
        Gen.Select(Gen.Int[0, 2].Array[2, 9], Gen.Int[0, 2].Array[0, 14].Array[1, 3])
            .Sample(
                (pattern, sessions) =>
                {
                    var (expected, offset) = (new List<CoverageOccurrence>(), 0);
                    foreach (var session in sessions)
                    {
                        expected.AddRange(LookedAt(pattern, session, offset));
                        offset += session.Length;
                    }

                    Assert.Equal(expected, Find(pattern, sessions));
                },
                iter: 400
            );

    [Theory]
    [InlineData(2, 0)]
    [InlineData(3, 0)]
    [InlineData(4, 1)]
    [InlineData(5, 1)]
    [InlineData(64, 31)]
    [InlineData(65, 0)]
    public void So_many_steps_may_be_replaced_that_something_is_gained(int length, int most)
    {
        int[] pattern = [.. Enumerable.Range(0, length).Select(step => step * step % 3)];
        int[] With(int edits) => [.. pattern[..(length - edits)], .. Enumerable.Repeat(5, edits)];

        Assert.Equal(length - 1 - 2 * most, Assert.Single(Find(pattern, With(most))).Gain);
        Assert.Empty(Find(pattern, [.. With(most + 1).Select(step => step == 5 ? 4 : step)]));
    }

    [Fact]
    public void A_single_step_is_explained_by_no_name() => Assert.Empty(Find([1], [1, 1, 1]));

    /// <summary>
    /// The definition: the first end with few enough edits, or one behind it, by no more steps than edits and one, that has fewer; of it
    /// the stretch with the fewest edits, of equals the longest that is no longer than the pattern.
    /// </summary>
    private static IEnumerable<CoverageOccurrence> LookedAt(int[] pattern, int[] session, int offset)
    {
        var most = (pattern.Length - 2) / 2;
        for (var free = 0; free < session.Length; )
        {
            int Fewest(int end) => Enumerable.Range(free, end - free + 2).Min(start => Distance(pattern, session[start..(end + 1)]));
            var end = Enumerable.Range(free, session.Length - free).FirstOrDefault(at => Fewest(at) <= most, -1);
            if (end < 0)
                yield break;
            for (var at = end; at < session.Length && at - end <= Fewest(end) + 1; at++)
                end = Fewest(at) < Fewest(end) ? at : end;

            var edits = Fewest(end);
            int[] lengths =
            [
                .. Enumerable.Range(1, end + 1 - free).Where(length => Distance(pattern, session[(end + 1 - length)..(end + 1)]) == edits),
            ];
            var length = lengths.Where(one => one <= pattern.Length).DefaultIfEmpty(lengths[0]).Max();
            yield return new CoverageOccurrence(offset + end + 1 - length, (ushort)length, (ushort)(pattern.Length - 1 - 2 * edits));
            free = end + 1;
        }
    }

    /// <summary>The edit distance, by its recurrence.</summary>
    private static int Distance(int[] a, int[] b)
    {
        var distances = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                distances[i, j] =
                    i == 0 ? j
                    : j == 0 ? i
                    : Math.Min(
                        distances[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1),
                        Math.Min(distances[i - 1, j], distances[i, j - 1]) + 1
                    );
            }
        }

        return distances[a.Length, b.Length];
    }
}
