using PatternAnalysis.Danger;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Mining;

/// <summary>A run over a corpus in memory.</summary>
internal sealed class IndexedRun(SequenceCorpus corpus, MiningOptions options, IReadOnlyList<PatternPlace> found, MiningRun? main = null)
    : MiningRun(options, found, main)
{
    private (long From, long To)? _observedTicks;

    public override SequenceCorpus Corpus { get; } = corpus;

    public override EventReading Reading => Corpus.Reading;

    public override SequenceOrigin? Origin => Corpus.Origin;

    public override int SessionCount => Corpus.Count;

    public override DangerRuleSet Rules => Corpus.Rules;

    public override (long From, long To) ObservedTicks => _observedTicks ??= Observe();

    public override (int Sessions, long Steps)? CountIn(TimeWindow window)
    {
        var (sessions, steps) = (0, 0L);
        for (var session = 0; session < Corpus.Count; session++)
        {
            var inside = 0;
            for (var step = 0; step < Corpus.Length(session); step++)
                inside += window.Contains(Corpus.UtcTicks(session, step)) ? 1 : 0;
            sessions += inside > 0 ? 1 : 0;
            steps += inside;
        }

        return (sessions, steps);
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
