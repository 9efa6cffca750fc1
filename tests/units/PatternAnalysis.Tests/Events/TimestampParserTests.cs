using System.Globalization;
using System.Text;
using CsCheck;
using PatternAnalysis.Events;

namespace PatternAnalysis.Tests.Events;

public class TimestampParserTests
{
    [Theory]
    [InlineData("2026-03-02", "2026-03-02T00:00:00.0000000Z")]
    [InlineData("2026-03-02 10:20", "2026-03-02T10:20:00.0000000Z")]
    [InlineData("2026-03-02 10:20:30", "2026-03-02T10:20:30.0000000Z")]
    [InlineData("2026-03-02 10:20:30.1", "2026-03-02T10:20:30.1000000Z")]
    [InlineData("2026-03-02T10:20:30.123456789Z", "2026-03-02T10:20:30.1234567Z")]
    [InlineData("2026-03-02T10:20:30+05:30", "2026-03-02T04:50:30.0000000Z")]
    [InlineData("2026-03-02 10:20:30 -0800", "2026-03-02T18:20:30.0000000Z")]
    [InlineData("2026-03-02T10:20:30+02", "2026-03-02T08:20:30.0000000Z")]
    [InlineData("2026-03-02 10:20:30 UTC", "2026-03-02T10:20:30.0000000Z")]
    [InlineData("  2026-03-02T10:20:30Z\n", "2026-03-02T10:20:30.0000000Z")]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.0000000Z")]
    [InlineData("1772446830", "2026-03-02T10:20:30.0000000Z")]
    [InlineData("1772446830.5", "2026-03-02T10:20:30.5000000Z")]
    [InlineData("1772446830500", "2026-03-02T10:20:30.5000000Z")]
    [InlineData("0", "1970-01-01T00:00:00.0000000Z")]
    public void Every_form_is_read(string text, string expected)
    {
        Assert.True(TimestampParser.TryParse(Encoding.UTF8.GetBytes(text), out var ticks));
        Assert.Equal(expected, new DateTime(ticks, DateTimeKind.Utc).ToString("O", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("")]
    [InlineData("now")]
    [InlineData("2026-02-30")]
    [InlineData("2026-13-01")]
    [InlineData("2026-03-02 24:00:00")]
    [InlineData("2026-03-02 10:60:00")]
    [InlineData("2026-03-02 10:20:30.")]
    [InlineData("2026-03-02T10:20:30+25:00")]
    [InlineData("2026-03-02T10:20:30X")]
    [InlineData("2026/03/02")]
    [InlineData("-5")]
    [InlineData("1e30")]
    [InlineData("NaN")]
    [InlineData("0001-01-01T00:00:00+10:00")]
    public void What_is_no_time_is_not_guessed_at(string text) =>
        Assert.False(TimestampParser.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void Any_instant_comes_back_from_its_text() =>
        Gen.Select(Gen.DateTime[new DateTime(1990, 1, 1), new DateTime(2090, 1, 1)], Gen.Int[-18, 18])
            .Sample(
                (time, hours) =>
                {
                    var instant = new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)).ToOffset(
                        TimeSpan.FromHours(Math.Clamp(hours, -14, 14))
                    );
                    return TimestampParser.TryParse(
                            Encoding.UTF8.GetBytes(instant.ToString("O", CultureInfo.InvariantCulture)),
                            out var ticks
                        )
                        && ticks == instant.UtcTicks;
                }
            );

    [Fact]
    public void No_bytes_make_it_throw() =>
        Gen
            .Byte.Array[0, 40]
            .Sample(bytes =>
            {
                if (TimestampParser.TryParse(bytes, out var ticks))
                    Assert.InRange(ticks, 0, DateTime.MaxValue.Ticks);
            });
}
