using PatternAnalysis.Sequences;

namespace PatternAnalysis.Mining;

/// <summary>The steps of some sessions of a run, session after session.</summary>
/// <param name="Steps">The numbers of their activities.</param>
/// <param name="Starts">Where each session starts, and after the last one where it ends.</param>
/// <param name="ActivityCount">More than every number.</param>
internal sealed record SampledSteps(int[] Steps, int[] Starts, int ActivityCount)
{
    /// <summary>Every so many-th session, from the first on.</summary>
    public static SampledSteps Of(SequenceCorpus corpus, int every)
    {
        var starts = new List<int> { 0 };
        var steps = new List<int>(corpus.StepCount / every);
        for (var session = 0; session < corpus.Count; session += every)
        {
            steps.AddRange(corpus.Steps(session));
            starts.Add(steps.Count);
        }

        return new SampledSteps([.. steps], [.. starts], corpus.ActivityCount);
    }
}
