using PatternAnalysis.Danger;
using PatternAnalysis.Events;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Mining;

/// <summary>A run over events that stay in their store.</summary>
internal sealed class CountedRun(CountedCorpus corpus, MiningOptions options, IReadOnlyList<CountedPattern> found)
    : MiningRun(options, found)
{
    public CountedCorpus Counts { get; } = corpus;

    /// <summary>The places of the patterns, by their numbers.</summary>
    public IReadOnlyList<CountedPattern> Places { get; } = found;

    public override TResult Accept<TResult>(IMiningRunVisitor<TResult> visitor) => visitor.Visit(this);

    public override EventReading Reading => Counts.Events.Reading;

    public override SequenceOrigin? Origin => Counts.Origin;

    public override int SessionCount => Counts.Events.SessionCount;

    public override DangerRuleSet Rules => Counts.Rules;

    public override (long From, long To) ObservedTicks => (Counts.Events.ObservedFrom, Counts.Events.ObservedTo);

    public override long? CountCoveredSteps(IEnumerable<PatternPlace> inOrder, CancellationToken cancellationToken) =>
        Counts.Counter.CountCoveredSteps([.. inOrder.Select(pattern => pattern.Node)], cancellationToken);

    public override void Prepare(IReadOnlyCollection<RepeatedPattern> patterns, CancellationToken cancellationToken) =>
        Counts.LoadSightings([.. patterns.Select(pattern => pattern.Place.Node)], cancellationToken);

    public override IEnumerable<(int[] Steps, long Sessions)> ShortSequences(int longest, CancellationToken cancellationToken) =>
        Counts
            .Counter.CountShortSessions(longest, cancellationToken)
            .Select(text => (Array.ConvertAll(text.Steps.ToCharArray(), step => (int)step), text.Sessions));

    public override SampledSteps Sample(int every, CancellationToken cancellationToken)
    {
        var cases = Counts.Counter.ReadCases(every, cancellationToken);
        var starts = new List<int> { 0 };
        foreach (var steps in cases)
            starts.Add(starts[^1] + steps.Length);
        return new SampledSteps(
            [.. cases.SelectMany(steps => steps.Select(step => (int)step))],
            [.. starts],
            IPatternCounter.FirstCharacter + Counts.Events.Activities.Count
        );
    }

    public override (int Sessions, long Steps)? CountIn(TimeWindow window) => Counts.Counter.CountIn(window);

    public override long StepCount => Reading.EventCount - Reading.Excluded.Values.Sum();
}
