namespace PatternAnalysis.Reporting;

/// <summary>What was spent and what could go in a day or in a week.</summary>
/// <param name="From">Its first day, in UTC.</param>
/// <param name="Days">How many days it has: 1 or 7.</param>
/// <param name="SpentUsd">What the sessions that began in it cost, in US dollars.</param>
/// <param name="CouldGoUsd">What of that could go, in US dollars.</param>
internal sealed record MoneyPeriod(DateOnly From, int Days, double SpentUsd, double CouldGoUsd)
{
    // More bars than these are weeks.
    private const int MostDays = 62;

    /// <summary>How it is called.</summary>
    public string Name => ReportText.Text($"{From:yyyy-MM-dd}{(Days == 7 ? " (week)" : "")}");

    /// <summary>The periods from the first day to the last, those in which nothing was spent as well; weeks begin on Monday.</summary>
    public static IReadOnlyList<MoneyPeriod> Of(IReadOnlyList<DaySpending> days)
    {
        if (days.Count == 0)
            return [];
        var length = days[^1].Day.DayNumber - days[0].Day.DayNumber + 1 > MostDays ? 7 : 1;
        var sums = days.ToLookup(day => StartOf(day.Day, length));
        var periods = new List<MoneyPeriod>();
        for (var from = StartOf(days[0].Day, length); from <= days[^1].Day; from = from.AddDays(length))
            periods.Add(new MoneyPeriod(from, length, sums[from].Sum(day => day.SpentUsd), sums[from].Sum(day => day.CouldGoUsd)));
        return periods;
    }

    /// <summary>What the figures are.</summary>
    public static string Explanation(IReadOnlyList<MoneyPeriod> periods) =>
        $"Cash: what the turns of the sessions that began in each {(periods[0].Days == 7 ? "week" : "day")} cost by the price table, "
        + "and what of it could go. A day in UTC; the total above has the interval.";

    // Day 0 was a Monday.
    private static DateOnly StartOf(DateOnly day, int length) => length == 1 ? day : day.AddDays(-(day.DayNumber % 7));
}
