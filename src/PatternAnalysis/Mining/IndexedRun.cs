using PatternAnalysis.Danger;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Mining;

/// <summary>A run over a corpus in memory.</summary>
internal sealed class IndexedRun(SequenceCorpus corpus, MiningOptions options, IReadOnlyList<PatternPlace> found) : MiningRun(options, found)
{
    private (long From, long To)? _observedTicks;

    public SequenceCorpus Corpus { get; } = corpus;

    public override EventReading Reading => Corpus.Reading;

    public override int SessionCount => Corpus.Count;

    public override DangerRuleSet Rules => Corpus.Rules;

    public override (long From, long To) ObservedTicks => _observedTicks ??= Observe();

    /// <remarks>O(sum over patterns of the steps of their sessions).</remarks>
    public override long CountCoveredSteps(IEnumerable<PatternPlace> inOrder, CancellationToken cancellationToken)
    {
        var taken = new bool[Corpus.StepCount];
        long steps = 0;
        foreach (var place in inOrder.Cast<IndexedPattern>())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var wanted = place.Index.Steps(place.Node);
            foreach (var sighting in place.Sightings)
                steps += Take(Corpus.Steps(sighting.Session), taken.AsSpan(Corpus.Starts[sighting.Session], Corpus.Length(sighting.Session)), wanted);
        }

        return steps;
    }

    private static int Take(ReadOnlySpan<int> steps, Span<bool> taken, ReadOnlySpan<int> wanted)
    {
        var count = 0;
        for (var at = 0; steps[at..].IndexOf(wanted) is >= 0 and var found;)
        {
            var place = taken.Slice(at + found, wanted.Length);
            if (place.Contains(true))
            {
                at += found + 1;
                continue;
            }

            place.Fill(true);
            count += wanted.Length;
            at += found + wanted.Length;
        }

        return count;
    }

    private (long From, long To) Observe()
    {
        var (from, to) = (long.MaxValue, 0L);
        for (var session = 0; session < Corpus.Count; session++)
        {
            from = Math.Min(from, Corpus.UtcTicks(session, 0));
            to = Math.Max(to, Corpus.UtcTicks(session, Corpus.Length(session) - 1));
        }

        return (from == long.MaxValue ? 0 : from, to);
    }
}
