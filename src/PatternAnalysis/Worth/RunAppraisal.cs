using PatternAnalysis.Danger;
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
    private readonly int[] _owners;
    private readonly Saving[] _own;
    private readonly Saving[] _marginal;
    private readonly int[] _partOf;
    private readonly double? _per30Days;

    /// <summary>Prepares an appraisal.</summary>
    /// <param name="patterns">The patterns, in an order that does not depend on who hands them over.</param>
    /// <param name="run">Their run.</param>
    /// <param name="values">What its steps are and cost.</param>
    /// <param name="options">The options.</param>
    public RunAppraisal(MeasuredPattern[] patterns, IndexedRun run, StepValues values, WorthOptions options)
    {
        (_patterns, _values, _options) = (patterns, values, options);
        _owners = new int[values.Corpus.StepCount];
        _own = new Saving[patterns.Length];
        _marginal = new Saving[patterns.Length];
        _partOf = new int[patterns.Length];
        Array.Fill(_partOf, -1);
        var (from, to) = run.ObservedTicks;
        _per30Days = to > from && from > 0 ? TimeSpan.FromDays(30) / TimeSpan.FromTicks(Math.Max(to - from, TimeSpan.TicksPerDay)) : null;
    }

    /// <summary>The patterns with their worth, in order.</summary>
    public MeasuredPattern[] Appraise(CancellationToken cancellationToken)
    {
        MeasureOwn(cancellationToken);
        var order = new List<int>(_patterns.Length);
        var leaders = new List<(int Number, RoutineFamily Family)>();
        var isSound = Array.ConvertAll(_patterns, IsSound);
        Rank(number => isSound[number] && _own[number].Worth > 0, order, leaders, cancellationToken);
        Rank(number => !isSound[number] && _own[number].Worth > 0, order, leaders, cancellationToken);
        var rest = Enumerable.Range(0, _patterns.Length).Where(number => _own[number].Worth <= 0).ToArray();
        order.AddRange(
            rest.OrderByDescending(number => isSound[number]).ThenByDescending(number => _patterns[number].Impact).ThenBy(number => number)
        );
        return [.. Numbered(order)];
    }

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
            () => new SavingScan(_values, _owners),
            (number, _, scan) =>
            {
                foreach (var step in _patterns[number].Place.StepNumbers)
                {
                    if (canRun[step])
                    {
                        _own[number] = scan.Scan(_patterns[number]);
                        break;
                    }
                }

                return scan;
            },
            _ => { }
        );
    }

    private void Rank(
        Func<int, bool> isWanted,
        List<int> order,
        List<(int Number, RoutineFamily Family)> leaders,
        CancellationToken cancellationToken
    )
    {
        var scan = new SavingScan(_values, _owners);
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

            _marginal[number] = scan.Take(_patterns[number], number + 1);
            var family = RoutineFamily.Of(_patterns[number], _values);
            var leader = leaders.FindIndex(leader => leader.Family.IsSameAs(family));
            if (leader >= 0)
                _partOf[number] = leaders[leader].Number;
            else
                leaders.Add((number, family));
            order.Add(number);
        }
    }

    private int LeaderOf(int number) => _partOf[number] >= 0 ? _partOf[number] : number;

    private IEnumerable<MeasuredPattern> Numbered(List<int> order) =>
        order.OrderBy(number => _partOf[number] >= 0).Select((number, place) => _patterns[number].With(WorthOf(number, place + 1)));

    private PatternWorth WorthOf(int number, int rank)
    {
        var (pattern, own, marginal) = (_patterns[number], _own[number], _marginal[number]);
        return new PatternWorth(() => StepDescriber.Describe(pattern, _values))
        {
            Kind = KindOf(number),
            Rank = rank,
            PartOf = _partOf[number] < 0 ? null : _patterns[_partOf[number]].PatternId,
            SavedTurns = own.Turns,
            HitShare = own.HitShare,
            SavedUsd = own.Cost,
            MarginalUsd = marginal.Cost,
            MarginalTurns = marginal.Turns,
            MarginalTokens = marginal.Tokens,
            MarginalWait = TimeSpan.FromSeconds(marginal.Seconds),
            WorthUsdPer30Days = own.Worth * _per30Days,
            IsAssumed = _values.IsAssumed,
        };
    }

    private WorthKind KindOf(int number)
    {
        var own = _own[number];
        if (own.Worth <= 0)
            return IsUnknown(_patterns[number]) ? WorthKind.NotAssessed : WorthKind.None;
        return own.HookCost * 2 >= own.Cost ? WorthKind.Hook
            : own.MessageCost * 2 >= own.Cost ? WorthKind.Message
            : _patterns[number].Length == 1 ? WorthKind.Command
            : WorthKind.Script;
    }

    // A step that nothing is known of may be one that could go.
    private bool IsUnknown(MeasuredPattern pattern)
    {
        var first = ((IndexedPattern)pattern.Place).Index[pattern.Place.Node].Position;
        return Enumerable.Range(first, pattern.Length).Any(position => _values.ClassOf(position) == StepClass.Unknown);
    }
}
