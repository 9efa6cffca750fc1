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
}
