using PatternAnalysis.Metrics;

namespace PatternAnalysis.Worth;

/// <summary>The activities all steps of which were given the same and are of one class.</summary>
internal sealed class AlikeSteps
{
    private readonly (int Facts, StepClass Class)?[] _ofAll;

    public AlikeSteps(StepValues values)
    {
        _ofAll = new (int Facts, StepClass Class)?[values.Corpus.ActivityCount];
        var isMixed = new bool[_ofAll.Length];
        for (var position = 0; position < values.Corpus.StepCount; position++)
        {
            var activity = values.Corpus.AllSteps[position];
            var given = (values.FactsOf(position), values.ClassOf(position));
            isMixed[activity] |= _ofAll[activity] is { } known && known != given;
            _ofAll[activity] = isMixed[activity] ? null : given;
        }
    }

    /// <summary>The facts and the class of all steps of an activity; null where they differ.</summary>
    /// <param name="activity">The activity; one that only a variant of a pattern has is of none.</param>
    public (int Facts, StepClass Class)? Of(int activity) => activity < _ofAll.Length ? _ofAll[activity] : null;
}
