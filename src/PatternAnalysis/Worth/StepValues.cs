using PatternAnalysis.Activities;
using PatternAnalysis.Events;
using PatternAnalysis.Metrics;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Worth;

/// <summary>
/// What each step of a corpus is to an automation, and what its share of its turn costs. Three bytes a step; four a turn where any asks
/// for several calls, and sixteen where it is known what any used.
/// </summary>
internal sealed class StepValues
{
    /// <summary>What is read, or run, among the first so many steps of a case can be there before its model is asked.</summary>
    public const int OpeningSteps = 3;

    private const byte BehindEdit = 1 << 7;
    private const byte OpensPlace = 1 << 6;
    private const byte TakesEditFlag = 1 << 5;

    private readonly SequenceCorpus _corpus;
    private readonly StepRecords _records;
    private readonly StepClass[] _classes;
    private readonly bool[] _canRun;
    private readonly bool[] _takeEdits;

    // Where a hook could run each step, a HookCondition in a byte, and whether it follows an edit.
    private readonly byte[] _met;
    private readonly int[] _editRuns;
    private readonly int[] _commits;

    // Empty where each step is a turn of its own, and nothing tells of others.
    private readonly int[] _callsOfTurn;

    // Empty where nothing is known of any turn: then all are taken to be alike.
    private readonly double[] _costOfTurn;
    private readonly double[] _tokensOfTurn;
    private readonly (double Cost, double Tokens) _mean;
    private readonly WorthOptions _options;
    private AlikeSteps? _alike;

    public StepValues(SequenceCorpus corpus, StepRecords records, WorthOptions options)
    {
        (_corpus, _records, _options) = (corpus, records, options);
        _classes = new StepClass[corpus.StepCount];
        _canRun = new bool[corpus.StepCount];
        _takeEdits = new bool[corpus.ActivityCount];
        _met = new byte[corpus.StepCount];
        _editRuns = new int[corpus.Count];
        _commits = new int[corpus.Count];
        _callsOfTurn = records.HasOwnTurns && !records.Turns.HasUsage ? [] : new int[records.Turns.Count];
        Classify();
        (_costOfTurn, _tokensOfTurn, _mean) = PriceTurns();
    }

    /// <summary>Whether nothing says what the turns used, or by which prices.</summary>
    public bool IsAssumed => KnownUsd is null;

    /// <summary>What the turns cost whose use and price are known, in US dollars; null where there are none.</summary>
    public double? KnownUsd { get; private set; }

    /// <summary>The corpus.</summary>
    public SequenceCorpus Corpus => _corpus;

    /// <summary>What a step is.</summary>
    public StepClass ClassOf(int position) => _classes[position];

    /// <summary>Whether a step needs no model, but for what its caller gives it.</summary>
    public bool CanRun(int position) => _canRun[position];

    /// <summary>Whether all that varies in a step are the files that were edited just before: a hook after edits is told of them.</summary>
    public bool TakesEdit(int position) => (_met[position] & TakesEditFlag) != 0;

    /// <summary>
    /// Whether a hook after edits or before commits can do a step: it runs as it stands, or takes the edited files, and is a check. What
    /// such a hook shows no model reads unless it fails.
    /// </summary>
    public bool IsCheck(int position) => (_classes[position] == StepClass.Constant && !Facts(position).OnlyShows) || TakesEdit(position);

    /// <summary>Whether any step of an activity takes them.</summary>
    public bool TakesEdits(int activity) => _takeEdits[activity];

    /// <summary>Whether the step before it, in its case, is an edit.</summary>
    public bool FollowsEdit(int position) => (_met[position] & BehindEdit) != 0;

    /// <summary>
    /// Whether a step stands where a hook could run it: behind an edit with only commands between that the hook could run before it.
    /// </summary>
    public bool Meets(int position, HookCondition condition) => (_met[position] & (byte)condition) != 0;

    /// <summary>How many occasions a session gives for a condition; a run of edits is one, however many files were changed.</summary>
    public int Occasions(int session, HookCondition condition) =>
        condition switch
        {
            HookCondition.AfterEdit => _editRuns[session],
            HookCondition.AtStart => 1,
            _ => _commits[session],
        };

    /// <summary>
    /// At how many places of a session a call of an activity would meet a condition. Behind a call of its own in the same chain after an
    /// edit it would not. Linear in the session.
    /// </summary>
    public int Places(int session, HookCondition condition, int activity)
    {
        if (condition != HookCondition.AfterEdit)
            return condition == HookCondition.AtStart ? Math.Min(OpeningSteps, _corpus.Length(session)) : _commits[session];

        var (places, wasCalled) = (0, false);
        for (var position = _corpus.Starts[session]; position < _corpus.Starts[session + 1]; position++)
        {
            if ((_met[position] & OpensPlace) == 0)
                continue;
            wasCalled = !IsEdit(position) && (wasCalled || _corpus.AllSteps[position] == activity);
            places += wasCalled ? 0 : 1;
        }

        return places;
    }

    private bool IsEdit(int position) => Facts(position).Hint == StepHint.Edit;

    /// <summary>Whether it is known of any call how it ended.</summary>
    public bool KnowsOutcomes => _corpus.KnowsEnds;

    /// <summary>In how many sessions something must happen to recur.</summary>
    public int MinimumSessions => _records.Catalog.MinimumSessions;

    /// <summary>The session that a case is of, its sub-agents' cases as well.</summary>
    public string SessionOf(int session) => CaseName.SessionOf(_corpus.SessionId(session));

    /// <summary>What the error of a step's call begins with; null where none is kept.</summary>
    public string? Error(int session, int position) => _records.Errors[_corpus.End(session, position - _corpus.Starts[session]).Error];

    /// <summary>How many seconds a step's call ran; 0 where that is not known.</summary>
    public double Seconds(int session, int position) =>
        Math.Max(0, _corpus.End(session, position - _corpus.Starts[session]).Milliseconds) / 1000.0;

    /// <summary>How a step's call ended.</summary>
    public CallOutcome Outcome(int session, int position) => _corpus.End(session, position - _corpus.Starts[session]).Outcome;

    /// <summary>How long the tools of all steps ran, and how long the model was waited for before them.</summary>
    public (TimeSpan Tool, TimeSpan Model) Times()
    {
        var (milliseconds, seconds) = (0L, 0.0);
        for (var session = 0; session < _corpus.Count; session++)
        {
            for (var step = 0; step < _corpus.Length(session); step++)
            {
                milliseconds += Math.Max(0, _corpus.End(session, step).Milliseconds);
                seconds += Wait(session, _corpus.Starts[session] + step);
            }
        }

        return (TimeSpan.FromMilliseconds(milliseconds), TimeSpan.FromSeconds(seconds));
    }

    /// <summary>The number of a step's turn.</summary>
    public int Turn(int position) => _records.TurnOf(position);

    /// <summary>A step's share of its turn.</summary>
    public double ShareOfTurn(int position) => _callsOfTurn.Length == 0 ? 1 : 1.0 / _callsOfTurn[Turn(position)];

    /// <summary>A step's share of its turn's tokens.</summary>
    public double Tokens(int position) =>
        (_tokensOfTurn.Length == 0 ? _mean.Tokens : _tokensOfTurn[Turn(position)]) * ShareOfTurn(position);

    /// <summary>What a step's share of its turn costs, in US dollars, with the time that somebody waits for it.</summary>
    public double Cost(int session, int position)
    {
        var cost = (_costOfTurn.Length == 0 ? _mean.Cost : _costOfTurn[Turn(position)]) * ShareOfTurn(position);
        return _options.AttendedShare == 0 ? cost : cost + _options.AttendedShare * _options.HourlyRate * Wait(session, position) / 3600;
    }

    /// <summary>
    /// The seconds from the end of the step before to the start of a step, cut at the longest wait; 0 for the first of a case, for calls of
    /// the same message, and across a prompt.
    /// </summary>
    public double Wait(int session, int position)
    {
        var step = position - _corpus.Starts[session];
        if (step == 0 || Turn(position) == Turn(position - 1))
            return 0;
        if (PromptOf(position) is not 0 and var prompt && PromptOf(position - 1) is not 0 and var before && prompt != before)
            return 0;

        return Math.Clamp(FromStepBefore(session, step) - Seconds(session, position - 1), 0, _options.MaximumWait);
    }

    /// <summary>
    /// The seconds from the start of the step before to that of a step, cut at the longest wait; 0 for the first of a case.
    /// </summary>
    public double SinceStepBefore(int session, int position) =>
        position == _corpus.Starts[session]
            ? 0
            : Math.Clamp(FromStepBefore(session, position - _corpus.Starts[session]), 0, _options.MaximumWait);

    /// <summary>What is known of a step.</summary>
    public StepFacts Facts(int position) => _records.Catalog[FactsOf(position)];

    /// <summary>The facts of all numbers.</summary>
    public StepCatalog Catalog => _records.Catalog;

    /// <summary>The number of a step's facts: steps of one number are given the same.</summary>
    public int FactsOf(int position) => _records.FactsOf(position);

    /// <summary>What all steps of an activity were given, where that is one thing.</summary>
    public AlikeSteps Alike => _alike ??= new AlikeSteps(this);

    /// <summary>A step's form in words.</summary>
    public string? Form(int position) => _records.Catalog.Form(FactsOf(position));

    private double FromStepBefore(int session, int step)
    {
        var (start, end) = (_corpus.UtcTicks(session, step - 1), _corpus.UtcTicks(session, step));
        return start == 0 || end == 0 ? 0 : (end - start) / (double)TimeSpan.TicksPerSecond;
    }

    private ulong PromptOf(int position) => _records.Turns[Turn(position)]?.Prompt ?? 0;

    private void Classify()
    {
        var chain = new EditChain<int>();
        for (var session = 0; session < _corpus.Count; session++)
        {
            chain.Restart();
            for (var position = _corpus.Starts[session]; position < _corpus.Starts[session + 1]; position++)
            {
                var record = _records[position];
                var place = position - _corpus.Starts[session];
                _classes[position] = Classify(record, place);
                var facts = _records.Catalog[record.Facts];
                var isEdit = facts.Hint == StepHint.Edit;
                var takesEdit = _classes[position] == StepClass.Bound && record.Binding == StepBinding.Edit && !ChangesRepository(facts);
                _takeEdits[_corpus.AllSteps[position]] |= takesEdit;
                var isConstant = _classes[position] == StepClass.Constant && facts.Hint != StepHint.Look;
                var followsEdit = chain.IsBehindEdit;
                var checksEdit = chain.Take(_corpus.AllSteps[position], isEdit, isConstant || takesEdit);
                var met = (checksEdit ? HookCondition.AfterEdit : 0) | (place < OpeningSteps ? HookCondition.AtStart : 0);
                _met[position] = (byte)(
                    (int)met | (followsEdit ? BehindEdit : 0) | (chain.IsOpen ? OpensPlace : 0) | (takesEdit ? TakesEditFlag : 0)
                );
                if (_callsOfTurn.Length > 0)
                    _callsOfTurn[record.Turn]++;
                if (MakesCommit(facts))
                {
                    _commits[session]++;
                    if (place > 0)
                        _met[position - 1] |= (byte)HookCondition.BeforeCommit;
                }

                _canRun[position] = _classes[position] switch
                {
                    StepClass.Bound or StepClass.Parameter or StepClass.Message => true,
                    // A file that is read each time can only be there before anything is asked.
                    StepClass.Constant => place < OpeningSteps || facts.Hint != StepHint.Look,
                    _ => false,
                };
                _editRuns[session] += isEdit && !followsEdit ? 1 : 0;
            }
        }
    }

    // What is staged, and what becomes of it, is decided when it is wanted, not at every edit.
    private static bool ChangesRepository(StepFacts facts) =>
        facts.Template?.Parts.Any(part => part.Program.StartsWith("git ", StringComparison.Ordinal)) == true;

    private static bool MakesCommit(StepFacts facts) =>
        facts.Template?.Parts.Any(part => part.Program.StartsWith("git commit", StringComparison.Ordinal)) == true;

    private StepClass Classify(in StepRecord record, int place)
    {
        var catalog = _records.Catalog;
        var facts = catalog[record.Facts];
        if (!facts.IsKnown)
            return StepClass.Unknown;
        if (catalog.IsConstant(record.Facts) && (facts.Hint != StepHint.Look || place < RecurrenceCounter.OpeningSteps))
            return StepClass.Constant;
        if (facts.Hint is StepHint.Look or StepHint.Inspect)
            return StepClass.Look;
        if (facts.Hint is not (StepHint.Command or StepHint.Message) || !catalog.HasRecurringForm(record.Facts))
            return StepClass.Free;
        return facts.Hint == StepHint.Message ? StepClass.Message
            : record.Binding != StepBinding.None && !catalog.LeavesFirstWordOpen(record.Facts) ? StepClass.Bound
            : StepClass.Parameter;
    }

    private (double[] Costs, double[] Tokens, (double Cost, double Tokens) Mean) PriceTurns()
    {
        var usual = (_options.AssumedTurnTokens * (double)_options.Prices.Default.Input / 1e6, _options.AssumedTurnTokens);
        if (!_records.Turns.HasUsage)
            return ([], [], usual);

        var costs = new double[_callsOfTurn.Length];
        var tokens = new double[_callsOfTurn.Length];
        var (known, cost, used) = (0, 0.0, 0.0);
        for (var turn = 0; turn < costs.Length; turn++)
        {
            if (_records.Turns[turn] is not { } usage)
            {
                costs[turn] = double.NaN;
                continue;
            }

            var price = _options.Prices.Find(usage.Model);
            costs[turn] = (double)(price ?? _options.Prices.Default).Cost(usage.Input, usage.Output, usage.CacheRead, usage.CacheWrite);
            if (price is not null)
                KnownUsd = (KnownUsd ?? 0) + costs[turn];
            tokens[turn] = usage.Input + usage.Output + usage.CacheRead + usage.CacheWrite;
            _callsOfTurn[turn] = Math.Max(_callsOfTurn[turn], usage.Calls);
            (known, cost, used) = (known + 1, cost + costs[turn], used + tokens[turn]);
        }

        // Turns that nothing is known of cost what the others cost; where none is known, what is usual elsewhere.
        var mean = known > 0 ? (cost / known, used / known) : usual;
        for (var turn = 0; turn < costs.Length; turn++)
        {
            if (double.IsNaN(costs[turn]))
                (costs[turn], tokens[turn]) = mean;
        }

        return (costs, tokens, mean);
    }
}
