using PatternAnalysis.Sequences;

namespace PatternAnalysis.Mining;

/// <summary>One run of the miner: what it was asked for, and all that it found. Statistics need the whole family of a pattern, not just the pattern.</summary>
internal sealed class MiningRun
{
    private (long From, long To)? _observedTicks;

    public MiningRun(SequenceCorpus corpus, MiningOptions options, IReadOnlyList<IndexedPattern> found)
    {
        Corpus = corpus;
        Options = options;
        Patterns = [.. found.Select((place, number) => new RepeatedPattern(this, place, number))];
    }

    public SequenceCorpus Corpus { get; }

    /// <summary>The first and the last step of any session, in UTC ticks to the millisecond; 0 when steps have no times.</summary>
    public (long From, long To) ObservedTicks => _observedTicks ??= Observe();

    public MiningOptions Options { get; }

    /// <summary>The patterns; each one's number in the family is its place here.</summary>
    public IReadOnlyList<RepeatedPattern> Patterns { get; }

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
