using PatternAnalysis.Effect;

namespace PatternAnalysis.Tests.Effect;

public sealed class SessionBootstrapTests
{
    private const int DataSets = 400;

    [Theory]
    [InlineData(1.0, 12, 12, 0.3, 0.0)]
    [InlineData(1.0, 30, 30, 0.3, 0.7)]
    [InlineData(0.5, 12, 12, 0.3, 0.7)]
    [InlineData(0.5, 40, 20, 0.5, 0.7)]
    [InlineData(3.0, 20, 20, 0.1, 0.7)]
    [InlineData(0.3, 8, 8, 0.5, 0.5)]
    [InlineData(1.0, 6, 6, 0.3, 0.5)]
    public void An_interval_holds_the_true_ratio_in_95_of_100_data_sets(
        double ratio,
        int sessionsBefore,
        int sessionsAfter,
        double rate,
        double spread
    )
    {
        var random = new Random(7);
        var held = 0;
        for (var i = 0; i < DataSets; i++)
        {
            var measured = SessionBootstrap.Compare(
                "x",
                Sessions(random, sessionsBefore, rate, spread),
                Sessions(random, sessionsAfter, rate * ratio, spread)
            );
            if (measured.Low <= ratio && ratio <= measured.High)
                held++;
        }

        Assert.InRange(held, 0.92 * DataSets, 0.985 * DataSets);
    }

    [Fact]
    public void The_estimate_lies_around_the_true_ratio()
    {
        var random = new Random(11);
        var mean = Enumerable
            .Range(0, DataSets)
            .Average(_ =>
                Math.Log(SessionBootstrap.Compare("x", Sessions(random, 20, 0.4, 0.5), Sessions(random, 20, 0.2, 0.5)).Ratio!.Value)
            );

        Assert.Equal(Math.Log(0.5), mean, 0.05);
    }

    [Fact]
    public void The_same_sessions_give_the_same_interval()
    {
        var (before, after) = (Sessions(new Random(1), 9, 0.3, 0.5), Sessions(new Random(2), 9, 0.3, 0.5));

        Assert.Equal(SessionBootstrap.Compare("x", before, after), SessionBootstrap.Compare("x", before, after));
    }

    [Fact]
    public void A_side_without_an_occurrence_has_a_finite_ratio()
    {
        ExposedSession[] before = [.. Enumerable.Repeat(new ExposedSession(20, 5), 10)];
        ExposedSession[] after = [.. Enumerable.Repeat(new ExposedSession(20, 0), 10)];

        var measured = SessionBootstrap.Compare("x", before, after);

        Assert.InRange(measured.Ratio!.Value, 0.001, 0.05);
        Assert.Equal(-1, measured.Direction);
        Assert.True(double.IsFinite(measured.High!.Value));
    }

    [Fact]
    public void Without_work_on_a_side_there_is_no_ratio()
    {
        var measured = SessionBootstrap.Compare("x", [new ExposedSession(20, 5)], []);

        Assert.Null(measured.Ratio);
        Assert.Null(measured.Low);
        Assert.Equal(0, measured.Direction);
    }

    [Fact]
    public void One_busy_session_is_one_witness()
    {
        ExposedSession[] quiet = [.. Enumerable.Repeat(new ExposedSession(20, 1), 10)];
        ExposedSession[] oneBusy = [.. Enumerable.Repeat(new ExposedSession(20, 1), 9), new ExposedSession(20, 60)];

        Assert.Equal(0, SessionBootstrap.Compare("x", quiet, oneBusy).Direction);
    }

    /// <summary>Sessions with 5 to 60 pieces of work, whose rates differ by a log-normal factor of the given spread and mean 1.</summary>
    private static ExposedSession[] Sessions(Random random, int count, double rate, double spread) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ =>
                {
                    var exposure = random.Next(5, 61);
                    var factor = Math.Exp(spread * Normal(random) - spread * spread / 2);
                    return new ExposedSession(exposure, Poisson(random, rate * factor * exposure));
                }),
        ];

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static int Poisson(Random random, double mean)
    {
        var (count, left) = (0, Math.Exp(-mean));
        for (var product = random.NextDouble(); product > left; product *= random.NextDouble())
            count++;
        return count;
    }
}
