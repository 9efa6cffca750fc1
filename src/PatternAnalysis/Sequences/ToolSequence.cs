using PatternAnalysis.Sequences;

namespace PatternAnalysis;

/// <summary>One case: the tools that a session used, in order.</summary>
public sealed class ToolSequence
{
    private readonly SequenceCorpus? _corpus;
    private readonly int _index;
    private readonly string[]? _rawSteps;
    private string[]? _steps;
    private string? _text;

    /// <summary>Makes a sequence that comes from no event store.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="steps">Its activities in order; at least one.</param>
    /// <param name="firstSeen">When the first step happened, if known.</param>
    /// <param name="lastSeen">When the last step happened, if known.</param>
    /// <exception cref="ArgumentException">The session or a step is empty, or there is no step.</exception>
    public ToolSequence(string sessionId, IReadOnlyList<string> steps, DateTimeOffset? firstSeen = null, DateTimeOffset? lastSeen = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(sessionId);
        ArgumentNullException.ThrowIfNull(steps);
        if (steps.Count == 0 || steps.Any(string.IsNullOrEmpty))
            throw new ArgumentException(
                $"The sequence of session '{sessionId}' needs at least one step, and no step may be empty.",
                nameof(steps)
            );

        SessionId = sessionId;
        _rawSteps = [.. steps];
        EventCount = steps.Count;
        FirstSeen = firstSeen;
        LastSeen = lastSeen ?? firstSeen;
    }

    internal ToolSequence(SequenceCorpus corpus, int index)
    {
        _corpus = corpus;
        _index = index;
        SessionId = corpus.SessionId(index);
        EventCount = corpus.EventCount(index);
        FirstSeen = corpus.FirstSeen(index);
        LastSeen = corpus.LastSeen(index);
    }

    /// <summary>The session that the steps belong to.</summary>
    public string SessionId { get; }

    /// <summary>The activities, in the order in which they happened.</summary>
    public string[] Steps => _steps ??= [.. RawSteps.Select(step => InvisibleText.Escape(step))];

    /// <summary>The activities as they are named, with what nobody sees.</summary>
    internal string[] RawSteps => _rawSteps ?? ReadSteps();

    /// <summary>The steps as calls: when each started, what became of it, how long it took.</summary>
    public ToolCall[] Calls => [.. Enumerable.Range(0, Steps.Length).Select(CallAt)];

    /// <summary>The steps joined by <c>→</c>.</summary>
    public string Text => _text ??= StepText.Join(RawSteps);

    /// <summary>
    /// How many events the steps were made of: a call that was seen at its start and at its end is one step of two events.
    /// </summary>
    public int EventCount { get; }

    /// <summary>When the first step happened, in UTC, if known.</summary>
    public DateTimeOffset? FirstSeen { get; }

    /// <summary>When the last step happened, in UTC, if known.</summary>
    public DateTimeOffset? LastSeen { get; }

    /// <summary>Whether it is a copy that lost what later stages judge danger by.</summary>
    internal bool IsIncomplete { get; init; }

    /// <summary>Whether it is a copy of one that told what each step was given, and what its turn cost.</summary>
    internal bool HasLostRecords { get; init; }

    /// <summary>The corpus that this sequence is a view on, and its number there.</summary>
    internal (SequenceCorpus Corpus, int Index)? Source => _corpus is null ? null : (_corpus, _index);

    /// <inheritdoc/>
    public override string ToString() => Text;

    private ToolCall CallAt(int step)
    {
        if (_corpus is null)
            return new ToolCall(Steps[step], null, CallOutcome.Unknown, null);

        var (ticks, end) = (_corpus.UtcTicks(_index, step), _corpus.End(_index, step));
        return new ToolCall(
            Steps[step],
            ticks == 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero),
            end.Outcome,
            end.Milliseconds < 0 ? null : TimeSpan.FromMilliseconds(end.Milliseconds)
        )
        {
            Danger = _corpus.Verdict(_index, step),
        };
    }

    private string[] ReadSteps()
    {
        var numbers = _corpus!.Steps(_index);
        var steps = new string[numbers.Length];
        for (var i = 0; i < steps.Length; i++)
            steps[i] = _corpus.Activity(numbers[i]);
        return steps;
    }
}
