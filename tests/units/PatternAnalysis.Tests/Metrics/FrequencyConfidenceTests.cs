using PatternAnalysis.Metrics;

namespace PatternAnalysis.Tests.Metrics;

public class FrequencyConfidenceTests
{
    // Taken from Python's round(): the binary value of 0.00015 lies below the tie, that of 0.00165 above.
    [Theory]
    [InlineData(1, 20000, 0.0001)]
    [InlineData(3, 20000, 0.0001)]
    [InlineData(9, 20000, 0.0004)]
    [InlineData(29, 20000, 0.0014)]
    [InlineData(33, 20000, 0.0016)]
    [InlineData(3, 8000, 0.0004)]
    [InlineData(51, 20000, 0.0028)]
    [InlineData(63, 2000, 0.0347)]
    [InlineData(1, 3, 0.3333)]
    public void It_is_rounded_to_four_decimals_as_the_original_rounds(int sessions, int totalSessions, double expected) =>
        Assert.Equal(expected, FrequencyConfidence.Calculate(sessions, totalSessions));

    [Theory]
    [InlineData(0, 10, 0)]
    [InlineData(49, 49, 1)]
    [InlineData(49, 1000, 0.049)]
    [InlineData(50, 50, 0.95)]
    [InlineData(50, 1000, 0.055)]
    [InlineData(99, 99, 0.95)]
    [InlineData(100, 100, 0.99)]
    [InlineData(100, 1000, 0.12)]
    public void Many_sessions_are_worth_more_up_to_a_bound(int sessions, int totalSessions, double expected) =>
        Assert.Equal(expected, FrequencyConfidence.Calculate(sessions, totalSessions));

    [Theory]
    [InlineData(-1, 10)]
    [InlineData(1, 0)]
    public void Counts_that_can_not_be_are_refused(int sessions, int totalSessions) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FrequencyConfidence.Calculate(sessions, totalSessions));
}
