using System.Runtime.CompilerServices;
using PatternAnalysis.Activities;

namespace PatternAnalysis.Sequences;

/// <summary>What the numbers in steps stand for, the same for the steps of all parts.</summary>
internal sealed class StepTables(VerdictTable verdicts)
{
    /// <summary>The activity of what is left out because an agent only keeps its books by it.</summary>
    public const int Bookkeeping = -1;

    /// <summary>The activity of what was asked to be left out.</summary>
    public const int Excluded = -2;

    private readonly StepIdList _ids = new();
    private int[] _activityOf = [];
    private int[] _openingOf = [];
    private int _parts;
    private readonly CallsNotMade _notMade = new();
    private readonly CallEnds _joined = new();
    private CallEnd[] _ends = [];
    private readonly SourceSet _sourcesWithEnds = new();

    /// <summary>Whose steps they are: sessions, and their sub-agents.</summary>
    public Utf8Interner Sources { get; } = new();

    public FactInterner Facts { get; } = new();

    public Utf8Interner Activities { get; } = new();

    public Utf8Interner Prompts { get; } = new();

    public VerdictTable Verdicts => verdicts;

    /// <summary>What is known of the distinct steps; none before they have names.</summary>
    public StepCatalog? Catalog { get; private set; }

    /// <summary>The sources that were not asked for, and that count only for what recurs.</summary>
    public HashSet<int> Others { get; } = [];

    /// <summary>When each source had a border that is no step, in UTC ticks.</summary>
    public Dictionary<int, List<long>> Borders { get; } = [];

    /// <summary>Gives what a part numbered the numbers that hold for all parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Take(EventPart part)
    {
        var isFirst = _parts++ == 0;
        var sourceOf = Sources.AddAll(part.Sources);
        var factsOf = Facts.AddAll(part.Facts);
        var promptOf = Prompts.AddAll(part.Prompts);
        var verdictOf = Enumerable.Range(0, part.Verdicts.Count).Select(verdict => verdicts.Add(part.Verdicts[verdict])).ToArray();
        var idsBefore = _ids.Adopt(part.Ids);

        // Later parts are renumbered: the numbers of the first part hold for all.
        foreach (var block in isFirst ? [] : part.Ids.Contexts)
        {
            foreach (ref var context in block.AsSpan())
                context.Prompt = context.Prompt < 0 ? -1 : promptOf[context.Prompt];
        }

        foreach (var block in isFirst ? [] : part.Steps.Blocks())
        {
            foreach (ref var step in block.AsSpan())
            {
                (step.Source, step.Facts, step.Verdict) = (sourceOf[step.Source], factsOf[step.Facts], verdictOf[step.Verdict]);
                step.Ids += step.Ids > 0 ? idsBefore : 0;
            }
        }

        _joined.Take(part.Ends, idsBefore, _ids.Ids);
        Others.UnionWith(part.Others.Select(source => sourceOf[source]));
        for (var source = 0; source < sourceOf.Length; source++)
        {
            if (part.SourcesWithEnds.Contains(source))
                _sourcesWithEnds.Add(sourceOf[source]);
        }

        _notMade.Take(part.NotMade);
        foreach (var (source, ticks) in part.Borders)
        {
            if (!Borders.TryGetValue(sourceOf[source], out var borders))
                Borders.Add(sourceOf[source], borders = []);
            borders.Add(ticks);
        }
    }

    /// <summary>Joins what is known of calls to their steps, once all parts are taken.</summary>
    /// <param name="parts">The parts.</param>
    /// <param name="errors">What the errors of the calls' ends say.</param>
    public void JoinCalls(IReadOnlyList<EventPart> parts, ErrorLeads errors)
    {
        var steps = parts.SelectMany(part => part.Steps.Blocks());
        _joined.Complete(steps, _ids.Ids, errors);
        _notMade.Mark(steps, _ids.Ids);
    }

    /// <summary>Names the steps, once all parts are taken and it is known what recurs.</summary>
    /// <param name="catalog">What is known of the steps.</param>
    /// <param name="isExcluded">Which names are left out, or null for none.</param>
    public void Name(StepCatalog catalog, Func<string, bool>? isExcluded)
    {
        Catalog = catalog;
        _activityOf = new int[catalog.Count];
        _openingOf = new int[catalog.Count];
        for (var facts = 0; facts < _activityOf.Length; facts++)
        {
            _activityOf[facts] =
                catalog.Name(facts) is not { } name ? Bookkeeping
                : isExcluded?.Invoke(name) == true ? Excluded
                : Activities.Add(name);
            _openingOf[facts] = catalog.OpeningName(facts) is { } opening ? Activities.Add(opening) : _activityOf[facts];
        }
    }

    /// <summary>The number of a step's activity; negative for one that is left out.</summary>
    public int ActivityOf(in TimedStep step) => _activityOf[step.Facts];

    /// <summary>The number of the activity of steps with some facts, likewise.</summary>
    public int ActivityOf(int facts) => _activityOf[facts];

    /// <summary>The number of the activity of a step that its case begins with: of what sessions begin by reading, the file.</summary>
    public int OpeningActivityOf(in TimedStep step) => _openingOf[step.Facts];

    /// <summary>The hash of a step's call; 0 for none.</summary>
    public ulong CallOf(in TimedStep step) => step.Ids > 0 ? _ids.Ids[step.Ids - 1].Call : 0;

    /// <summary>What is known around a step.</summary>
    public StepContext ContextOf(in TimedStep step) => step.Ids > 0 ? _ids.ContextOf(step.Ids - 1) : default;

    /// <summary>How the calls of steps ended; valid until the next call.</summary>
    /// <remarks>All at once: the processor then waits for many of their places at the same time.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ReadOnlySpan<CallEnd> EndsOf(ReadOnlySpan<TimedStep> steps)
    {
        if (_ends.Length < steps.Length)
            _ends = new CallEnd[Math.Max(steps.Length, _ends.Length * 2)];
        for (var i = 0; i < steps.Length; i++)
            _ends[i] = EndOf(steps[i]);
        return _ends.AsSpan(0, steps.Length);
    }

    /// <summary>How the step's call ended. One that nothing was heard of again is an orphan only where ends are heard of.</summary>
    private CallEnd EndOf(in TimedStep step)
    {
        if (step.Ids == 0)
            return CallEnd.Unknown;

        ref var ids = ref _ids.Ids[step.Ids - 1];
        return ids.EndTicks is { } ended ? ids.End.OrLasting(Math.Max(0, ended - step.Ticks))
            : ids.End.Outcome == CallOutcome.Unknown && ids.Call != 0 && _sourcesWithEnds.Contains(step.Source)
                ? new CallEnd(CallOutcome.Orphan, ids.End.Milliseconds, ids.End.Error)
            : ids.End;
    }

    /// <summary>Why the step's call was not made, if it was not: it was asked for, and nothing was done.</summary>
    public NotMade NotMadeOf(in TimedStep step) => step.Ids > 0 ? _ids.Ids[step.Ids - 1].NotMade : NotMade.No;
}
