using PatternAnalysis.Activities;
using PatternAnalysis.Metrics;

namespace PatternAnalysis.Worth;

/// <summary>Finds loops: check, edit, check, with at most two other steps before and after the edits. Linear in the steps.</summary>
internal static class LoopFinder
{
    private const int MaximumGap = 2;

    /// <summary>The loops of a corpus by check, the dearest first.</summary>
    public static IReadOnlyList<GuidanceLoop> Find(StepValues values)
    {
        var tallies = new Dictionary<int, Tally>();
        for (var session = 0; session < values.Corpus.Count; session++)
            Find(values, session, tallies);
        return
        [
            .. tallies
                .Select(entry => entry.Value.ToLoop(values.Corpus.Activity(entry.Key)))
                .OrderByDescending(loop => loop.CostUsd)
                .ThenBy(loop => loop.Activity, StringComparer.Ordinal),
        ];
    }

    private static void Find(StepValues values, int session, Dictionary<int, Tally> tallies)
    {
        var (start, end) = (values.Corpus.Starts[session], values.Corpus.Starts[session + 1]);
        for (var position = start; position < end; position++)
        {
            if (!IsCheck(values, position) || values.Outcome(session, position) is CallOutcome.Ok)
                continue;
            if (NextCheck(values, position, end) is not { } next)
                continue;
            if (!tallies.TryGetValue(values.Corpus.AllSteps[position], out var tally))
                tallies.Add(values.Corpus.AllSteps[position], tally = new Tally());
            tally.Add(values, session, position, next);
        }
    }

    private static bool IsCheck(StepValues values, int position) =>
        values.ClassOf(position) is StepClass.Constant or StepClass.Bound or StepClass.Parameter
        && values.Facts(position).Hint == StepHint.Command;

    private static int? NextCheck(StepValues values, int position, int end)
    {
        var (gap, hasEdit) = (0, false);
        for (var next = position + 1; next < end; next++)
        {
            if (hasEdit && values.Corpus.AllSteps[next] == values.Corpus.AllSteps[position])
                return next;
            if (values.Facts(next).Hint == StepHint.Edit)
                (gap, hasEdit) = (0, true);
            else if (++gap > MaximumGap)
                return null;
        }

        return null;
    }

    private sealed class Tally
    {
        private readonly HashSet<int> _sessions = [];
        private int _count;
        private int _passed;
        private int _known;
        private double _turns;
        private double _tokens;
        private double _cost;
        private double _seconds;

        public void Add(StepValues values, int session, int check, int next)
        {
            _count++;
            _sessions.Add(session);
            var outcome = values.Outcome(session, next);
            _known += outcome is CallOutcome.Ok or CallOutcome.Failed ? 1 : 0;
            _passed += outcome is CallOutcome.Ok ? 1 : 0;
            for (var position = check + 1; position <= next; position++)
            {
                _turns += values.ShareOfTurn(position);
                _tokens += values.Tokens(position);
                _cost += values.Cost(session, position);
                _seconds += values.SinceStepBefore(session, position);
            }
        }

        public GuidanceLoop ToLoop(string activity) =>
            new(
                activity,
                _count,
                _sessions.Count,
                _turns,
                _tokens,
                _cost,
                TimeSpan.FromSeconds(_seconds),
                _known == 0 ? null : (double)_passed / _known
            );
    }
}
