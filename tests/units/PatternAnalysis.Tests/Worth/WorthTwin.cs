using PatternAnalysis.Metrics;

namespace PatternAnalysis.Tests.Worth;

/// <summary>What patterns of planned steps save, by the definition: every rest is worked out anew after every choice.</summary>
internal sealed class WorthTwin
{
    private const int MinimumSessions = 3;
    private const double DollarsPerToken = 3e-6;

    private readonly PlannedStep[] _steps;
    private readonly bool[] _isCredited;
    private readonly bool[] _checksEdit;

    public WorthTwin(IEnumerable<PlannedStep> steps)
    {
        _steps = [.. steps];
        _isCredited = new bool[_steps.Length];
        _checksEdit = [.. Enumerable.Range(0, _steps.Length).Select(StandsInChain)];
    }

    /// <summary>What a pattern saves.</summary>
    public sealed record Sum(double Turns, double Usd, double Tokens, double Wait, double HitShare, double HookUsd, double MessageUsd)
    {
        public static readonly Sum None = new(0, 0, 0, 0, 0, 0, 0);

        public double Worth => Usd * HitShare;

        public WorthKind Kind =>
            HookUsd * 2 >= Usd ? WorthKind.Hook
            : MessageUsd * 2 >= Usd ? WorthKind.Message
            : WorthKind.Script;
    }

    /// <summary>What each saves alone.</summary>
    public Sum Own(string[] pattern, HookCondition conditions)
    {
        var found = Scan(pattern, conditions, new bool[_steps.Length], out _);
        return HitSessions(pattern, conditions) >= MinimumSessions ? found : Sum.None with { HitShare = found.HitShare };
    }

    /// <summary>The patterns that keep enough beside those before them, in order, with what they save there.</summary>
    public List<(string[] Pattern, Sum Sum)> Order((string[] Pattern, HookCondition Conditions)[] patterns, double partShare)
    {
        var order = new List<(string[], Sum)>();
        var open = patterns.Where(one => Own(one.Pattern, one.Conditions).Worth > 0).ToList();
        while (true)
        {
            open.RemoveAll(one =>
                Scan(one.Pattern, one.Conditions, _isCredited, out _).Worth is var rest
                && (rest <= 0 || rest < partShare * Own(one.Pattern, one.Conditions).Worth)
            );
            if (open.Count == 0)
                return order;
            var best = open.MaxBy(one => Scan(one.Pattern, one.Conditions, _isCredited, out _).Worth);
            order.Add((best.Pattern, Scan(best.Pattern, best.Conditions, _isCredited, out var credited)));
            foreach (var position in credited)
                _isCredited[position] = true;
            open.Remove(best);
        }
    }

    /// <summary>How many steps of a session stand where a hook could run them, by name.</summary>
    public int Count(string name, HookCondition condition) =>
        Enumerable.Range(0, _steps.Length).Count(at => _steps[at].Name == name && Meets(at, condition));

    private int HitSessions(string[] pattern, HookCondition conditions) =>
        _steps
            .Select(step => step.Session)
            .Distinct()
            .Count(session =>
                Scan(pattern, conditions, Array.ConvertAll(_steps, step => step.Session != session), out _, session).Turns > 0
            );

    private Sum Scan(string[] pattern, HookCondition conditions, bool[] isCredited, out List<int> credited, string? only = null)
    {
        credited = [];
        var (sum, occurrences, hits) = (Sum.None, 0, 0);
        foreach (var start in Occurrences(pattern).Where(start => only is null || _steps[start].Session == only))
        {
            occurrences++;
            var before = sum.Turns;
            foreach (var stretch in Stretches(start, pattern.Length, isCredited))
            {
                if (Going(stretch, conditions, pattern.Length == 1) is not { Length: > 0 } going)
                    continue;
                var isHook = going.Length == stretch.Length;
                var usd = going.Sum(Usd);
                sum = new Sum(
                    sum.Turns + going.Sum(Share),
                    sum.Usd + usd,
                    sum.Tokens + going.Sum(at => _steps[at].Tokens * Share(at)),
                    sum.Wait + going.Sum(Wait),
                    0,
                    sum.HookUsd + (isHook ? usd : 0),
                    sum.MessageUsd + (stretch.Any(at => _steps[at].Class == StepClass.Message) ? usd : 0)
                );
                credited.AddRange(stretch);
            }

            hits += sum.Turns > before ? 1 : 0;
        }

        return sum with
        {
            HitShare = occurrences == 0 ? 0 : (double)hits / occurrences,
        };
    }

    private IEnumerable<int> Occurrences(string[] pattern)
    {
        for (var start = 0; start + pattern.Length <= _steps.Length; start++)
        {
            var part = _steps[start..(start + pattern.Length)];
            if (part[0].Session != part[^1].Session || !part.Select(step => step.Name).SequenceEqual(pattern))
                continue;
            yield return start;
            start += pattern.Length - 1;
        }
    }

    // Cut where a model is needed; what is credited already is not there.
    private IEnumerable<int[]> Stretches(int start, int length, bool[] isCredited)
    {
        var stretch = new List<int>();
        for (var at = start; at <= start + length; at++)
        {
            if (at < start + length && _steps[at].CanRun)
            {
                if (!isCredited[at])
                    stretch.Add(at);
                continue;
            }

            if (stretch.Count > 0)
                yield return [.. stretch];
            stretch.Clear();
        }
    }

    private int[] Going(int[] stretch, HookCondition conditions, bool isSingle)
    {
        if (isSingle ? IsRunByHook(stretch[0], conditions) : stretch.All(at => _steps[at].IsCheck) && FollowsEdit(stretch[0]))
            return stretch;
        var dearest = stretch.GroupBy(at => _steps[at].Message).MaxBy(turn => turn.Sum(Usd))!.Key;
        return [.. stretch.Where(at => _steps[at].Message != dearest)];
    }

    private bool IsRunByHook(int at, HookCondition conditions) =>
        (conditions.HasFlag(HookCondition.AfterEdit) && Meets(at, HookCondition.AfterEdit) && _steps[at].IsCheck)
        || (
            conditions.HasFlag(HookCondition.BeforeCommit)
            && Meets(at, HookCondition.BeforeCommit)
            && _steps[at].IsCheck
            && !_steps[at].TakesEdit
        )
        || (conditions.HasFlag(HookCondition.AtStart) && Meets(at, HookCondition.AtStart) && _steps[at].Class == StepClass.Constant);

    private bool Meets(int at, HookCondition condition) =>
        condition switch
        {
            HookCondition.AfterEdit => _checksEdit[at],
            HookCondition.AtStart => Before(at) < 3,
            _ => at + 1 < _steps.Length && _steps[at + 1].Session == _steps[at].Session && _steps[at + 1].IsCommit,
        };

    private bool FollowsEdit(int at) => Before(at) > 0 && _steps[at - 1].IsEdit;

    // Behind an edit with only what a hook runs between, each once.
    private bool StandsInChain(int at)
    {
        var between = new List<string> { _steps[at].Name };
        for (var back = at - 1; back >= at - Before(at); back--)
        {
            if (_steps[back].IsEdit)
                return between.Distinct().Count() == between.Count;
            if (_steps[back].Class is not (StepClass.Constant or StepClass.Bound))
                return false;
            between.Add(_steps[back].Name);
        }

        return false;
    }

    private int Before(int at) => _steps[..at].Count(step => step.Session == _steps[at].Session);

    private double Share(int at) => 1.0 / _steps.Count(step => step.Message == _steps[at].Message);

    private double Usd(int at) => _steps[at].Tokens * DollarsPerToken * Share(at);

    private double Wait(int at) => Before(at) == 0 || _steps[at - 1].Message == _steps[at].Message ? 0 : _steps[at].Wait;
}
