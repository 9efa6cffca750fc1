using PatternAnalysis.Activities;
using PatternAnalysis.Danger;
using PatternAnalysis.Metrics;
using PatternAnalysis.Mining;

namespace PatternAnalysis.Worth;

/// <summary>One appraisal of the patterns of a run.</summary>
/// <remarks>
/// Greedy: the pattern that saves the most beside those before it comes next. What a pattern saves beside others only falls as more are
/// taken, so a figure that was computed before is a bound, and only the pattern with the highest bound is computed anew (Minoux, 1978).
/// </remarks>
internal sealed class RunAppraisal
{
    private readonly MeasuredPattern[] _patterns;
    private readonly StepValues _values;
    private readonly WorthOptions _options;
    private readonly int _minimumSessions;
    private readonly int[] _owners;
    private readonly Saving[] _own;

    // Of single steps, which share of their calls failed; null where that is not known.
    private readonly double?[] _failureShares;
    private readonly (double Low, double High)?[] _intervals;
    private readonly Saving[] _marginal;
    private readonly double[] _marginalUsd;
    private readonly int[] _partOf;
    private readonly double? _per30Days;
    private double _leftUsd;
    private readonly Dictionary<RepeatedPattern, ConditionCount[]> _conditions;
    private readonly Dictionary<RepeatedPattern, HookCondition> _hooks;

    /// <summary>Prepares an appraisal.</summary>
    /// <param name="patterns">The patterns, in an order that does not depend on who hands them over.</param>
    /// <param name="run">Their run.</param>
    /// <param name="values">What its steps are and cost.</param>
    /// <param name="options">The options.</param>
    public RunAppraisal(MeasuredPattern[] patterns, MiningRun run, StepValues values, WorthOptions options)
    {
        (_patterns, _values, _options) = (patterns, values, options);
        _minimumSessions = Math.Max(run.Options.MinimumSessions, values.MinimumSessions);
        _owners = new int[values.Corpus.StepCount];
        _own = new Saving[patterns.Length];
        _failureShares = new double?[patterns.Length];
        _intervals = new (double, double)?[patterns.Length];
        _marginal = new Saving[patterns.Length];
        _marginalUsd = new double[patterns.Length];
        _leftUsd = values.KnownUsd ?? double.PositiveInfinity;
        _partOf = new int[patterns.Length];
        Array.Fill(_partOf, -1);
        _conditions = new HookConditions(values, run.Options.MinimumSessions).Test(patterns);
        _hooks = _conditions.ToDictionary(
            entry => entry.Key,
            entry =>
                entry
                    .Value.Where(count => count.QValue <= 1 - options.MinimumConfidence)
                    .Aggregate(HookCondition.None, (all, count) => all | count.Condition)
        );
        var (from, to) = run.ObservedTicks;
        _per30Days = to > from && from > 0 ? TimeSpan.FromDays(30) / TimeSpan.FromTicks(Math.Max(to - from, TimeSpan.TicksPerDay)) : null;
    }

    /// <summary>The patterns with their worth, in order; null when nothing tells of any what its steps were given.</summary>
    public MeasuredPattern[]? Appraise(CancellationToken cancellationToken)
    {
        MeasureOwn(cancellationToken);
        if (Enumerable.Range(0, _patterns.Length).All(number => KindOf(number) == WorthKind.NotAssessed))
            return null;

        var order = new List<int>(_patterns.Length);
        var leaders = new List<(int Number, RoutineFamily Family)>();
        var isSound = Array.ConvertAll(_patterns, IsSound);
        Rank(number => isSound[number] && _own[number].Worth > 0, order, leaders, cancellationToken);
        Rank(number => !isSound[number] && _own[number].Worth > 0, order, leaders, cancellationToken);
        order.AddRange(
            Enumerable
                .Range(0, _patterns.Length)
                .Where(number => _own[number].Worth <= 0)
                .OrderByDescending(number => isSound[number])
                .ThenByDescending(number => KindOf(number) is WorthKind.Command or WorthKind.Message)
                .ThenBy(OnlyShows)
                .ThenByDescending(number => KindOf(number) == WorthKind.Guidance)
                .ThenByDescending(RunnableShare)
                .ThenByDescending(number => _patterns[number].Impact)
                .ThenBy(number => number)
        );
        FoldSingles(order, leaders, isSound);
        return [.. Numbered(order)];
    }

    // Of what saves no turn as it is, what could still be run by a command with parameters comes before what a model reads and decides.
    private double RunnableShare(int number)
    {
        var (first, length) = (FirstPosition(_patterns[number]), _patterns[number].Length);
        return Enumerable.Range(first, length).Count(_values.CanRun) / (double)length;
    }

    // What a command shows a model has to read; there is less to automate than where something is done.
    private bool OnlyShows(int number) => KindOf(number) == WorthKind.Command && _values.Facts(FirstPosition(_patterns[number])).OnlyShows;

    private bool IsSound(MeasuredPattern pattern) =>
        pattern.ConfidenceScore >= _options.MinimumConfidence && pattern.Place.Danger.Level != DangerLevel.Destructive;

    // Most patterns hold no step that could run without a model.
    private void MeasureOwn(CancellationToken cancellationToken)
    {
        var canRun = new bool[_values.Corpus.ActivityCount];
        for (var position = 0; position < _values.Corpus.StepCount; position++)
            canRun[_values.Corpus.AllSteps[position]] |= _values.CanRun(position);
        Parallel.For(
            0,
            _patterns.Length,
            new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount },
            () => new SavingScan(_values, _owners, _hooks),
            (number, _, scan) =>
            {
                _failureShares[number] = _patterns[number].Length == 1 ? FailureShare(_patterns[number]) : null;
                foreach (var step in _patterns[number].Place.StepNumbers)
                {
                    if (!canRun[step])
                        continue;
                    if (_failureShares[number] is null or < FailingStepFinder.NearlyAlways)
                    {
                        _own[number] = Recurring(scan.Scan(_patterns[number]));
                        _intervals[number] = IntervalOf(number, scan.BySession);
                    }

                    break;
                }

                return scan;
            },
            _ => { }
        );
    }

    // What went in one session or two is no routine's: the saving has to recur as texts and forms do.
    private Saving Recurring(Saving saving) => saving.HitSessions >= _minimumSessions ? saving : default;

    private void Rank(
        Func<int, bool> isWanted,
        List<int> order,
        List<(int Number, RoutineFamily Family)> leaders,
        CancellationToken cancellationToken
    )
    {
        var scan = new SavingScan(_values, _owners, _hooks);
        var queue = new PriorityQueue<int, (double Negative, int Number)>();
        for (var number = 0; number < _patterns.Length; number++)
        {
            if (isWanted(number))
                queue.Enqueue(number, (-_own[number].Worth, number));
        }

        while (queue.TryDequeue(out var number, out _))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var marginal = scan.Scan(_patterns[number]);
            if (marginal.Worth < _options.PartShare * _own[number].Worth || marginal.Worth <= 0)
            {
                _partOf[number] = LeaderOf(scan.Lost.OrderByDescending(lost => lost.Value).ThenBy(lost => lost.Key).First().Key - 1);
                order.Add(number);
                continue;
            }

            if (queue.TryPeek(out _, out var next) && (-marginal.Worth, number).CompareTo((next.Negative, next.Number)) > 0)
            {
                queue.Enqueue(number, (-marginal.Worth, number));
                continue;
            }

            // Together no more than was spent.
            scan.Credit(number + 1);
            _marginal[number] = marginal;
            _marginalUsd[number] = Math.Min(_marginal[number].Cost, _leftUsd);
            _leftUsd -= _marginalUsd[number];
            var family = RoutineFamily.Of(_patterns[number], _values);
            var leader = leaders.FindIndex(leader => leader.Family.IsSameAs(family));
            if (leader >= 0)
                _partOf[number] = leaders[leader].Number;
            else
                leaders.Add((number, family));
            order.Add(number);
        }
    }

    /// <summary>A single command that saves nothing by itself is part of the routine that runs it, where there is one.</summary>
    private void FoldSingles(List<int> order, List<(int Number, RoutineFamily Family)> leaders, bool[] isSound)
    {
        foreach (var number in order.Where(number => _own[number].Worth <= 0 && KindOf(number) is WorthKind.Command or WorthKind.Message))
        {
            var family = RoutineFamily.Of(_patterns[number], _values);
            var leader = leaders.FindIndex(leader => leader.Family.Holds(family) && (isSound[leader.Number] || !isSound[number]));
            if (leader >= 0)
                _partOf[number] = leaders[leader].Number;
            else
                leaders.Add((number, family));
        }
    }

    private int LeaderOf(int number) => _partOf[number] >= 0 ? _partOf[number] : number;

    private IEnumerable<MeasuredPattern> Numbered(List<int> order) =>
        order.OrderBy(number => _partOf[number] >= 0).Select((number, place) => _patterns[number].With(WorthOf(number, place + 1)));

    private PatternWorth WorthOf(int number, int rank)
    {
        var (pattern, own, marginal, kind) = (_patterns[number], _own[number], _marginal[number], KindOf(number));
        return new PatternWorth(() => StepDescriber.Describe(pattern, _values), _intervals[number])
        {
            Kind = kind,
            Rank = rank,
            PartOf = _partOf[number] < 0 ? null : _patterns[_partOf[number]].PatternId,
            SavedTurns = own.Turns,
            HitShare = own.HitShare,
            SavedUsd = AtMostKnown(own.Cost),
            SavedWait = TimeSpan.FromSeconds(own.Seconds),
            MarginalUsd = _marginalUsd[number],
            MostUsd = _values.KnownUsd,
            MarginalTurns = marginal.Turns,
            MarginalTokens = marginal.Tokens,
            MarginalWait = TimeSpan.FromSeconds(marginal.Seconds),
            WorthUsdPer30Days = AtMostKnown(own.Cost) * own.HitShare * _per30Days,
            IsAssumed = _values.IsAssumed || AtMostKnown(own.Cost) < own.Cost || _marginalUsd[number] < marginal.Cost,
            Conditions = _conditions.GetValueOrDefault(pattern, []),
            NeedlessRuns = kind == WorthKind.Hook ? NeedlessRunsOf(pattern, own) : null,
            FailureShare = _failureShares[number],
        };
    }

    // Turns that nobody told the use of stand in it with the mean of the others.
    private double AtMostKnown(double usd) => Math.Min(usd, _values.KnownUsd ?? usd);

    private (double Low, double High)? IntervalOf(int number, ReadOnlySpan<double> bySession)
    {
        var usd = _own[number].Cost;
        var most = AtMostKnown(usd);
        if (most <= 0)
            return null;
        var (low, high) = SessionSpread.Of(bySession, _patterns[number].TotalSessionCount);
        return (low, Math.Max(1, Math.Min(high, AtMostKnown(high * usd) / most)));
    }

    private NeedlessRuns NeedlessRunsOf(MeasuredPattern pattern, Saving own)
    {
        var hooks = _hooks.GetValueOrDefault(pattern);
        var (condition, needed) = _conditions
            .GetValueOrDefault(pattern, [])
            .Where(count => hooks.HasFlag(count.Condition))
            .OrderByDescending(count => count.Count)
            .Select(count => (count.Condition, count.Count))
            .FirstOrDefault((HookCondition.AfterEdit, own.HookRuns));
        var occasions = 0;
        for (var sighting = pattern.Place.Read(); sighting.MoveNext(); )
            occasions += _values.Occasions(sighting.Session, condition);

        var needless = Math.Max(0, occasions - needed);
        return new NeedlessRuns(needless, TimeSpan.FromSeconds(needless * own.HookSeconds / Math.Max(1, own.HookRuns)));
    }

    private WorthKind KindOf(int number)
    {
        var (own, pattern) = (_own[number], _patterns[number]);
        if (_failureShares[number] >= FailingStepFinder.NearlyAlways)
            return WorthKind.Guidance;
        if (own.Worth > 0)
        {
            return own.HookCost * 2 >= own.Cost ? WorthKind.Hook
                : own.MessageCost * 2 >= own.Cost ? WorthKind.Message
                : WorthKind.Script;
        }

        return IsUnknown(pattern) ? WorthKind.NotAssessed
            : pattern.Length == 1 ? KindOfSingle(FirstPosition(pattern))
            : IsLoop(pattern) ? WorthKind.Guidance
            : WorthKind.None;
    }

    private WorthKind KindOfSingle(int position) =>
        _values.ClassOf(position) switch
        {
            StepClass.Constant when _values.Facts(position).Hint != StepHint.Look => WorthKind.Command,
            StepClass.Message => WorthKind.Message,
            _ => WorthKind.None,
        };

    // A command, something else that edits, and the command again.
    private bool IsLoop(MeasuredPattern pattern)
    {
        var first = FirstPosition(pattern);
        var steps = pattern.Place.StepNumbers;
        return steps.Length >= 3
            && steps[0] == steps[^1]
            && _values.Facts(first).Hint == StepHint.Command
            && Enumerable.Range(first + 1, steps.Length - 2).Any(position => _values.Facts(position).Hint == StepHint.Edit);
    }

    /// <summary>In which share of its calls whose end is known a step failed.</summary>
    private double? FailureShare(MeasuredPattern pattern)
    {
        var (failed, known) = (0, 0);
        var step = pattern.Place.StepNumbers[0];
        for (var sighting = pattern.Place.Read(); sighting.MoveNext(); )
        {
            var steps = pattern.Run.Corpus!.Steps(sighting.Session);
            for (var place = 0; place < steps.Length; place++)
            {
                if (steps[place] != step)
                    continue;
                var outcome = _values.Corpus.End(sighting.Session, place).Outcome;
                failed += outcome == CallOutcome.Failed ? 1 : 0;
                known += outcome is CallOutcome.Failed or CallOutcome.Ok ? 1 : 0;
            }
        }

        return known == 0 ? null : (double)failed / known;
    }

    private static int FirstPosition(MeasuredPattern pattern) => pattern.Place.FirstPosition;

    // A step that nothing is known of may be one that could go.
    private bool IsUnknown(MeasuredPattern pattern)
    {
        var first = FirstPosition(pattern);
        return Enumerable.Range(first, pattern.Length).Any(position => _values.ClassOf(position) == StepClass.Unknown);
    }
}
