namespace PatternAnalysis.Worth;

/// <summary>Finds steps that nearly always fail, in several sessions. Linear in the steps.</summary>
internal static class FailingStepFinder
{
    /// <summary>What fails in this share of its calls is no routine, and nothing to automate.</summary>
    public const double NearlyAlways = 0.8;

    /// <summary>The steps of a corpus that do, those that took the longest first; marks their failed calls.</summary>
    /// <param name="values">What the steps are and cost.</param>
    /// <param name="isLost">Where the failed calls are marked, by their place in the corpus.</param>
    public static FailingStep[] Find(StepValues values, bool[] isLost)
    {
        var corpus = values.Corpus;
        var (known, failed) = (new int[corpus.ActivityCount], new int[corpus.ActivityCount]);
        for (var session = 0; session < corpus.Count; session++)
        {
            for (var position = corpus.Starts[session]; position < corpus.Starts[session + 1]; position++)
            {
                var outcome = values.Outcome(session, position);
                known[corpus.AllSteps[position]] += outcome is CallOutcome.Ok or CallOutcome.Failed ? 1 : 0;
                failed[corpus.AllSteps[position]] += outcome is CallOutcome.Failed ? 1 : 0;
            }
        }

        var tallies = new Dictionary<int, LostTime>();
        foreach (var activity in Enumerable.Range(0, known.Length))
        {
            if (failed[activity] > 0 && failed[activity] >= NearlyAlways * known[activity])
                tallies.Add(activity, new LostTime(values));
        }

        var ofStep = AddFailures(values, tallies);
        foreach (var (position, activity) in ofStep)
            isLost[position] |= tallies[activity].SessionCount >= values.MinimumSessions;
        return
        [
            .. tallies
                .Where(tally => tally.Value.SessionCount >= values.MinimumSessions)
                .Select(tally => ToStep(corpus.Activity(tally.Key), known[tally.Key], tally.Value))
                .OrderByDescending(step => step.Duration)
                .ThenByDescending(step => step.Tokens)
                .ThenByDescending(step => step.FailedCount)
                .ThenBy(step => step.Activity, StringComparer.Ordinal),
        ];
    }

    private static List<(int Position, int Activity)> AddFailures(StepValues values, Dictionary<int, LostTime> tallies)
    {
        var found = new List<(int, int)>();
        for (var session = 0; session < values.Corpus.Count; session++)
        {
            for (var position = values.Corpus.Starts[session]; position < values.Corpus.Starts[session + 1]; position++)
            {
                var activity = values.Corpus.AllSteps[position];
                if (values.Outcome(session, position) != CallOutcome.Failed || !tallies.TryGetValue(activity, out var tally))
                    continue;
                tally.AddFailure(session, position);
                tally.AddStep(session, position, values.Wait(session, position) + values.Seconds(session, position));
                found.Add((position, activity));
            }
        }

        return found;
    }

    private static FailingStep ToStep(string activity, int calls, LostTime lost) =>
        new(activity, calls, lost.Count, lost.SessionCount, lost.Turns, lost.Tokens, lost.Cost, lost.Duration, lost.Errors);
}
