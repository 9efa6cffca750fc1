using System.Runtime.InteropServices;
using PatternAnalysis.Events;
using PatternAnalysis.Metrics;

namespace PatternAnalysis.Worth;

/// <summary>Adds up what the sessions of a run spent.</summary>
internal static class SpendingMeter
{
    /// <summary>What the steps of each class took, in the order of the classes; those that no step has are left out.</summary>
    public static ClassSpending[] ByClass(StepValues values)
    {
        var sums = new (int Steps, double Turns, double Tokens, double Usd)[Enum.GetValues<StepClass>().Length];
        for (var session = 0; session < values.Corpus.Count; session++)
        {
            for (var position = values.Corpus.Starts[session]; position < values.Corpus.Starts[session + 1]; position++)
            {
                ref var sum = ref sums[(int)values.ClassOf(position)];
                sum.Steps++;
                sum.Turns += values.ShareOfTurn(position);
                sum.Tokens += values.Tokens(position);
                sum.Usd += values.Cost(session, position);
            }
        }

        return
        [
            .. sums.Select((sum, number) => new ClassSpending((StepClass)number, sum.Steps, sum.Turns, sum.Tokens, sum.Usd))
                .Where(spending => spending.Steps > 0),
        ];
    }

    /// <summary>
    /// Measures a run, the day of each session, and what was spent by day, in US dollars; null when the store knows of no message. All that
    /// a session spent stands on the day of its first message in the window.
    /// </summary>
    public static (
        RunSpending Total,
        IReadOnlyDictionary<string, DateOnly> DayOfSession,
        IReadOnlyDictionary<DateOnly, double> ByDay
    )? Measure(IUsageReader usage, TimeWindow window, StepValues? values, WorthOptions options, CancellationToken cancellationToken)
    {
        var (days, byDay) = (new Dictionary<string, DateOnly>(StringComparer.Ordinal), new Dictionary<DateOnly, double>());
        var (turns, tokens, usd, unpriced) = (0L, 0L, 0m, 0L);
        foreach (var message in usage.ReadMessages(window, cancellationToken))
        {
            var price = options.Prices.Find(message.Model);
            turns++;
            tokens += message.InputTokens + message.OutputTokens + message.CacheReadTokens + message.CacheWriteTokens;
            var cost = price?.Cost(message.InputTokens, message.OutputTokens, message.CacheReadTokens, message.CacheWriteTokens) ?? 0;
            usd += cost;
            ref var day = ref CollectionsMarshal.GetValueRefOrAddDefault(days, message.SessionId, out var isKnown);
            if (!isKnown)
                day = DateOnly.FromDateTime(message.Timestamp);
            CollectionsMarshal.GetValueRefOrAddDefault(byDay, day, out _) += (double)cost;
            unpriced += price is null ? 1 : 0;
        }

        if (turns == 0)
            return null;
        var (tool, model) = values?.Times() ?? (TimeSpan.Zero, TimeSpan.Zero);
        return (new RunSpending(turns, tokens, usd, unpriced, tool, model), days, byDay);
    }
}
