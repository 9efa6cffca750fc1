namespace PatternAnalysis.Worth;

/// <summary>Finds where a run's time goes without progress.</summary>
internal static class GuidanceFinder
{
    /// <summary>The guidance of the steps of a run.</summary>
    public static RunGuidance Find(StepValues values)
    {
        var loops = LoopFinder.Find(values, out var isLost);
        var steps = FailingStepFinder.Find(values, isLost);
        var all = new LostTime(values);
        for (var session = 0; session < values.Corpus.Count; session++)
        {
            for (var position = values.Corpus.Starts[session]; position < values.Corpus.Starts[session + 1]; position++)
            {
                if (isLost[position])
                    all.AddStep(session, position, values.SinceStepBefore(session, position));
            }
        }

        return new RunGuidance(loops, steps, all.Turns, all.Tokens, all.Duration);
    }
}
