using CsCheck;
using PatternAnalysis.Mining;

namespace PatternAnalysis.Tests.Mining;

/// <summary>What is written of sessions and their counts is read again.</summary>
public class SessionListsTests
{
    // Distances and counts on both sides of what fits into a byte, and into two.
    private static readonly int[] s_numbers = [1, 2, 3, 4, 5, 31, 32, 33, 127, 128, 131, 132, 4_095, 4_096, 16_383, 16_384, 2_097_152];

    private static readonly Gen<int> s_number = Gen.Int[0, s_numbers.Length - 1].Select(place => s_numbers[place]);

    private static readonly Gen<(int Distance, int Raw, int Apart)> s_entry = Gen.Select(
        s_number,
        s_number,
        Gen.Int[0, 200],
        (distance, raw, apart) => (distance, raw, Math.Min(raw, 1 + apart))
    );

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Lists_are_read_as_they_were_written_in_whatever_order(bool overlaps) =>
        s_entry
            .Array[0, 30]
            .Array[1, 6]
            .Sample(
                lists =>
                {
                    var all = new SessionLists();
                    var writer = new SessionLists.Writer(all);
                    long[] addresses = Array.ConvertAll(lists, list => Write(writer, list, overlaps));

                    for (var i = lists.Length - 1; i >= 0; i--)
                        Assert.Equal(Expected(lists[i], overlaps), Read(all, addresses[i], lists[i].Length, overlaps));
                },
                iter: 60
            );

    [Fact]
    public void Several_writers_lists_lie_beside_each_other_and_a_list_may_be_longer_than_any_other()
    {
        var all = new SessionLists();
        SessionLists.Writer[] writers = [.. Enumerable.Range(0, 20).Select(_ => new SessionLists.Writer(all))];
        (int Distance, int Raw, int Apart)[] few = [(1, 1, 1), (9, 2, 2)];
        (int Distance, int Raw, int Apart)[] many = [.. Enumerable.Range(0, 140_000).Select(number => (8192, 200_000_000 + number, 1))];

        long[] addresses =
        [
            .. writers.Select(writer => Write(writer, few, false)),
            Write(writers[0], many, false),
            Write(writers[0], few, false),
        ];

        Assert.Equal(addresses.Length, addresses.Distinct().Count());
        foreach (var address in addresses.Where((_, number) => number != writers.Length))
            Assert.Equal(Expected(few, false), Read(all, address, few.Length, false));
        Assert.True(Expected(many, false).SequenceEqual(Read(all, addresses[writers.Length], many.Length, false)));
    }

    [Fact]
    public void After_the_last_session_comes_the_highest_there_is()
    {
        var all = new SessionLists();
        var writer = new SessionLists.Writer(all);
        writer.Add(5, 1);
        var reader = all.Read(writer.Finish(), 1, overlaps: false);

        Assert.Equal(
            (-1, true, 5, false, int.MaxValue),
            (reader.Session, reader.MoveNext(), reader.Session, reader.MoveNext(), reader.Session)
        );
    }

    private static long Write(SessionLists.Writer writer, (int Distance, int Raw, int Apart)[] list, bool overlaps)
    {
        var session = -1;
        foreach (var (distance, raw, apart) in list)
        {
            session += distance;
            if (overlaps)
                writer.Add(session, raw, apart);
            else
                writer.Add(session, raw);
        }

        return writer.Finish();
    }

    private static IEnumerable<(int, int, int)> Expected((int Distance, int Raw, int Apart)[] list, bool overlaps)
    {
        var session = -1;
        foreach (var (distance, raw, apart) in list)
            yield return (session += distance, raw, overlaps ? apart : raw);
    }

    private static List<(int, int, int)> Read(SessionLists lists, long address, int length, bool overlaps)
    {
        var read = new List<(int, int, int)>();
        for (var reader = lists.Read(address, length, overlaps); reader.MoveNext(); )
            read.Add((reader.Session, reader.RawCount, reader.OccurrenceCount));
        return read;
    }
}
