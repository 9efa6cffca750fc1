using PatternAnalysis.Danger;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Mining;

/// <summary>A run over events that stay in their store.</summary>
internal sealed class CountedRun(CountedCorpus corpus, MiningOptions options, IReadOnlyList<PatternPlace> found) : MiningRun(options, found)
{
    public CountedCorpus Corpus { get; } = corpus;

    public override EventReading Reading => Corpus.Events.Reading;

    public override SequenceOrigin? Origin => Corpus.Origin;

    public override int SessionCount => Corpus.Events.SessionCount;

    public override DangerRuleSet Rules => Corpus.Rules;

    public override (long From, long To) ObservedTicks => (Corpus.Events.ObservedFrom, Corpus.Events.ObservedTo);

    /// <summary>
    /// How many steps patterns cover when each takes its occurrences, from left to right, from what those before it left over.
    /// </summary>
    public long CountCoveredSteps(IEnumerable<PatternPlace> inOrder, CancellationToken cancellationToken) =>
        Corpus.Counter.CountCoveredSteps([.. inOrder.Cast<CountedPattern>().Select(pattern => pattern.Sequence)], cancellationToken);

    public override void Prepare(IReadOnlyCollection<RepeatedPattern> patterns, CancellationToken cancellationToken) =>
        Corpus.LoadSightings([.. patterns.Select(pattern => ((CountedPattern)pattern.Place).Sequence)], cancellationToken);
}
