using PatternAnalysis.Sequences;

namespace PatternAnalysis.Tests.Sequences;

/// <summary>What is kept of a step's ids, and of the events that told of its call.</summary>
public class StepIdsTests
{
    // Test vectors of FNV-1a, 64 bits, by its authors (http://www.isthe.com/chongo/tech/comp/fnv/).
    [Theory]
    [InlineData("a", 0xAF63DC4C8601EC8C)]
    [InlineData("b", 0xAF63DF4C8601F1A5)]
    [InlineData("foobar", 0x85944171F73967E8)]
    public void Ids_are_hashed_as_FNV_says(string id, ulong hash) =>
        Assert.Equal(hash, StepIds.Hash(System.Text.Encoding.UTF8.GetBytes(id)));

    [Fact]
    public void No_id_has_no_hash()
    {
        Assert.Equal(0ul, StepIds.Hash([]));
        Assert.Equal(0ul, StepIds.HashCall("s"u8, []));
    }

    [Fact]
    public void A_call_is_one_of_its_session_and_of_no_other()
    {
        ulong[] calls =
        [
            StepIds.HashCall("a"u8, "1"u8),
            StepIds.HashCall("b"u8, "1"u8),
            StepIds.HashCall("a"u8, "2"u8),
            StepIds.HashCall("a1"u8, "2"u8),
            StepIds.HashCall("a"u8, "12"u8),
            StepIds.HashCall([], "a1"u8),
        ];

        Assert.Equal(calls.Length, calls.Distinct().Count());
        Assert.Equal(calls[0], StepIds.HashCall("a"u8, "1"u8));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(638_000_000_000_000_000)]
    public void When_a_call_ended_is_known_until_it_is_forgotten_and_why_it_was_not_made_stays(long ticks)
    {
        foreach (var reason in Enum.GetValues<NotMade>())
        {
            var ids = new StepIds { NotMade = reason };
            Assert.Equal((null, reason), (ids.EndTicks, ids.NotMade));

            ids.Join(CallEnd.Unknown, ticks);
            Assert.Equal((ticks, reason), (ids.EndTicks, ids.NotMade));

            ids.NotMade = default;
            Assert.Equal((ticks, default(NotMade)), (ids.EndTicks, ids.NotMade));

            ids.NotMade = reason;
            ids.Disjoin();
            Assert.Equal((null, reason), (ids.EndTicks, ids.NotMade));
        }
    }
}
