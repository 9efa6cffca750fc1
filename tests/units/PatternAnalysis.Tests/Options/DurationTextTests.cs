using PatternAnalysis.Options;

namespace PatternAnalysis.Tests.Options;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("26", 26 * 3600)]
    [InlineData("26h", 26 * 3600)]
    [InlineData("1.5H", 5400)]
    [InlineData("90m", 5400)]
    [InlineData("30s", 30)]
    [InlineData(" 2d ", 48 * 3600)]
    [InlineData("1.02:00:00", 26 * 3600)]
    [InlineData("00:00:10", 10)]
    [InlineData("0", 0)]
    public void A_length_of_time_is_read_as_people_write_it(string text, int seconds)
    {
        Assert.True(DurationText.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.FromSeconds(seconds), duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("h")]
    [InlineData("-1h")]
    [InlineData("-00:00:10")]
    [InlineData("two days")]
    [InlineData("1e9d")]
    [InlineData("99999999999999d")]
    [InlineData("NaN")]
    public void A_text_that_is_no_duration_is_refused(string? text) => Assert.False(DurationText.TryParse(text, out _));
}
