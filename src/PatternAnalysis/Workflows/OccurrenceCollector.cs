using System.Text;
using PatternAnalysis.Activities;
using PatternAnalysis.Danger;
using PatternAnalysis.Events;
using PatternAnalysis.Masking;
using PatternAnalysis.Payloads;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Workflows;

/// <summary>
/// Takes the events of a few cases with all that their payloads say, and finds a pattern in them. Which activities and cases a pattern was
/// found with is
/// not stored, but the names of its example cases tell: events become cases in every way at once, and the way counts in which a case has
/// such a name and
/// holds the pattern. So borders, sub-agents, parallel and refused calls are those of the analysis.
/// </summary>
internal sealed class OccurrenceCollector : IHookEventSink
{
    private readonly HashSet<string> _examples;
    private readonly EventSequencer[] _ways;
    private readonly Dictionary<long, ToolUse> _uses = [];
    private readonly Utf8Interner _sessions = new();
    private readonly List<bool> _isWanted = [];

    /// <summary>Makes a collector.</summary>
    /// <param name="examples">The names of the cases to look into, as they are stored: masked.</param>
    public OccurrenceCollector(IEnumerable<string> examples)
    {
        _examples = [.. examples];
        var query = new EventQuery();
        _ways =
        [
            .. from model in new[] { ActivityModel.Adaptive, ActivityModel.Operation, ActivityModel.Tool }
            from kind in Enum.GetValues<CaseKind>()
            select new EventSequencer(query, new ActivityOptions { Model = model, Case = kind }),
        ];
        Query = query with { ReadsPayload = true, EventTypes = [.. _ways.SelectMany(way => way.StoreQuery.EventTypes).Distinct()] };
    }

    /// <summary>The events to add.</summary>
    public EventQuery Query { get; }

    public void Add(in HookEventRow row)
    {
        var session = _sessions.Add(row.SessionId);
        if (session == _isWanted.Count)
            _isWanted.Add(HoldsExample(_sessions[session]));
        if (!_isWanted[session])
            return;

        foreach (var way in _ways)
            way.Add(row);
        _uses[row.InsertionId] = ToolUseReader.Read(Encoding.UTF8.GetString(row.ToolName), row.Payload);
    }

    public void Restart()
    {
        _uses.Clear();
        foreach (var way in _ways)
            way.Restart();
    }

    /// <summary>
    /// The occurrences, from left to right without overlap, case after case. A wanted step that ends in <c>+</c> takes a run of its
    /// activity.
    /// </summary>
    public IReadOnlyList<Occurrence> Find(IReadOnlyList<string> wanted) =>
        _ways.Select(way => Find(way, wanted)).FirstOrDefault(occurrences => occurrences.Count > 0) ?? [];

    private List<Occurrence> Find(EventSequencer way, IReadOnlyList<string> wanted)
    {
        var occurrences = new List<Occurrence>();
        var tables = way.NewTables();
        way.VisitCases(
            tables,
            (id, _, steps) =>
            {
                if (!_examples.Contains(id) && !_examples.Contains(SecretMasker.MaskIdentifier(id)))
                    return;

                var described = new Step[steps.Length];
                for (var i = 0; i < steps.Length; i++)
                    described[i] = new Step(
                        [
                            .. StepCatalog
                                .AllNames(tables.Facts[steps[i].Facts])
                                .Prepend(tables.Activities[tables.ActivityOf(steps[i])])
                                .Distinct(),
                        ],
                        _uses[steps[i].InsertionId],
                        tables.Verdicts[steps[i].Verdict]
                    );
                for (var at = 0; at < described.Length; )
                {
                    var matched = Match(described, at, wanted, out var end);
                    if (matched is not null)
                        occurrences.Add(new Occurrence(id, matched));
                    at = matched is null ? at + 1 : end;
                }
            }
        );
        return occurrences;
    }

    // A case is named "session", "session/agent", or either with "#" and a label behind.
    private bool HoldsExample(string session)
    {
        var masked = SecretMasker.Mask(session);
        return _examples.Any(example => Begins(example, session) || Begins(example, masked));

        static bool Begins(string example, string session) =>
            example.StartsWith(session, StringComparison.Ordinal)
            && (example.Length == session.Length || example[session.Length] is '/' or '#');
    }

    private static Step[]? Match(Step[] steps, int at, IReadOnlyList<string> wanted, out int end)
    {
        var matched = new Step[wanted.Count];
        for (var i = 0; i < wanted.Count; i++)
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

            while (at < steps.Length && wanted[i].EndsWith('+') && steps[at].Names.Contains(wanted[i][..^1]))
                at++;
            if (at - end < 2)
                return null;
        }

        end = at;
        return matched;
    }

    /// <summary>
    /// A step with all that is known of it, its names among it: which one it went by depended on the sessions around it. Of a run the first step speaks for it.
    /// </summary>
    internal sealed record Step(IReadOnlyList<string> Names, ToolUse Use, DangerVerdict Verdict);

    /// <summary>An occurrence: a step for each step of the pattern.</summary>
    internal sealed record Occurrence(string CaseId, IReadOnlyList<Step> Steps);
}
