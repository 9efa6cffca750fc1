using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using PatternAnalysis.Metrics;
using PatternAnalysis.Mining;

namespace PatternAnalysis.Worth;

/// <summary>
/// Finds which turns of a pattern's occurrences could go. An occurrence is cut at every step that needs a model; of each stretch between,
/// all turns go when a hook can run it (constant steps straight after an edit, or a single one that opens a session or stands before a
/// commit); else all but the dearest, which is left for the call of a script. For one thread at a time.
/// </summary>
/// <param name="values">What the steps are and cost.</param>
/// <param name="owners">The pattern that each step is credited to, from 1; 0 for none.</param>
/// <param name="conditions">Where a hook can run the single steps, by their pattern.</param>
internal sealed class SavingScan(StepValues values, int[] owners, IReadOnlyDictionary<RepeatedPattern, HookCondition> conditions)
{
    private readonly List<int> _stretch = [];
    private readonly List<int> _credited = [];
    private HookCondition _condition;
    private readonly Dictionary<int, double> _lost = [];
    private readonly List<double> _bySession = [];

    /// <summary>What the last scan found already credited to others, in US dollars by owner.</summary>
    public IReadOnlyDictionary<int, double> Lost => _lost;

    /// <summary>What the last scan found in each session that holds its pattern, in US dollars; valid until the next.</summary>
    public ReadOnlySpan<double> BySession => CollectionsMarshal.AsSpan(_bySession);

    /// <summary>Credits a pattern with what the last scan found.</summary>
    public void Credit(int owner)
    {
        foreach (var position in _credited)
            owners[position] = owner;
    }

    /// <summary>Adds up what of a pattern could go and is credited to no other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Saving Scan(RepeatedPattern pattern)
    {
        _lost.Clear();
        _credited.Clear();
        _bySession.Clear();
        var saving = new Saving();
        _condition = conditions.GetValueOrDefault(pattern);
        var matcher = new PatternMatcher(pattern.Place.StepNumbers);
        for (var sighting = pattern.Place.Read(); sighting.MoveNext(); )
        {
            var (start, free) = (values.Corpus.Starts[sighting.Session], 0);
            var (before, turns) = (saving.Cost, saving.Turns);
            foreach (var at in matcher.In(pattern.Run.Corpus!.Steps(sighting.Session)))
            {
                if (at < free)
                    continue;
                free = at + pattern.Length;
                ScanOccurrence(ref saving, sighting.Session, start + at, pattern.Length);
            }

            saving.HitSessions += saving.Turns > turns ? 1 : 0;
            _bySession.Add(saving.Cost - before);
        }

        return saving;
    }

    private void ScanOccurrence(ref Saving saving, int session, int start, int length)
    {
        saving.Occurrences++;
        var turns = saving.Turns;
        for (var position = start; position < start + length; position++)
        {
            if (!values.CanRun(position))
            {
                CloseStretch(ref saving, session, isOnly: length == 1);
                continue;
            }

            if (owners[position] == 0)
                _stretch.Add(position);
            else
                _lost[owners[position]] = _lost.GetValueOrDefault(owners[position]) + values.Cost(session, position);
        }

        CloseStretch(ref saving, session, isOnly: length == 1);
        saving.Hits += saving.Turns > turns ? 1 : 0;
    }

    private void CloseStretch(ref Saving saving, int session, bool isOnly)
    {
        if (_stretch.Count == 0)
            return;

        var isHook = isOnly ? CanHookRun(_stretch[0]) : ChecksEdit();
        var kept = isHook ? -1 : DearestTurn(session);
        if (isHook || HasOtherTurn(kept))
        {
            var (before, isMessage) = (saving.Cost, false);
            foreach (var position in _stretch)
            {
                isMessage |= values.ClassOf(position) == StepClass.Message;
                saving.HookSeconds += isHook ? values.Seconds(session, position) : 0;
                if (values.Turn(position) == kept)
                    continue;
                saving.Cost += values.Cost(session, position);
                saving.Turns += values.ShareOfTurn(position);
                saving.Tokens += values.Tokens(position);
                saving.Seconds += values.Wait(session, position);
            }

            _credited.AddRange(_stretch);
            saving.HookRuns += isHook ? 1 : 0;
            saving.HookCost += isHook ? saving.Cost - before : 0;
            saving.MessageCost += isMessage ? saving.Cost - before : 0;
        }

        _stretch.Clear();
    }

    // Whether a hook could run the step here; once by chance is not enough for one.
    private bool CanHookRun(int position) =>
        (Meets(position, HookCondition.AfterEdit) && values.IsCheck(position))
        || (Meets(position, HookCondition.BeforeCommit) && values.IsCheck(position) && !values.TakesEdit(position))
        || (Meets(position, HookCondition.AtStart) && values.ClassOf(position) == StepClass.Constant);

    private bool Meets(int position, HookCondition condition) => _condition.HasFlag(condition) && values.Meets(position, condition);

    private bool ChecksEdit()
    {
        foreach (var position in _stretch)
        {
            if (!values.IsCheck(position))
                return false;
        }

        return values.FollowsEdit(_stretch[0]);
    }

    // The calls of one message are one turn; steps of a turn stand side by side.
    private int DearestTurn(int session)
    {
        var (dearest, most) = (-1, -1.0);
        for (var i = 0; i < _stretch.Count; )
        {
            var (turn, cost) = (values.Turn(_stretch[i]), 0.0);
            for (; i < _stretch.Count && values.Turn(_stretch[i]) == turn; i++)
                cost += values.Cost(session, _stretch[i]);
            if (cost > most)
                (dearest, most) = (turn, cost);
        }

        return dearest;
    }

    private bool HasOtherTurn(int turn)
    {
        foreach (var position in _stretch)
        {
            if (values.Turn(position) != turn)
                return true;
        }

        return false;
    }
}
