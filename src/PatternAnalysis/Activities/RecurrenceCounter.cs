using System.Runtime.CompilerServices;

namespace PatternAnalysis.Activities;

/// <summary>
/// Counts in how many sessions the texts and forms of steps recur. A sub-agent's steps are its session's: it is told the same things.
/// Sessions are added one after the other; linear in the steps, and a few bytes for each distinct step of each session.
/// </summary>
internal sealed class RecurrenceCounter(FactInterner facts, int minimumSessions)
{
    /// <summary>What is read to start with is read among the first so many steps.</summary>
    public const int OpeningSteps = 10;

    private const double OpeningShare = 0.1;
    private const double SubCommandShare = 0.8;

    private readonly int[] _lastSession = new int[facts.Count];
    private readonly int[] _lastOpening = new int[facts.Count];
    private readonly int[] _calls = new int[facts.Count];
    private readonly List<int> _openings = [];
    private readonly List<int> _inSession = [];
    private readonly List<int> _starts = [];
    private readonly List<long> _days = [];
    private int[] _textSessions = [];
    private int[] _formSessions = [];
    private string?[] _forms = [];
    private HashSet<(string Program, string Lead)> _subCommands = [];

    /// <summary>In how many sessions a text or a form must occur to recur.</summary>
    public int MinimumSessions => minimumSessions;

    /// <summary>How many sessions were added.</summary>
    public int SessionCount => _starts.Count;

    /// <summary>Starts the next session.</summary>
    /// <param name="day">The day that it began on, as a number.</param>
    public void StartSession(long day)
    {
        _starts.Add(_inSession.Count);
        _days.Add(day);
    }

    /// <summary>Adds a step of the session.</summary>
    /// <param name="step">The number of its facts.</param>
    /// <param name="place">Its place among the steps of its agent, from 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(int step, int place)
    {
        _calls[step]++;
        if (_lastSession[step] != SessionCount)
        {
            _lastSession[step] = SessionCount;
            _inSession.Add(step);
        }

        if (place < OpeningSteps && _lastOpening[step] != SessionCount)
        {
            _lastOpening[step] = SessionCount;
            _openings.Add(step);
        }
    }

    /// <summary>Counts, once all sessions are added.</summary>
    public RecurrenceCounter Complete()
    {
        _textSessions = CountTexts();
        _subCommands = LearnSubCommands();
        _forms = new string?[facts.Count];
        for (var step = 0; step < _forms.Length; step++)
            _forms[step] = facts[step].Template?.Resolve((program, lead) => _subCommands.Contains((program, lead)));
        _formSessions = CountByKey(_inSession, FormOf);
        return this;
    }

    /// <summary>How often a step was added.</summary>
    public int Calls(int step) => _calls[step];

    /// <summary>Whether a step's exact text recurs: what is only looked at, among the first steps of many sessions.</summary>
    public bool TextRecurs(int step) =>
        facts[step].Exact is not null
        && _textSessions[step]
            >= (facts[step].Hint == StepHint.Look ? Math.Max(minimumSessions, OpeningShare * SessionCount) : minimumSessions);

    /// <summary>Whether a step's form recurs.</summary>
    public bool FormRecurs(int step) => _formSessions[step] >= minimumSessions;

    /// <summary>A step's form in words.</summary>
    public string? Form(int step) => _forms[step];

    /// <summary>Whether a step's form leaves open a first word that is no sub-command.</summary>
    public bool LeavesFirstWordOpen(int step) =>
        facts[step].Template?.Parts.Any(part => part.Lead is { } lead && !_subCommands.Contains((part.Program, lead))) == true;

    /// <summary>How widely texts, forms and subjects recur by coincidence only.</summary>
    public Coincidence Coincidence()
    {
        var countsDays = _days.Distinct().Count() >= Activities.Coincidence.DaysOfAWeek;
        var texts = countsDays ? CountByKey(_inSession, TextOf, _days) : _textSessions;
        var forms = countsDays ? CountByKey(_inSession, FormOf, _days) : _formSessions;
        var (textMean, textCount) = MeanOf(texts, TextOf);
        var (formMean, formCount) = MeanOf(forms, FormOf);
        var others = Enumerable.Range(0, facts.Count).Where(step => _calls[step] > 0).Select(OtherOf).OfType<(string, string)>().Distinct();
        return new Coincidence(countsDays, textMean, formMean, textCount + formCount + others.Count());
    }

    private (string, string)? TextOf(int step) => facts[step] is { Exact: { } text, Hint: not StepHint.Look } one ? (one.Tool, text) : null;

    // A subject, or what is looked at where a session begins.
    private (string, string)? OtherOf(int step) =>
        facts[step] switch
        {
            { Exact: null, Template: null, Name: var name } => ("", name),
            { Exact: { } text, Hint: StepHint.Look } look when _textSessions[step] > 0 => (look.Tool, text),
            _ => null,
        };

    private (string, string)? FormOf(int step) => _forms[step] is { } form ? (facts[step].Tool, form) : null;

    // Twice as many come back as stand in two sessions for each that stands in one. One more of either is taken to be there, so that few
    // texts give no certainty.
    private static (double Mean, int Count) MeanOf(int[] sessions, Func<int, (string, string)?> keyOf)
    {
        var (once, twice) = (0, 0);
        var seen = new HashSet<(string, string)>();
        for (var step = 0; step < sessions.Length; step++)
        {
            if (sessions[step] > 0 && keyOf(step) is { } key && seen.Add(key))
                (once, twice) = (once + (sessions[step] == 1 ? 1 : 0), twice + (sessions[step] == 2 ? 1 : 0));
        }

        return (2.0 * (twice + 1) / (once + 2), seen.Count);
    }

    // What is looked at counts only where a session begins; later it is chosen by what was found.
    private int[] CountTexts()
    {
        var counts = CountByKey(_inSession, TextOf);
        var opening = new Dictionary<(string, string), int>();
        foreach (var step in _openings)
        {
            if (facts[step] is { Exact: { } text, Hint: StepHint.Look } look)
                opening[(look.Tool, text)] = opening.GetValueOrDefault((look.Tool, text)) + 1;
        }

        for (var step = 0; step < counts.Length; step++)
        {
            if (facts[step] is { Exact: { } text, Hint: StepHint.Look } look)
                counts[step] = opening.GetValueOrDefault((look.Tool, text));
        }

        return counts;
    }

    /// <summary>
    /// For each step, in how many sessions its key occurs, or on how many of the days that they are given; several steps of one with the
    /// same key count once.
    /// </summary>
    private int[] CountByKey(List<int> inSession, Func<int, (string, string)?> keyOf, List<long>? days = null)
    {
        var keys = new Dictionary<(string, string), int>();
        var keyOfStep = new int[facts.Count];
        for (var step = 0; step < keyOfStep.Length; step++)
        {
            keyOfStep[step] = -1;
            if (keyOf(step) is { } key)
            {
                if (!keys.TryGetValue(key, out var number))
                    keys.Add(key, number = keys.Count);
                keyOfStep[step] = number;
            }
        }

        var (sessions, last) = (new int[keys.Count], new int[keys.Count]);
        var unit = 0;
        foreach (var ofUnit in Units(days))
        {
            unit++;
            foreach (var session in ofUnit)
            {
                var end = session + 1 < _starts.Count ? _starts[session + 1] : inSession.Count;
                for (var i = _starts[session]; i < end; i++)
                {
                    if (keyOfStep[inSession[i]] is >= 0 and var key && last[key] != unit)
                    {
                        last[key] = unit;
                        sessions[key]++;
                    }
                }
            }
        }

        return [.. keyOfStep.Select(key => key < 0 ? 0 : sessions[key])];
    }

    private IEnumerable<IEnumerable<int>> Units(List<long>? days) =>
        days is null
            ? Enumerable.Range(0, _starts.Count).Select(session => (IEnumerable<int>)[session])
            : Enumerable.Range(0, _starts.Count).GroupBy(session => days[session]);

    /// <summary>
    /// The first words that are sub-commands of programs that are in no list: those of a program nearly all of whose calls begin with a
    /// word that recurs in as many sessions as anything must.
    /// </summary>
    private HashSet<(string Program, string Lead)> LearnSubCommands()
    {
        var leads = new Dictionary<(string Program, string Lead), (int Calls, HashSet<int> Sessions)>();
        for (var session = 0; session < _starts.Count; session++)
        {
            var end = session + 1 < _starts.Count ? _starts[session + 1] : _inSession.Count;
            for (var i = _starts[session]; i < end; i++)
            {
                foreach (var part in facts[_inSession[i]].Template?.Parts ?? [])
                {
                    if (part.Lead is null)
                        continue;
                    if (!leads.TryGetValue((part.Program, part.Lead), out var seen))
                        leads.Add((part.Program, part.Lead), seen = (0, []));
                    if (seen.Sessions.Count < minimumSessions)
                        seen.Sessions.Add(session);
                }
            }
        }

        for (var step = 0; step < facts.Count; step++)
        {
            foreach (var part in facts[step].Template?.Parts ?? [])
            {
                if (part.Lead is not null && leads.TryGetValue((part.Program, part.Lead), out var seen))
                    leads[(part.Program, part.Lead)] = seen with { Calls = seen.Calls + _calls[step] };
            }
        }

        return
        [
            .. leads
                .GroupBy(lead => lead.Key.Program)
                .Where(program =>
                    program.Where(lead => lead.Value.Sessions.Count >= minimumSessions).Sum(lead => lead.Value.Calls)
                    >= SubCommandShare * program.Sum(lead => lead.Value.Calls)
                )
                .SelectMany(program => program.Where(lead => lead.Value.Sessions.Count >= minimumSessions).Select(lead => lead.Key)),
        ];
    }
}
