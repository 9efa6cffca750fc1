using PatternAnalysis.Metrics;

namespace PatternAnalysis.Worth;

/// <summary>
/// Tests for single steps whether they stand after edits, at the start of sessions or before commits more often than chance puts them
/// there. Those that run as they stand are one family of tests, for a hook can run only those.
/// </summary>
/// <remarks>
/// The test of <see cref="SelfSufficiency"/> for the pair of an edit, of whatever file and tool, and the step. A call that is put into a
/// run of edits at random cuts it in two and so follows one; every edit is a place for it, though a run is one occasion only. So is every
/// command behind an edit that a hook would run before it, as long as the step itself is not among them.
/// </remarks>
internal sealed class HookConditions(StepValues values, int minimumSessions)
{
    private static readonly HookCondition[] s_all = [HookCondition.AfterEdit, HookCondition.AtStart, HookCondition.BeforeCommit];

    /// <summary>What shows of each pattern of one step; q-values are of all that a hook could run together, and of all others.</summary>
    public Dictionary<RepeatedPattern, ConditionCount[]> Test(IEnumerable<RepeatedPattern> patterns) =>
        patterns
            .Where(pattern => pattern.Length == 1)
            .GroupBy(IsForHook)
            .SelectMany(TestFamily)
            .GroupBy(entry => entry.Pattern, entry => entry.Count)
            .ToDictionary(group => group.Key, group => (ConditionCount[])[.. group.Where(count => count.Count > 0)]);

    private IEnumerable<(RepeatedPattern Pattern, ConditionCount Count)> TestFamily(IEnumerable<RepeatedPattern> patterns)
    {
        var counts = patterns
            .SelectMany(pattern => ConditionsOf(pattern).Select(condition => (Pattern: pattern, Count: Test(pattern, condition))))
            .ToArray();
        var qValues = BenjaminiHochberg.QValues(Array.ConvertAll(counts, entry => entry.Count.PValue));
        return counts.Select((entry, place) => entry with { Count = entry.Count with { QValue = qValues[place] } });
    }

    // What only shows something helps at the start alone; of edited files only a hook after edits is told.
    private HookCondition[] ConditionsOf(RepeatedPattern pattern) =>
        values.Facts(pattern.Place.FirstPosition).OnlyShows ? [HookCondition.AtStart]
        : values.TakesEdits(pattern.Place.StepNumbers[0]) ? [HookCondition.AfterEdit]
        : s_all;

    private bool IsForHook(RepeatedPattern pattern) =>
        values.ClassOf(pattern.Place.FirstPosition) == StepClass.Constant || values.TakesEdits(pattern.Place.StepNumbers[0]);

    private ConditionCount Test(RepeatedPattern pattern, HookCondition condition)
    {
        var (step, steps) = (pattern.Place.StepNumbers[0], pattern.Run.Corpus!.AllSteps);
        var (strata, occurrences, occasions) = (new List<(int Count, double Mean)>(), 0, 0);
        double expected = 0,
            variance = 0;
        for (var sighting = pattern.Place.Read(); sighting.MoveNext(); )
        {
            var (calls, count) = (0, 0);
            for (var position = values.Corpus.Starts[sighting.Session]; position < values.Corpus.Starts[sighting.Session + 1]; position++)
            {
                if (steps[position] != step)
                    continue;
                calls++;
                count += values.Meets(position, condition) ? 1 : 0;
            }

            var places = values.Places(sighting.Session, condition, step);
            var length = values.Corpus.Length(sighting.Session);
            var mean = Math.Min((double)calls * places / length, calls);
            var both = length > 1 ? (double)calls * (calls - 1) * places * (places - 1) / ((double)length * (length - 1)) : 0;
            variance += Math.Clamp(mean - mean * mean + both, 0, mean);
            expected += mean;
            occurrences += count;
            occasions += values.Occasions(sighting.Session, condition);
            strata.Add((count, mean));
        }

        if (occurrences == 0 || expected == 0)
            return new ConditionCount(condition, occurrences, occasions, expected, 1, 1);

        double distance = strata.Sum(stratum => Math.Pow(stratum.Count - occurrences * stratum.Mean / expected, 2));
        var outcome = new SelfSufficiency(minimumSessions, 1).Judge(
            occurrences,
            occurrences,
            expected,
            () => SelfSufficiency.Dispersion([step], occurrences, expected, variance, distance)
        );
        return new ConditionCount(condition, occurrences, occasions, expected, Math.Exp(outcome.LogP), 1);
    }
}
