using System.Globalization;

namespace PatternAnalysis.Metrics;

/// <summary>What a hook costs: it runs at every occasion, also at those at which nobody ran the routine.</summary>
/// <param name="Count">How many occasions without it the sessions that hold it had.</param>
/// <param name="ToolTime">How long its tools would have run there, by the mean of its runs; 0 where their ends are not known.</param>
public sealed record NeedlessRuns(int Count, TimeSpan ToolTime)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count} runs, {ToolTime}");
}
