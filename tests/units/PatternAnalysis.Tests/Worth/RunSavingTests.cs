using CsCheck;

namespace PatternAnalysis.Tests.Worth;

/// <summary>What could go is never more than was spent.</summary>
public class RunSavingTests
{
    private static readonly Gen<(RunSaving Saving, RunSpending Spent)> s_runs = Gen.Select(
            Gen.Int[0, 10],
            Gen.Int[0, 10],
            Gen.Int[0, 10].Array[3],
            Gen.Int[0, 10].Array[3],
            Gen.Bool
        )
        .Select(
            (turns, tokens, usd, spent, isAssumed) =>
            {
                Array.Sort(usd);
                return (
                    new RunSaving(2, turns, tokens, usd[1], usd[0], usd[2], TimeSpan.FromSeconds(5), isAssumed),
                    new RunSpending(spent[0], spent[1], spent[2], 0, TimeSpan.Zero, TimeSpan.Zero)
                );
            }
        );

    [Fact]
    public void Every_figure_is_the_smaller_of_its_own_and_what_was_spent_and_what_was_cut_is_assumed() =>
        s_runs.Sample(run =>
        {
            var (saving, spent) = run;
            var usd = (double)spent.Usd;

            var most = saving.AtMost(spent);

            Assert.Equal(
                saving with
                {
                    Turns = Math.Min(saving.Turns, spent.Turns),
                    Tokens = Math.Min(saving.Tokens, spent.Tokens),
                    Usd = Math.Min(saving.Usd, usd),
                    UsdLow = Math.Min(saving.UsdLow, usd),
                    UsdHigh = Math.Min(saving.UsdHigh, usd),
                    IsAssumed = saving.IsAssumed || saving.Turns > spent.Turns || saving.Tokens > spent.Tokens || saving.UsdHigh > usd,
                },
                most
            );
            Assert.Equal(most, most.AtMost(spent));
        });

    [Fact]
    public void What_is_just_as_much_as_was_spent_stays_as_it_is()
    {
        var saving = new RunSaving(2, 3, 4, 5, 5, 5, TimeSpan.Zero, IsAssumed: false);

        Assert.Same(saving, saving.AtMost(new RunSpending(3, 4, 5, 0, TimeSpan.Zero, TimeSpan.Zero)));
        Assert.False(RunSaving.None.IsAssumed);
    }

    [Fact]
    public void What_is_kept_of_a_run_is_rounded_to_the_millionth_of_a_dollar()
    {
        var spent = new RunSpending(12, 3_000, 4.56789012m, 1, TimeSpan.Zero, TimeSpan.Zero);
        var saving = new RunSaving(3, 2.12345678, 100, 1.00000049, 0.5000004, 1.9999996, TimeSpan.Zero, false);

        Assert.Equal(new RunMoney(12, 4.56789m, 2.123457, 1m, 0.5m, 2m), saving.Beside(spent));
    }
}
