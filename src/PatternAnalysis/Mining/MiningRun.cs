using PatternAnalysis.Sequences;

namespace PatternAnalysis.Mining;

/// <summary>One run of the miner: what it was asked for, and all that it found. Statistics need the whole family of a pattern, not just the pattern.</summary>
internal sealed class MiningRun
{
    public MiningRun(SequenceCorpus corpus, MiningOptions options, IReadOnlyList<IndexedPattern> found)
    {
        Corpus = corpus;
        Options = options;
        Patterns = [.. found.Select((place, number) => new RepeatedPattern(this, place, number))];
    }

    public SequenceCorpus Corpus { get; }

    public MiningOptions Options { get; }

    /// <summary>The patterns; each one's number in the family is its place here.</summary>
    public IReadOnlyList<RepeatedPattern> Patterns { get; }
}
