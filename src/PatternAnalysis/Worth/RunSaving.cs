using System.Globalization;

namespace PatternAnalysis;

/// <summary>What of the spending of a run could go, by its routines together: every turn counts for one of them only.</summary>
/// <param name="RoutineCount">Routines that a turn could go by.</param>
/// <param name="Turns">Turns of models.</param>
/// <param name="Tokens">Their tokens.</param>
/// <param name="Usd">What those cost, in US dollars.</param>
/// <param name="UsdLow">Lower end of the 95 % interval, had other sessions of the same kind been seen.</param>
/// <param name="UsdHigh">Upper end of the interval.</param>
/// <param name="WaitTime">How long they were waited for. Never added to the dollars.</param>
/// <param name="IsAssumed">Whether nothing says what the turns used, so that an assumed cost stands for them.</param>
public sealed record RunSaving(
    int RoutineCount,
    double Turns,
    double Tokens,
    double Usd,
    double UsdLow,
    double UsdHigh,
    TimeSpan WaitTime,
    bool IsAssumed
)
{
    /// <summary>Lower end of the 95 % interval of <see cref="WaitTime"/>.</summary>
    public TimeSpan WaitLow { get; init; }

    /// <summary>Upper end of that interval.</summary>
    public TimeSpan WaitHigh { get; init; }

    /// <summary>Nothing.</summary>
    public static RunSaving None { get; } = new(0, 0, 0, 0, 0, 0, TimeSpan.Zero, false);

    /// <summary>
    /// The same, and never more than was spent: turns of models without a price, and turns that nobody told the use of, stand in it with
    /// the mean of the others, and are in no dollar that was spent.
    /// </summary>
    internal RunSaving AtMost(RunSpending spent)
    {
        var usd = (double)spent.Usd;
        return Turns <= spent.Turns && Tokens <= spent.Tokens && UsdHigh <= usd
            ? this
            : this with
            {
                Turns = Math.Min(Turns, spent.Turns),
                Tokens = Math.Min(Tokens, spent.Tokens),
                Usd = Math.Min(Usd, usd),
                UsdLow = Math.Min(UsdLow, usd),
                UsdHigh = Math.Min(UsdHigh, usd),
                IsAssumed = true,
            };
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{RoutineCount} routines, {Turns:0} turns, ${Usd:0.00}");

    /// <summary>What is kept of both, in cents of a dollar and finer.</summary>
    internal RunMoney Beside(RunSpending spent) =>
        new(spent.Turns, decimal.Round(spent.Usd, 6), Math.Round(Turns, 6), Dollars(Usd), Dollars(UsdLow), Dollars(UsdHigh));

    private static decimal Dollars(double usd) => decimal.Round((decimal)usd, 6);
}
