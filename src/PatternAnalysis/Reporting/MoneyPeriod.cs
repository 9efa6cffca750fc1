namespace PatternAnalysis.Reporting;

/// <summary>What was spent and what could go in a day or in a week.</summary>
/// <param name="From">Its first day, in UTC.</param>
/// <param name="Days">How many days it has: 1 or 7.</param>
/// <param name="SpentUsd">What the sessions that began in it cost, in US dollars.</param>
/// <param name="CouldGoUsd">What of that could go, in US dollars.</param>
internal sealed record MoneyPeriod(DateOnly From, int Days, double SpentUsd, double CouldGoUsd)
{
    // A bar of more days would be narrower than the gap beside it, so weeks are drawn.
    private const int MostDays = 62;

    // Two years. More time is that of a wrong clock, which is no reason to draw the thousands of empty weeks before or behind it.
    private const int MostPeriods = 104;

    /// <summary>How it is called.</summary>
    public string Name => ReportText.Text($"{From:yyyy-MM-dd}{(Days == 7 ? " (week)" : "")}");

    /// <summary>
    /// The periods from the first day to the last, those in which nothing was spent as well; weeks begin on Monday. Of more than 104 weeks
    /// the last 104 in which something was spent.
    /// </summary>
    /// <param name="days">What was spent on days, oldest first.</param>
    public static IReadOnlyList<MoneyPeriod> Of(IReadOnlyList<DaySpending> days)
    {
        if (days.Count == 0)
            return [];
        var length = LengthOf(days);
        var sums = days.ToLookup(day => StartOf(day.Day, length));
        var starts =
            CountOf(days) <= MostPeriods
                ? Enumerable.Range(0, CountOf(days)).Select(number => StartOf(days[0].Day, length) + number * length)
                : sums.Select(period => period.Key).TakeLast(MostPeriods);
        return
        [
            .. starts.Select(start => new MoneyPeriod(
                DateOnly.FromDayNumber(start),
                length,
                sums[start].Sum(day => day.SpentUsd),
                sums[start].Sum(day => day.CouldGoUsd)
            )),
        ];
    }

    /// <summary>What the figures are.</summary>
    public static string Explanation(IReadOnlyList<DaySpending> days)
    {
        var unit = LengthOf(days) == 7 ? "week" : "day";
        return $"Cash: what the turns of the sessions that began in each {unit} cost by the price table, "
            + "and what of it could go. A day in UTC; the total above has the interval."
            + (
                CountOf(days) <= MostPeriods
                    ? ""
                    : ReportText.Text($" Of {CountOf(days):N0} weeks the last {MostPeriods} in which something was spent are shown.")
            );
    }

    private static int LengthOf(IReadOnlyList<DaySpending> days) => days[^1].Day.DayNumber - days[0].Day.DayNumber + 1 > MostDays ? 7 : 1;

    private static int CountOf(IReadOnlyList<DaySpending> days) =>
        (StartOf(days[^1].Day, LengthOf(days)) - StartOf(days[0].Day, LengthOf(days))) / LengthOf(days) + 1;

    // Day 0 of .NET's calendar was a Monday.
    private static int StartOf(DateOnly day, int length) => day.DayNumber - day.DayNumber % length;
}
