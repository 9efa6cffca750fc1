using CsCheck;
using PatternAnalysis.Analysis;

namespace PatternAnalysis.Tests.Analysis;

public class CatchUpWindowTests
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 31, 2, 0, 0, TimeSpan.Zero);

    [Fact]
    public void It_starts_where_the_last_run_ended() => Assert.Equal(s_now.AddDays(-4), Since((-6, -5), (-5, -4)));

    [Fact]
    public void The_first_run_looks_at_a_day() => Assert.Equal(s_now.AddDays(-1), Since());

    [Fact]
    public void It_is_never_longer_than_thirty_days() => Assert.Equal(s_now.AddDays(-30), Since((-90, -80)));

    [Fact]
    public void A_run_of_an_hour_by_hand_does_not_hide_the_days_before_it() =>
        Assert.Equal(s_now.AddDays(-3), Since((-4, -3), (-0.5, -0.4)));

    [Fact]
    public void A_run_that_looked_ahead_does_not_stop_the_next() => Assert.Equal(s_now.AddDays(-1), Since((-2, 5)));

    [Fact]
    public void Whatever_ran_before_no_moment_between_the_first_run_and_now_is_left_out() =>
        Gen.Select(Gen.Int[-29 * 24, -2], Gen.Int[1, 100])
            .List[1, 8]
            .Sample(runs =>
            {
                var windows = runs.Select(run => (From: (double)run.Item1 / 24, To: Math.Min(-1, run.Item1 + run.Item2) / 24.0))
                    .Where(run => run.To > run.From)
                    .ToArray();
                if (windows.Length == 0)
                    return;

                var since = Since(windows);
                var first = windows.Min(window => window.From);
                for (var hour = first + 1.0 / 48; s_now.AddDays(hour) < since; hour += 1.0 / 24)
                    Assert.Contains(windows, window => window.From <= hour && hour < window.To);
            });

    private static DateTimeOffset Since(params (double From, double To)[] runs)
    {
        var window = CatchUpWindow.Of(
            [
                .. runs.Select(
                    (run, number) =>
                        new PastRun
                        {
                            RunId = number,
                            StartedAt = s_now,
                            Window = new TimeWindow(s_now.AddDays(run.From), s_now.AddDays(run.To)),
                        }
                ),
            ],
            s_now
        );
        Assert.Equal(s_now, window.Until);
        return window.Since!.Value;
    }
}
