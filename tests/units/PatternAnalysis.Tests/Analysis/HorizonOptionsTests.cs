using PatternAnalysis.Analysis;

namespace PatternAnalysis.Tests.Analysis;

public sealed class HorizonOptionsTests
{
    private static readonly DateTimeOffset s_until = new(2026, 3, 31, 2, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_night_is_measured_over_the_thirty_days_up_to_its_end() =>
        Assert.Equal(new TimeWindow(s_until.AddDays(-30), s_until), new HorizonOptions().Of(TimeWindow.Last(24, s_until)));

    [Fact]
    public void A_window_that_is_longer_is_measured_whole()
    {
        var window = new TimeWindow(s_until.AddDays(-90), s_until);

        Assert.Equal(window, new HorizonOptions().Of(window));
    }

    [Fact]
    public void Without_days_a_window_is_measured_alone_as_in_the_original()
    {
        var window = TimeWindow.Last(24, s_until);

        Assert.Equal(window, new HorizonOptions { EvidenceDays = 0 }.Of(window));
    }

    [Fact]
    public void A_window_without_a_bound_is_measured_as_it_is() =>
        Assert.Equal(TimeWindow.Always, new HorizonOptions().Of(TimeWindow.Always));

    [Fact]
    public void A_horizon_starts_no_earlier_than_the_calendar()
    {
        var until = DateTimeOffset.MinValue.AddDays(2);

        Assert.Equal(DateTimeOffset.MinValue, new HorizonOptions().Of(TimeWindow.Last(24, until)).Since);
    }
}
