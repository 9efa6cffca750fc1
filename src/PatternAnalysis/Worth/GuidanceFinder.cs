namespace PatternAnalysis.Worth;

/// <summary>Finds where a run's time goes without progress.</summary>
internal static class GuidanceFinder
{
    /// <summary>The guidance of the steps of a run.</summary>
    public static RunGuidance Find(StepValues values)
    {
        var loops = LoopFinder.Find(values, out var isLost);
        var inLoop = (bool[])isLost.Clone();
        var steps = FailingStepFinder.Find(values, isLost);
        var all = new LostTime(values);
        for (var session = 0; session < values.Corpus.Count; session++)
        {
            for (var position = values.Corpus.Starts[session]; position < values.Corpus.Starts[session + 1]; position++)
            {
                if (isLost[position])
                    all.AddStep(session, position, Seconds(session, position));
            }
        }

        return new RunGuidance(loops, steps, all.Turns, all.Tokens, all.Duration);

        // A step of a loop lasts from the end of the step before; what fails on its own also runs itself, where no loop counts that.
        double Seconds(int session, int position)
        {
            if (inLoop[position])
                return values.SinceStepBefore(session, position);
            var isCounted = position + 1 < values.Corpus.Starts[session + 1] && inLoop[position + 1];
            return values.Wait(session, position) + (isCounted ? 0 : values.Seconds(session, position));
        }
    }
}
