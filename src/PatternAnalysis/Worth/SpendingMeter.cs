using PatternAnalysis.Events;
using PatternAnalysis.Mining;

namespace PatternAnalysis.Worth;

/// <summary>Adds up what the sessions of a run spent.</summary>
internal static class SpendingMeter
{
    /// <summary>Measures a run; null when the store knows of no message.</summary>
    public static RunSpending? Measure(
        IUsageReader usage,
        TimeWindow window,
        MiningRun run,
        WorthOptions options,
        CancellationToken cancellationToken
    )
    {
        var (turns, tokens, usd, unpriced) = (0L, 0L, 0m, 0L);
        foreach (var message in usage.ReadMessages(window, cancellationToken))
        {
            var price = options.Prices.Find(message.Model);
            turns++;
            tokens += message.InputTokens + message.OutputTokens + message.CacheReadTokens + message.CacheWriteTokens;
            usd += price?.Cost(message.InputTokens, message.OutputTokens, message.CacheReadTokens, message.CacheWriteTokens) ?? 0;
            unpriced += price is null ? 1 : 0;
        }

        if (turns == 0)
            return null;
        var (tool, model) = (TimeSpan.Zero, TimeSpan.Zero);
        if (run is IndexedRun { Corpus: { Records: { } records } corpus })
            (tool, model) = new StepValues(corpus, records, options).Times();
        return new RunSpending(turns, tokens, usd, unpriced, tool, model);
    }
}
