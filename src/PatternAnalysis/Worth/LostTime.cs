namespace PatternAnalysis.Worth;

/// <summary>Adds up what steps took that came to nothing, and what their errors said.</summary>
internal sealed class LostTime(StepValues values)
{
    private const int ErrorCount = 3;

    private readonly HashSet<string> _sessions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _errors = new(StringComparer.Ordinal);
    private double _seconds;

    /// <summary>How often something failed.</summary>
    public int Count { get; private set; }

    /// <summary>In how many sessions.</summary>
    public int SessionCount => _sessions.Count;

    public double Turns { get; private set; }

    public double Tokens { get; private set; }

    public double Cost { get; private set; }

    public TimeSpan Duration => TimeSpan.FromSeconds(_seconds);

    /// <summary>The most frequent beginnings of the errors.</summary>
    public string[] Errors =>
        [
            .. _errors
                .OrderByDescending(error => error.Value)
                .ThenBy(error => error.Key, StringComparer.Ordinal)
                .Take(ErrorCount)
                .Select(error => error.Key),
        ];

    /// <summary>A call failed.</summary>
    public void AddFailure(int session, int position)
    {
        Count++;
        _sessions.Add(values.SessionOf(session));
        if (values.Error(session, position) is { } error)
            _errors[error] = _errors.GetValueOrDefault(error) + 1;
    }

    /// <summary>A step was made for it.</summary>
    public void AddStep(int session, int position, double seconds)
    {
        Turns += values.ShareOfTurn(position);
        Tokens += values.Tokens(position);
        Cost += values.Cost(session, position);
        _seconds += seconds;
    }
}
