using System.Text;
using PatternAnalysis.Activities;
using PatternAnalysis.Approvals;
using PatternAnalysis.Danger;
using PatternAnalysis.Events;
using PatternAnalysis.Masking;
using PatternAnalysis.Metrics;
using PatternAnalysis.Options;
using PatternAnalysis.Payloads;
using PatternAnalysis.Sequences;
using PatternAnalysis.Worth;

namespace PatternAnalysis.Workflows;

/// <summary>
/// Takes the events of a few cases with all that their payloads say, and finds a pattern in them. Events become cases as in the run that
/// the pattern's evidence comes from, so borders, sub-agents, parallel, refused and left-out calls are those of the analysis.
/// </summary>
internal sealed class OccurrenceCollector : IHookEventSink
{
    private readonly HashSet<string> _examples;
    private readonly HashSet<string> _exampleSources;
    private readonly EventSequencer _sequencer;
    private readonly Dictionary<long, ToolUse> _uses = [];
    private readonly Utf8Interner _sessions = new();
    private readonly List<bool> _isWanted = [];

    /// <summary>Makes a collector.</summary>
    /// <param name="query">Which events the run read.</param>
    /// <param name="activity">How they became steps.</param>
    /// <param name="examples">The names of the cases to look into, as they are stored: masked.</param>
    public OccurrenceCollector(EventQuery query, ActivityOptions activity, IEnumerable<string> examples)
    {
        _examples = [.. examples];
        _exampleSources = [.. _examples.Select(WithoutLabel)];

        // The example sessions are looked at whole: several runs may have seen a part of each.
        _sequencer = new EventSequencer(query with { Window = TimeWindow.Always, SessionFilter = null }, activity);
        Query = _sequencer.StoreQuery with { ReadsPayload = true };
    }

    /// <summary>A collector that takes events as the run did that a pattern's evidence comes from.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="runs">The runs.</param>
    /// <param name="rules">The rules to judge by.</param>
    /// <param name="examples">The names of the cases to look into.</param>
    public static OccurrenceCollector Of(PatternApproval pattern, IRunHistory runs, DangerRuleSet rules, IEnumerable<string> examples)
    {
        var options = runs.FindRunOf(pattern.PatternId)?.Options;
        return new OccurrenceCollector(
            StoredOptions.Read<EventQuery>(options) ?? new EventQuery(),
            (StoredOptions.Read<ActivityOptions>(options) ?? new ActivityOptions()) with
            {
                Rules = rules,
            },
            examples
        );
    }

    /// <summary>Says that no session holds the pattern now.</summary>
    public static PatternAnalysisException NotFound(PatternApproval pattern, int sessions) =>
        new(
            ErrorCatalogue.OccurrencesNotFound,
            $"The events of pattern '{pattern.PatternId}' are not in the database: none of its {sessions} sessions holds it now. "
                + "Give the database that it was found in, or analyse again: only runs of this version keep what they were asked for."
        );

    /// <summary>The events to add.</summary>
    public EventQuery Query { get; }

    public void Add(in HookEventRow row)
    {
        var session = _sessions.Add(row.SessionId);
        if (session == _isWanted.Count)
            _isWanted.Add(HoldsExample(_sessions[session]));
        if (!_isWanted[session])
            return;

        _sequencer.Add(row);
        _uses[row.InsertionId] = ToolUseReader.Read(Encoding.UTF8.GetString(row.ToolName), row.Payload);
    }

    public void Restart()
    {
        _uses.Clear();
        _sequencer.Restart();
    }

    /// <summary>
    /// The occurrences of a pattern, from left to right without overlap, case after case. A step that ends in <c>+</c> takes a run of its
    /// activity. Of a variant those with a destructive step are none.
    /// </summary>
    public IReadOnlyList<Occurrence> Find(PatternApproval pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return Find(pattern, byOperation: false) is { Count: > 0 } found ? found : Find(pattern, byOperation: true);
    }

    private List<Occurrence> Find(PatternApproval pattern, bool byOperation)
    {
        string[] wanted = [.. StepText.Split(pattern.ToolSequence)];
        var isVariant = pattern.Without is not null;
        var occurrences = new List<Occurrence>();
        var tables = _sequencer.NewTables();
        HashSet<string>? detailed = null;
        _sequencer.VisitCases(
            tables,
            (id, _, steps) =>
            {
                if (!IsExample(id))
                    return;

                detailed ??= byOperation ? [] : [.. tables.Facts.All.SelectMany(StepCatalog.DetailedNames)];
                var described = new Step[steps.Length];
                var edited = new EditedFiles();
                for (var i = 0; i < steps.Length; i++)
                {
                    described[i] = new Step(
                        [
                            .. NamesOf(tables.Facts[steps[i].Facts], detailed)
                                .Prepend(tables.Activities[tables.ActivityOf(steps[i])])
                                .Distinct(),
                        ],
                        _uses[steps[i].InsertionId],
                        tables.Verdicts[steps[i].Verdict].Verdict,
                        tables.Facts[steps[i].Facts],
                        steps[i].Ticks
                    )
                    {
                        Edited = edited.Files,
                    };
                    edited.Take(described[i].Facts);
                }

                var conditions = ConditionsOf(described);
                for (var at = 0; at < described.Length; )
                {
                    var matched = Match(described, at, wanted, out var end);
                    if (isVariant && matched?.Any(step => step.Verdict.Level == DangerLevel.Destructive) == true)
                        matched = null;
                    if (matched is not null)
                        occurrences.Add(new Occurrence(id, matched) { Condition = ConditionOf(conditions, at, end), Case = conditions });
                    at = matched is null ? at + 1 : end;
                }
            }
        );
        return occurrences;
    }

    // A case is named "session", "session/agent", or either with "#" and the label of a part behind. Where a part begins depends on the
    // window of the run that saw it, so every part of an example's session may hold the pattern.
    private bool IsExample(string id) => _exampleSources.Contains(WithoutLabel(id)) || _examples.Contains(SecretMasker.MaskIdentifier(id));

    private static string WithoutLabel(string id) => id.LastIndexOf('#') is > 0 and var end ? id[..end] : id;

    private bool HoldsExample(string session)
    {
        var masked = SecretMasker.Mask(session);
        return _examples.Any(example => Begins(example, session) || Begins(example, masked));

        static bool Begins(string example, string session) =>
            example.StartsWith(session, StringComparison.Ordinal)
            && (example.Length == session.Length || example[session.Length] is '/' or '#');
    }

    // What another step does as it stands is no operation's name: "mise run test" is not "mise run test && ./check.sh".
    private static IEnumerable<string> NamesOf(StepFacts facts, HashSet<string> detailed)
    {
        string[] own = [.. StepCatalog.DetailedNames(facts)];
        return StepCatalog.AllNames(facts).Where(name => own.Contains(name) || !detailed.Contains(name));
    }

    // Whether a text recurs is known of the whole log only; that it is known at all stands for it.
    private static HookCondition[] ConditionsOf(Step[] steps)
    {
        var conditions = new HookCondition[steps.Length];
        var chain = new EditChain<string>();
        for (var at = 0; at < steps.Length; at++)
        {
            var facts = steps[at].Facts;
            var isEdit = facts.Hint == StepHint.Edit;
            var checksEdit = chain.Take(steps[at].Names[0], isEdit, facts is { Exact: not null, Hint: not StepHint.Look });
            // A pattern that begins with its edit is a hook after it as well.
            conditions[at] =
                (checksEdit || isEdit ? HookCondition.AfterEdit : 0)
                | (at < StepValues.OpeningSteps ? HookCondition.AtStart : 0)
                | (MakesCommit(facts) ? HookCondition.BeforeCommit : 0);
        }

        return conditions;
    }

    // It stands before a commit when the commit is the next step.
    private static HookCondition ConditionOf(HookCondition[] conditions, int at, int end) =>
        (conditions[at] & ~HookCondition.BeforeCommit)
        | (end < conditions.Length ? conditions[end] & HookCondition.BeforeCommit : HookCondition.None);

    private static bool MakesCommit(StepFacts facts) =>
        facts.Template?.Parts.Any(part => part.Program.StartsWith("git commit", StringComparison.Ordinal)) == true;

    private static Step[]? Match(Step[] steps, int at, string[] wanted, out int end)
    {
        var matched = new Step[wanted.Length];
        for (var i = 0; i < wanted.Length; i++)
        {
            end = at;
            if (at == steps.Length)
                return null;
            matched[i] = steps[at];
            if (steps[at].Names.Contains(wanted[i]))
            {
                at++;
                continue;
            }

            for (; at < steps.Length && wanted[i].EndsWith('+') && steps[at].Names.Contains(wanted[i][..^1]); at++)
                matched[i] = matched[i].With(steps[at]);
            if (at - end < 2)
                return null;
        }

        end = at;
        return matched;
    }

    /// <summary>
    /// A step with all that is known of it, its names among it: which one it went by depended on the sessions around it. Of a run the
    /// first step speaks for it, and the worst for its danger.
    /// </summary>
    internal sealed record Step(IReadOnlyList<string> Names, ToolUse Use, DangerVerdict Verdict, StepFacts Facts, long Ticks)
    {
        /// <summary>The files of the last edits before it.</summary>
        public IReadOnlyList<string> Edited { get; init; } = [];

        /// <summary>What the verdict is about.</summary>
        public ToolUse Judged { get; private init; } = Use;

        /// <summary>This step and another of its run.</summary>
        public Step With(Step other) =>
            other.Verdict.Level > Verdict.Level ? this with { Verdict = other.Verdict, Judged = other.Judged } : this;
    }

    /// <summary>An occurrence: a step for each step of the pattern.</summary>
    internal sealed record Occurrence(string CaseId, IReadOnlyList<Step> Steps)
    {
        /// <summary>Where it stands.</summary>
        public HookCondition Condition { get; init; }

        /// <summary>Where each step of its case stands; a commit itself stands for what is before it.</summary>
        public IReadOnlyList<HookCondition> Case { get; init; } = [];

        /// <summary>The worst of its steps.</summary>
        public DangerVerdict Danger => Steps.Aggregate(DangerVerdict.Safe, (worst, step) => DangerVerdict.Worst(worst, step.Verdict));
    }
}
