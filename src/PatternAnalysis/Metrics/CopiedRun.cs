using PatternAnalysis.Danger;
using PatternAnalysis.Mining;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Metrics;

/// <summary>
/// A run whose patterns came back as copies: from a file, from another process. Its sequences did not come along, only what its patterns
/// carry.
/// </summary>
internal sealed class CopiedRun(
    MiningOptions options,
    EventReading reading,
    SequenceOrigin? origin,
    int sessionCount,
    (long From, long To) observedTicks
) : MiningRun(options, [])
{
    public override EventReading Reading { get; } = reading;

    public override SequenceOrigin? Origin { get; } = origin;

    public override int SessionCount { get; } = sessionCount;

    public override DangerRuleSet Rules => DangerRuleSet.BuiltIn;

    public override (long From, long To) ObservedTicks { get; } = observedTicks;

    /// <summary>How many patterns of the run were not shown, by reason.</summary>
    public IReadOnlyDictionary<string, int> LeftOut { get; init; } = new Dictionary<string, int>();

    /// <exception cref="NotSupportedException">Always: what was measured came along.</exception>
    public override TResult Accept<TResult>(IMiningRunVisitor<TResult> visitor) =>
        throw new NotSupportedException("The sequences of a copy did not come along, so nothing can be tested again.");

    // Which rules judged the steps did not come along: what a store holds against a pattern stays.
    public override bool IsInForce(DangerVerdict verdict) => true;
}
