using PatternAnalysis.Activities;
using PatternAnalysis.Metrics;

namespace PatternAnalysis.Worth;

/// <summary>
/// Finds where work goes round: a call fails, and with at most two other steps before and after the edits between it is tried again.
/// Calls that were refused or given up are no steps, so none of them counts as a failure. Linear in the steps.
/// </summary>
internal sealed class LoopFinder
{
    private const int MaximumGap = 2;

    private readonly StepValues _values;
    private readonly Dictionary<(LoopKind Kind, int Activity), Tally> _tallies = [];
    private readonly bool[] _isLost;

    private LoopFinder(StepValues values)
    {
        _values = values;
        _isLost = new bool[values.Corpus.StepCount];
    }

    /// <summary>The loops of a corpus, those that took the longest first, and marks the steps that they took.</summary>
    /// <param name="values">What the steps are and cost.</param>
    /// <param name="isLost">Which steps came to nothing, by their place in the corpus.</param>
    public static GuidanceLoop[] Find(StepValues values, out bool[] isLost)
    {
        var finder = new LoopFinder(values);
        for (var session = 0; session < values.Corpus.Count; session++)
            finder.Find(session);
        isLost = finder._isLost;
        return
        [
            .. finder
                ._tallies.Select(entry => entry.Value.ToLoop(entry.Key.Kind, values.Corpus.Activity(entry.Key.Activity)))
                .OrderByDescending(loop => loop.Duration)
                .ThenByDescending(loop => loop.Tokens)
                .ThenByDescending(loop => loop.Count)
                .ThenBy(loop => loop.Activity, StringComparer.Ordinal)
                .ThenBy(loop => loop.Kind),
        ];
    }

    private void Find(int session)
    {
        var (start, end) = (_values.Corpus.Starts[session], _values.Corpus.Starts[session + 1]);
        for (var position = start; position < end; position++)
        {
            if (!MayHaveFailed(session, position))
                continue;
            if (_values.Facts(position).Hint == StepHint.Edit)
                Add(LoopKind.FailedEdit, session, position, position, NextEdit(position, end));
            else if (NextTry(session, position, end) is var (kind, next))
                Add(kind, session, position, position + 1, next);
        }
    }

    // Where nothing tells how any call ended, a check that runs again after an edit may be such a loop.
    private bool MayHaveFailed(int session, int position) =>
        _values.Outcome(session, position) == CallOutcome.Failed || (!_values.KnowsOutcomes && IsCheck(position));

    private bool IsCheck(int position) =>
        _values.ClassOf(position) is StepClass.Constant or StepClass.Bound or StepClass.Parameter
        && _values.Facts(position).Hint == StepHint.Command;

    private (LoopKind Kind, int Next)? NextTry(int session, int position, int end)
    {
        var isFailure = _values.Outcome(session, position) == CallOutcome.Failed;
        var (gap, hasEdit) = (0, false);
        for (var next = position + 1; next < end; next++)
        {
            if (_values.Facts(next).Hint == StepHint.Edit)
            {
                // Once something was edited, the loop goes on only with a check.
                if (!IsCheck(position))
                    return null;
                (gap, hasEdit) = (0, true);
                continue;
            }

            if (hasEdit && IsCheck(position) && IsSameActivity(position, next))
                return (isFailure ? LoopKind.RedToGreen : LoopKind.Recheck, next);
            if (!hasEdit && isFailure && KindOfRetry(position, next) is { } kind)
                return (kind, next);
            if (++gap > MaximumGap)
                return null;
        }

        return null;
    }

    private bool IsSameActivity(int position, int next) => _values.Corpus.AllSteps[next] == _values.Corpus.AllSteps[position];

    // What is only known by its tool may be anything else.
    private LoopKind? KindOfRetry(int position, int next)
    {
        var (failed, tried) = (_values.Facts(position), _values.Facts(next));
        if (!failed.IsKnown || failed.Operation != tried.Operation)
            return null;
        return !failed.Equals(tried) ? LoopKind.ChangedRetry
            : failed.Exact is not null ? LoopKind.SameRetry
            : null;
    }

    private int? NextEdit(int position, int end)
    {
        var file = _values.Facts(position).Arguments;
        for (var next = position + 1; next < Math.Min(end, position + 2 + MaximumGap); next++)
        {
            if (_values.Facts(next).Hint == StepHint.Edit && _values.Facts(next).Arguments.SequenceEqual(file))
                return next;
        }

        return null;
    }

    private void Add(LoopKind kind, int session, int failure, int first, int? next)
    {
        var key = (kind, _values.Corpus.AllSteps[failure]);
        if (!_tallies.TryGetValue(key, out var tally))
            _tallies.Add(key, tally = new Tally(_values));
        tally.Add(session, failure, first, next);
        if (kind != LoopKind.Recheck)
            Array.Fill(_isLost, true, first, (next ?? failure) - first + 1);
    }

    private sealed class Tally(StepValues values)
    {
        private readonly LostTime _lost = new(values);
        private int _passed;
        private int _known;

        public void Add(int session, int failure, int first, int? next)
        {
            _lost.AddFailure(session, failure);
            if (next is { } tried)
            {
                var outcome = values.Outcome(session, tried);
                _known += outcome is CallOutcome.Ok or CallOutcome.Failed ? 1 : 0;
                _passed += outcome is CallOutcome.Ok ? 1 : 0;
            }

            // A next try that fails as well is the start of the next loop, and counted there.
            var last = next ?? failure;
            if (first == failure && last != failure && values.Outcome(session, last) == CallOutcome.Failed)
                last--;
            for (var position = first; position <= last; position++)
                _lost.AddStep(session, position, values.SinceStepBefore(session, position));
        }

        public GuidanceLoop ToLoop(LoopKind kind, string activity) =>
            new(
                kind,
                activity,
                _lost.Count,
                _lost.SessionCount,
                _lost.Turns,
                _lost.Tokens,
                _lost.Cost,
                _lost.Duration,
                _known == 0 ? null : (double)_passed / _known,
                _lost.Errors
            );
    }
}
