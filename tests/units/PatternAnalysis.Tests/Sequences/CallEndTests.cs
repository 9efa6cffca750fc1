using System.Text;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Tests.Sequences;

/// <summary>What is known of the end of a call, alone and together with that of another.</summary>
public class CallEndTests
{
    [Theory]
    [InlineData(CallOutcome.Unknown, -1, 0)]
    [InlineData(CallOutcome.Ok, 0, 0)]
    [InlineData(CallOutcome.Failed, 1, 1)]
    [InlineData(CallOutcome.Orphan, 4_294_967_294, 10_000)]
    public void It_holds_what_it_was_given(CallOutcome outcome, long milliseconds, int error)
    {
        var end = new CallEnd(outcome, milliseconds, error);

        Assert.Equal((outcome, milliseconds, error), (end.Outcome, end.Milliseconds, end.Error));
    }

    [Theory]
    [InlineData(-2, -1)]
    [InlineData(-1_000_000, -1)]
    [InlineData(4_294_967_295, 4_294_967_294)]
    [InlineData(9_000_000_000_000, 4_294_967_294)]
    public void A_time_that_can_not_be_held_is_unknown_or_the_longest(long milliseconds, long held) =>
        Assert.Equal(held, new CallEnd(CallOutcome.Ok, milliseconds).Milliseconds);

    [Theory]
    [InlineData(-1, 25_000_000, 2_500)]
    [InlineData(-1, 0, 0)]
    [InlineData(-1, 9_999, 0)]
    [InlineData(-1, -1, -1)]
    [InlineData(0, 25_000_000, 0)]
    [InlineData(7, 25_000_000, 7)]
    public void What_an_event_says_of_the_time_counts_before_the_clock(long said, long ticks, long expected) =>
        Assert.Equal(
            (CallOutcome.Failed, expected, 3),
            new CallEnd(CallOutcome.Failed, said, 3).OrLasting(ticks) is var end ? (end.Outcome, end.Milliseconds, end.Error) : default
        );

    [Theory]
    [InlineData(CallOutcome.Ok, CallOutcome.Ok, CallOutcome.Ok)]
    [InlineData(CallOutcome.Ok, CallOutcome.Failed, CallOutcome.Failed)]
    [InlineData(CallOutcome.Orphan, CallOutcome.Failed, CallOutcome.Failed)]
    [InlineData(CallOutcome.Unknown, CallOutcome.Failed, CallOutcome.Failed)]
    [InlineData(CallOutcome.Ok, CallOutcome.Orphan, CallOutcome.Orphan)]
    [InlineData(CallOutcome.Unknown, CallOutcome.Orphan, CallOutcome.Orphan)]
    [InlineData(CallOutcome.Orphan, CallOutcome.Orphan, CallOutcome.Orphan)]
    [InlineData(CallOutcome.Ok, CallOutcome.Unknown, CallOutcome.Unknown)]
    [InlineData(CallOutcome.Unknown, CallOutcome.Unknown, CallOutcome.Unknown)]
    public void Calls_that_became_one_step_are_as_bad_as_the_worst(CallOutcome one, CallOutcome other, CallOutcome both)
    {
        Assert.Equal(both, new CallEnd(one, 1).And(new CallEnd(other, 2)).Outcome);
        Assert.Equal(both, new CallEnd(other, 1).And(new CallEnd(one, 2)).Outcome);
    }

    [Theory]
    [InlineData(3, 4, 7)]
    [InlineData(0, 0, 0)]
    [InlineData(-1, 4, -1)]
    [InlineData(4, -1, -1)]
    public void They_take_the_time_of_all_where_all_is_known_and_the_first_error_counts(long one, long other, long both)
    {
        Assert.Equal(both, new CallEnd(CallOutcome.Ok, one).And(new CallEnd(CallOutcome.Ok, other)).Milliseconds);
        Assert.Equal(5, new CallEnd(CallOutcome.Failed, one, 5).And(new CallEnd(CallOutcome.Failed, other, 6)).Error);
        Assert.Equal(6, new CallEnd(CallOutcome.Ok, one).And(new CallEnd(CallOutcome.Failed, other, 6)).Error);
    }

    [Theory]
    [InlineData("PostToolUse", CallOutcome.Ok)]
    [InlineData("tool_result", CallOutcome.Ok)]
    [InlineData("PostToolUseFailure", CallOutcome.Failed)]
    [InlineData("PreToolUse", CallOutcome.Unknown)]
    [InlineData("posttooluse", CallOutcome.Unknown)]
    [InlineData("Stop", CallOutcome.Unknown)]
    [InlineData("", CallOutcome.Unknown)]
    public void Events_that_end_a_call_say_how(string type, CallOutcome outcome) =>
        Assert.Equal(outcome, CallEnd.OutcomeOf(Encoding.UTF8.GetBytes(type)));
}
