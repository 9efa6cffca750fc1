using PatternAnalysis.Metrics;

namespace PatternAnalysis.Tests.Metrics;

/// <summary>Options of worth that can't be are refused by name.</summary>
public class WorthOptionsTests
{
    private static readonly WorthOptions s_usual = new();

    [Fact]
    public void What_is_at_a_border_is_taken()
    {
        s_usual.Check();
        (s_usual with { AssumedTurnTokens = 0, HourlyRate = 0, MaximumWait = 0, Top = 0 }).Check();
        (s_usual with { AttendedShare = 0, PartShare = 0, MinimumConfidence = 0 }).Check();
        (s_usual with { AttendedShare = 1, PartShare = 1, MinimumConfidence = 1 }).Check();
    }

    [Theory]
    [InlineData(-0.001)]
    [InlineData(1.001)]
    [InlineData(double.NaN)]
    public void Shares_lie_between_0_and_1(double share)
    {
        foreach (
            var (name, options) in new[]
            {
                ("AttendedShare", s_usual with { AttendedShare = share }),
                ("PartShare", s_usual with { PartShare = share }),
                ("MinimumConfidence", s_usual with { MinimumConfidence = share }),
            }
        )
        {
            var refused = Assert.Throws<ArgumentOutOfRangeException>(options.Check);
            Assert.Equal(name, refused.ParamName);
            Assert.StartsWith("A share lies between 0 and 1.", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Nothing_is_negative_and_prices_there_must_be()
    {
        Assert.Throws<ArgumentNullException>((s_usual with { Prices = null! }).Check);
        foreach (
            var (name, options) in new[]
            {
                ("AssumedTurnTokens", s_usual with { AssumedTurnTokens = -1 }),
                ("HourlyRate", s_usual with { HourlyRate = -1 }),
                ("MaximumWait", s_usual with { MaximumWait = -1 }),
                ("Top", s_usual with { Top = -1 }),
            }
        )
            Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(options.Check).ParamName);
    }
}
