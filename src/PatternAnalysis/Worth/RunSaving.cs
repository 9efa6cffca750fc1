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
    /// <summary>Nothing.</summary>
    public static RunSaving None { get; } = new(0, 0, 0, 0, 0, 0, TimeSpan.Zero, false);

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{RoutineCount} routines, {Turns:0} turns, ${Usd:0.00}");

    /// <summary>What is kept of both, in cents of a dollar and finer.</summary>
    internal RunMoney Beside(RunSpending spent) =>
        new(spent.Turns, decimal.Round(spent.Usd, 6), Math.Round(Turns, 6), Dollars(Usd), Dollars(UsdLow), Dollars(UsdHigh));

    private static decimal Dollars(double usd) => decimal.Round((decimal)usd, 6);
}
