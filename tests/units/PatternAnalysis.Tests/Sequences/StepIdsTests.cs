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

    [Fact]
    public void The_number_of_events_and_why_a_call_was_not_made_are_kept_apart()
    {
        foreach (var reason in Enum.GetValues<NotMade>())
        {
            var ids = new StepIds();
            for (var events = 0; events < 9; events++)
            {
                Assert.Equal((events, events == 0 ? default : reason), (ids.FurtherEvents, ids.NotMade));
                ids.AddEvent();
                ids.NotMade = reason;
            }

            ids.NotMade = default;
            Assert.Equal((9, default(NotMade)), (ids.FurtherEvents, ids.NotMade));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(638_000_000_000_000_000)]
    public void A_call_that_an_event_ended_knows_when_until_that_is_forgotten(long ticks)
    {
        var ids = new StepIds();
        Assert.Null(ids.EndTicks);

        ids.Join(CallEnd.Unknown, ticks);
        Assert.Equal(ticks, ids.EndTicks);

        ids.Disjoin();
        Assert.Null(ids.EndTicks);
    }
}
