using CsCheck;
using PatternAnalysis.Worth;

namespace PatternAnalysis.Tests.Worth;

public class GreedyCoverTests
{
    private const int StepCount = 40;

    private static readonly Gen<CoverageOccurrence[]> s_occurrences =
        from gaps in Gen.Int[0, 6].Array[0, 6]
        from lengths in Gen.Int[1, 6].Array[gaps.Length]
        from gains in Gen.Int[1, 8].Array[gaps.Length]
        select Place(gaps, lengths, gains);

    private static CoverageOccurrence[] Place(int[] gaps, int[] lengths, int[] gains)
    {
        var (list, free) = (new List<CoverageOccurrence>(), 0);
        for (var i = 0; i < gaps.Length && free + gaps[i] + lengths[i] <= StepCount; i++)
        {
            list.Add(new CoverageOccurrence(free + gaps[i], (ushort)lengths[i], (ushort)gains[i]));
            free += gaps[i] + lengths[i];
        }

        return [.. list];
    }

    [Fact]
    public void Looking_only_at_the_highest_bound_gives_the_order_of_looking_at_all() =>
        s_occurrences
            .Array[1, 12]
            .Sample(
                items =>
                    Assert.Equal(
                        AllLookedAt(items, 0.5),
                        GreedyCover
                            .Order(items, StepCount, 0.5, default)
                            .Select(place => place.Whole == place.Item ? place : place with { Whole = -1 })
                    ),
                iter: 3000
            );

    [Fact]
    public void What_is_told_twice_is_part_of_what_told_it_first()
    {
        CoverageOccurrence[] whole = [new(0, 6, 5), new(10, 6, 5)];
        CoverageOccurrence[] fragment = [new(1, 3, 2), new(11, 3, 2), new(20, 3, 2)];
        CoverageOccurrence[] other = [new(30, 4, 3)];

        Assert.Equal(
            [new GreedyCover.Place(0, 0), new GreedyCover.Place(2, 2), new GreedyCover.Place(1, 0)],
            GreedyCover.Order([whole, fragment, other], StepCount, 0.5, default)
        );
    }

    [Theory]
    [InlineData("0-3=2 10-3=2", "0-3=2 10-3=2", "0 1<0")] // of equals the first one comes first
    [InlineData("0-3=2", "1-3=2 20-3=2", "1 0<1")] // the larger one first
    [InlineData("0-4=3", "3-4=3", "0 1")] // two of three are left
    [InlineData("0-4=4", "2-4=4", "0 1")] // a half is enough
    [InlineData("0-4=4", "1-4=3", "0 1<0")] // nothing is left
    [InlineData("0-4=5", "2-4=3", "0 1<0")] // a third is too little
    [InlineData("", "0-3=2", "1 0")]
    [InlineData("", "", "0 1")]
    public void Each_step_that_is_taken_spoils_one_and_what_keeps_less_than_half_is_a_part(string first, string second, string order)
    {
        var places = GreedyCover.Order([Read(first), Read(second)], StepCount, 0.5, default);

        Assert.Equal(
            order,
            string.Join(' ', places.Select(place => place.Item == place.Whole ? $"{place.Item}" : $"{place.Item}<{place.Whole}"))
        );
    }

    [Fact]
    public void A_part_is_of_the_one_that_took_the_most_of_it_and_of_equals_of_the_first()
    {
        var (large, small, part) = (Read("0-6=9"), Read("6-6=8"), Read("4-4=4"));

        Assert.Equal(0, GreedyCover.Order([large, small, part], StepCount, 0.5, default)[2].Whole);
        Assert.Equal(1, GreedyCover.Order([large, small, Read("5-4=4")], StepCount, 0.5, default)[2].Whole);
        Assert.Equal(0, GreedyCover.Order([small, large, part], StepCount, 0.5, default)[2].Whole);
    }

    [Fact]
    public void Parts_come_last_by_what_they_gain_alone_and_of_equals_the_first()
    {
        var places = GreedyCover.Order(
            [Read("1-3=2"), Read("0-9=9 20-9=9"), Read("1-4=3"), Read("2-3=2"), Read("12-3=1")],
            StepCount,
            0.5,
            default
        );

        Assert.Equal([1, 4, 2, 0, 3], places.Select(place => place.Item));
    }

    [Fact]
    public void A_cancelled_order_ends() =>
        Assert.Throws<OperationCanceledException>(() =>
            GreedyCover.Order([Read("0-3=2")], StepCount, 0.5, new CancellationToken(canceled: true))
        );

    // START-LENGTH=GAIN
    private static CoverageOccurrence[] Read(string occurrences) =>
        [
            .. occurrences
                .Split([' '], StringSplitOptions.RemoveEmptyEntries)
                .Select(one => one.Split('-', '='))
                .Select(one => new CoverageOccurrence(int.Parse(one[0]), ushort.Parse(one[1]), ushort.Parse(one[2]))),
        ];

    /// <summary>The definition: every item's rest after every choice.</summary>
    private static List<GreedyCover.Place> AllLookedAt(CoverageOccurrence[][] items, double partShare)
    {
        var owners = Enumerable.Repeat(-1, StepCount).ToArray();
        var own = Array.ConvertAll(items, item => item.Sum(occurrence => (int)occurrence.Gain));
        (int Left, Dictionary<int, int> Lost) Look(int item)
        {
            var (left, lost) = (0, new Dictionary<int, int>());
            foreach (var (start, length, gain) in items[item])
            {
                int[] taken = [.. owners[start..(start + length)].Where(owner => owner >= 0).Take(gain)];
                left += gain - taken.Length;
                foreach (var owner in taken)
                    lost[owner] = lost.GetValueOrDefault(owner) + 1;
            }

            return (left, lost);
        }

        var (open, wholes, parts) = (
            Enumerable.Range(0, items.Length).ToList(),
            new List<GreedyCover.Place>(),
            new List<GreedyCover.Place>()
        );
        while (true)
        {
            // Whoever has lost too much goes out with the next choice that would be theirs at the latest; a rest only falls, so when is the
            // same.
            open.RemoveAll(item =>
            {
                var (left, _) = Look(item);
                return own[item] > 0 && (left == 0 || left < partShare * own[item]);
            });
            if (open.Count == 0)
                break;
            var best = open.OrderByDescending(item => Look(item).Left).ThenBy(item => item).First();
            open.Remove(best);
            wholes.Add(new GreedyCover.Place(best, best));
            foreach (var (start, length, _) in items[best])
            {
                for (var step = start; step < start + length; step++)
                    owners[step] = owners[step] < 0 ? best : owners[step];
            }
        }

        foreach (var item in Enumerable.Range(0, items.Length).Where(item => wholes.All(whole => whole.Item != item)))
            parts.Add(new GreedyCover.Place(item, -1));
        return [.. wholes, .. parts.OrderByDescending(place => own[place.Item]).ThenBy(place => place.Item)];
    }
}
