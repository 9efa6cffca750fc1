using PatternAnalysis.Danger;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Mining;

/// <summary>A run over events that stay in their store.</summary>
internal sealed class CountedRun(CountedCorpus corpus, MiningOptions options, IReadOnlyList<PatternPlace> found) : MiningRun(options, found)
{
    public CountedCorpus Counts { get; } = corpus;

    public override EventReading Reading => Counts.Events.Reading;

    public override SequenceOrigin? Origin => Counts.Origin;

    public override int SessionCount => Counts.Events.SessionCount;

    public override DangerRuleSet Rules => Counts.Rules;

    public override (long From, long To) ObservedTicks => (Counts.Events.ObservedFrom, Counts.Events.ObservedTo);

    /// <summary>
    /// How many steps patterns cover when each takes its occurrences, from left to right, from what those before it left over.
    /// </summary>
    public long CountCoveredSteps(IEnumerable<PatternPlace> inOrder, CancellationToken cancellationToken) =>
        Counts.Counter.CountCoveredSteps([.. inOrder.Cast<CountedPattern>().Select(pattern => pattern.Sequence)], cancellationToken);

    public override void Prepare(IReadOnlyCollection<RepeatedPattern> patterns, CancellationToken cancellationToken) =>
        Counts.LoadSightings([.. patterns.Select(pattern => ((CountedPattern)pattern.Place).Sequence)], cancellationToken);
}
