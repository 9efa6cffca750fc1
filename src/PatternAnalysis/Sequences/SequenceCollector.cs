using PatternAnalysis.Activities;
using PatternAnalysis.Danger;
using PatternAnalysis.Masking;

namespace PatternAnalysis.Sequences;

/// <summary>Makes one corpus of the sequences that come down a pipeline, whether they are views on a corpus or were made by hand.</summary>
public sealed class SequenceCollector
{
    private readonly Utf8Interner _activities = new();
    private readonly VerdictTable _verdicts = new();
    private readonly DangerAssessor _assessor = new(DangerRuleSet.BuiltIn);
    private readonly CorpusBuilder _builder;
    private SequenceCorpus? _source;
    private readonly Dictionary<string, (int Activity, int Verdict)> _stepsByName = [];
    private int[] _activityOfSource = [];
    private EventReading? _reading;
    private StepRecords? _records;
    private bool _hasOneSource = true;

    /// <summary>Makes an empty collector.</summary>
    public SequenceCollector() => _builder = new CorpusBuilder(_activities, _verdicts);

    /// <summary>How many sequences were added.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a sequence.</summary>
    public void Add(ToolSequence sequence)
    {
        ArgumentNullException.ThrowIfNull(sequence);
        Count++;
        if (sequence.Source is { } source)
            Add(source.Corpus, source.Index);
        else
            AddByName(sequence);
    }

    /// <summary>The corpus of all sequences added. It keeps the reading that they come from, when they come from one.</summary>
    public SequenceCorpus Build() =>
        _hasOneSource
            ? _builder.Build(_reading ?? EventReading.None, _source?.Origin, _records?.Catalog, _records?.Turns, _records?.Errors)
            : _builder.Build(_reading ?? EventReading.None);

    private void Add(SequenceCorpus corpus, int index)
    {
        if (!ReferenceEquals(corpus, _source))
        {
            // Records of several readings have numbers of their own each; copies have none, and share what they come from.
            _hasOneSource &=
                _source is null || (_source.Records is null && corpus.Records is null && ReferenceEquals(_source.Origin, corpus.Origin));
            _records = corpus.Records;
            _source = corpus;
            _verdicts.Rules = corpus.Rules;
            _activityOfSource = new int[corpus.ActivityCount];
            Array.Fill(_activityOfSource, -1);
            _reading = _reading is null || ReferenceEquals(_reading, corpus.Reading) ? corpus.Reading : EventReading.None;
        }

        _builder.StartSequence(corpus.SessionId(index), corpus.FirstSeen(index)?.UtcTicks ?? 0, corpus.EventCount(index));
        var steps = corpus.Steps(index);
        for (var i = 0; i < steps.Length; i++)
        {
            ref var activity = ref _activityOfSource[steps[i]];
            if (activity < 0)
                activity = _activities.Add(corpus.Activity(steps[i]));
            var last = i == steps.Length - 1;
            _builder.AddStep(
                activity,
                last ? corpus.LastSeen(index)?.UtcTicks ?? 0 : corpus.UtcTicks(index, i),
                _verdicts.Add(corpus.Judged(index, i)),
                corpus.End(index, i)
            );
            if (_records is not null && _hasOneSource)
                _builder.AddRecord(_records[corpus.Starts[index] + i]);
        }
    }

    private void AddByName(ToolSequence sequence)
    {
        _reading = EventReading.None;
        _hasOneSource = false;
        var first = sequence.FirstSeen?.UtcTicks ?? 0;
        var steps = sequence.RawSteps;
        _builder.StartSequence(sequence.SessionId, first, sequence.EventCount);
        for (var i = 0; i < steps.Length; i++)
        {
            // Only the ends are known; what lies between is taken to be at the start.
            var ticks = i == steps.Length - 1 ? sequence.LastSeen?.UtcTicks ?? 0 : first;
            var (activity, verdict) = Describe(steps[i]);
            _builder.AddStep(activity, ticks, verdict);
        }
    }

    private (int Activity, int Verdict) Describe(string step)
    {
        if (!_stepsByName.TryGetValue(step, out var known))
        {
            known = (_activities.Add(SecretMasker.Mask(step)), _verdicts.Add(new JudgedStep(ActivityVerdict.Of(step, _assessor))));
            _stepsByName.Add(step, known);
        }

        return known;
    }
}
