using PatternAnalysis.Sequences;

namespace PatternAnalysis.Tests.Sequences;

/// <summary>The lists that millions of steps lie in hold what was added, in order.</summary>
public class ListTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(BlockList<int>.BlockLength)]
    [InlineData(BlockList<int>.BlockLength + 1)]
    [InlineData(2 * BlockList<int>.BlockLength)]
    public void A_list_of_blocks_hands_out_its_items_and_their_blocks_in_order(int count)
    {
        var list = Blocks(0, count);

        Assert.Equal(count, list.Count);
        Assert.Equal(Enumerable.Range(0, count), Enumerable.Range(0, count).Select(number => list[number]));
        Assert.Equal(Enumerable.Range(0, count), list.Blocks().SelectMany(block => block));
    }

    [Fact]
    public void A_list_of_blocks_that_adopts_another_tells_where_its_items_begin_and_takes_more()
    {
        var (list, other) = (Blocks(0, 3), Blocks(100, BlockList<int>.BlockLength + 5));

        var first = list.Adopt(other);
        list.Add(-1);

        Assert.Equal([0, 1, 2], Enumerable.Range(0, 3).Select(number => list[number]));
        Assert.Equal(Enumerable.Range(100, other.Count), Enumerable.Range(first, other.Count).Select(number => list[number]));
        Assert.Equal((first + other.Count + 1, -1), (list.Count, list[list.Count - 1]));
        other[0] = 7;
        Assert.Equal(7, list[first]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(256)]
    public void A_growing_array_holds_what_was_added_whatever_room_was_made_at_first(int capacity)
    {
        var array = new GrowingArray<int>(capacity);
        for (var count = 1; count <= 600; count++)
        {
            array.Add(count);
            Assert.Equal(count, array.Count);
            Assert.Equal(count, array.AsSpan().Length);
        }

        Assert.Equal(Enumerable.Range(1, 600), array.ToArray());
        array[5] = -1;
        Assert.Equal(-1, array.AsSpan()[5]);
    }

    [Fact]
    public void A_growing_array_that_was_cleared_begins_anew()
    {
        var array = new GrowingArray<string>(2);
        array.Add("a");
        array.Add("b");

        array.Clear();
        array.Add("c");

        Assert.Equal(["c"], array.ToArray());
        Assert.Empty(new GrowingArray<string>().ToArray());
    }

    private static BlockList<int> Blocks(int first, int count)
    {
        var list = new BlockList<int>();
        foreach (var number in Enumerable.Range(first, count))
            list.Add(number);
        return list;
    }
}
