using PatternAnalysis.Sequences;

namespace PatternAnalysis.Tests.Sequences;

/// <summary>Times that were read in one zone are not taken for those of another, nor for those of other clocks of the same name.</summary>
public class ZoneNameTests
{
    [Fact]
    public void What_shows_the_time_of_UTC_is_UTC()
    {
        Assert.Equal("UTC", ZoneName.Of(null));
        Assert.Equal("UTC", ZoneName.Of(TimeZoneInfo.Utc));
        Assert.Equal("UTC", ZoneName.Of(Zone("somewhere", 0)));
    }

    [Fact]
    public void A_zone_is_its_name_and_what_its_clocks_show()
    {
        var name = ZoneName.Of(Zone("somewhere", 60));

        Assert.StartsWith("somewhere:", name, StringComparison.Ordinal);
        Assert.Equal(name, ZoneName.Of(Zone("somewhere", 60)));
        Assert.NotEqual(name, ZoneName.Of(Zone("somewhere", 61)));
        Assert.NotEqual(name, ZoneName.Of(Zone("elsewhere", 60)));
    }

    [Theory]
    [InlineData(2020, 3, 29, 2, 0, true)]
    [InlineData(2025, 3, 29, 2, 0, true)]
    [InlineData(2025, 3, 30, 2, 1, true)]
    [InlineData(2025, 3, 30, 3, 0, true)]
    [InlineData(2025, 3, 30, 2, 0, false)]
    public void A_change_of_its_clocks_at_another_minute_is_another_zone(int year, int month, int day, int hour, int minute, bool isOther)
    {
        var usual = ZoneName.Of(Summer(new DateTime(2025, 3, 30, 2, 0, 0)));

        Assert.Equal(isOther, usual != ZoneName.Of(Summer(new DateTime(year, month, day, hour, minute, 0))));
    }

    private static TimeZoneInfo Zone(string name, int minutes, params TimeZoneInfo.AdjustmentRule[] rules) =>
        TimeZoneInfo.CreateCustomTimeZone(name, TimeSpan.FromMinutes(minutes), name, name, name, rules);

    // Summer time of one year.
    private static TimeZoneInfo Summer(DateTime start) =>
        Zone(
            "somewhere",
            60,
            TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
                new DateTime(start.Year, 1, 1),
                new DateTime(start.Year, 12, 31),
                TimeSpan.FromHours(1),
                TimeZoneInfo.TransitionTime.CreateFixedDateRule(new DateTime(1, 1, 1, start.Hour, start.Minute, 0), start.Month, start.Day),
                TimeZoneInfo.TransitionTime.CreateFixedDateRule(new DateTime(1, 1, 1, 3, 0, 0), 10, 26)
            )
        );
}
