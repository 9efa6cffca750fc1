using CsCheck;
using PatternAnalysis.Mining;

namespace PatternAnalysis.Tests.Mining;

/// <summary>Every pair has the value that it was added with, however many there are and however they collide.</summary>
public class PairTableTests
{
    [Fact]
    public void A_full_table_finds_every_pair_and_no_other() =>
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 9])
            .Array[1, 60]
            .Sample(
                pairs =>
                {
                    var values = new Dictionary<(int, int), int>();
                    foreach (var pair in pairs)
                        values.TryAdd(pair, values.Count);
                    var table = new PairTable(values.Count);
                    foreach (var ((first, second), value) in values)
                        table.Add(first, second, value);

                    for (var first = 0; first < 11; first++)
                    {
                        for (var second = 0; second < 11; second++)
                            Assert.Equal(values.GetValueOrDefault((first, second), -1), table.Get(first, second));
                    }
                },
                iter: 60
            );

    [Fact]
    public void The_ends_of_the_numbers_are_pairs_like_others()
    {
        var table = new PairTable(4);
        table.Add(0, 0, 1);
        table.Add(int.MaxValue, int.MaxValue, 2);
        table.Add(0, int.MaxValue, 3);
        table.Add(int.MaxValue, 0, 4);

        Assert.Equal(
            [1, 2, 3, 4, -1],
            new[]
            {
                table.Get(0, 0),
                table.Get(int.MaxValue, int.MaxValue),
                table.Get(0, int.MaxValue),
                table.Get(int.MaxValue, 0),
                table.Get(0, 1),
            }
        );
    }

    [Fact]
    public void A_table_for_nothing_holds_nothing() => Assert.Equal(-1, new PairTable(0).Get(0, 0));
}
