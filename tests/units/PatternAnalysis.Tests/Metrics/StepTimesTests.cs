using PatternAnalysis.Metrics;
using PatternAnalysis.Tests.Support;
using PatternAnalysis.Tests.Worth;

namespace PatternAnalysis.Tests.Metrics;

/// <summary>A step takes until the next one of its session, unless somebody was away.</summary>
public class StepTimesTests
{
    [Fact]
    public void A_step_lasts_until_the_next_of_its_session_and_the_last_of_each_no_time()
    {
        // At 0, 1, 2, 8, 9 seconds; the session in between has steps of its own.
        var calls = new RecordedCalls().Tool("a", "Read").Tool("b", "Read").Tool("a", "Edit");
        calls.Wait(TimeSpan.FromSeconds(5)).Tool("a", "Bash").Tool("b", "Edit");

        var times = new StepTimes(Appraisals.Corpus(calls), idleSeconds: 60);

        Assert.Equal([2_000, 6_000, 0, 8_000, 0], Enumerable.Range(0, 5).Select(position => times.Milliseconds(position, 1)));
        Assert.Equal((8_000, 8_000, 0), (times.Milliseconds(0, 2), times.Milliseconds(0, 3), times.Milliseconds(1, 0)));
        Assert.Equal(16, times.Total);
    }

    [Theory]
    [InlineData(5.999, 0)]
    [InlineData(6, 6_000)]
    [InlineData(6.001, 6_000)]
    public void A_step_that_is_longer_than_the_idle_limit_took_no_time_that_is_known(double idleSeconds, long milliseconds)
    {
        var calls = new RecordedCalls().Tool("a", "Read").Wait(TimeSpan.FromSeconds(5)).Tool("a", "Edit");

        Assert.Equal(milliseconds, new StepTimes(Appraisals.Corpus(calls), idleSeconds).Milliseconds(0, 1));
    }

    [Fact]
    public void Steps_without_times_took_none() => Assert.Equal(0, new StepTimes(Corpus.Of("Read Edit", "Bash"), idleSeconds: 60).Total);
}
