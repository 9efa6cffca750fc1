using PatternAnalysis.Sequences;

namespace PatternAnalysis.Metrics;

/// <summary>How long the steps of a corpus took: each until the next one started, where that was within the idle limit.</summary>
internal sealed class StepTimes
{
    // The milliseconds of all steps before each step.
    private readonly long[] _before;

    public StepTimes(SequenceCorpus corpus, double idleSeconds)
    {
        _before = new long[corpus.StepCount + 1];
        for (var session = 0; session < corpus.Count; session++)
        {
            var start = corpus.Starts[session];
            for (var step = 0; step < corpus.Length(session); step++)
                _before[start + step + 1] = _before[start + step] + Milliseconds(corpus, session, step, idleSeconds);
        }
    }

    /// <summary>The seconds of all steps.</summary>
    public double Total => _before[^1] / 1000.0;

    /// <summary>The milliseconds of some steps, by the place of the first in the corpus.</summary>
    public long Milliseconds(int position, int length) => _before[position + length] - _before[position];

    private static long Milliseconds(SequenceCorpus corpus, int session, int step, double idleSeconds)
    {
        if (step + 1 == corpus.Length(session))
            return 0;

        var gap = (corpus.UtcTicks(session, step + 1) - corpus.UtcTicks(session, step)) / TimeSpan.TicksPerMillisecond;
        return gap < 0 || gap > idleSeconds * 1000 ? 0 : gap;
    }
}
