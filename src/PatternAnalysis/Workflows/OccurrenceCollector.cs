using System.Text;
using PatternAnalysis.Activities;
using PatternAnalysis.Danger;
using PatternAnalysis.Events;
using PatternAnalysis.Payloads;

namespace PatternAnalysis.Workflows;

/// <summary>Takes the events of a few sessions with all that their payloads say, and finds a pattern in them.</summary>
internal sealed class OccurrenceCollector(EventQuery query, ActivityModel model) : IHookEventSink
{
    private readonly StepReader _reader = new(model, new DangerAssessor(DangerRuleSet.BuiltIn));
    private readonly Dictionary<string, List<Step>> _sessions = [];

    public void Add(in HookEventRow row)
    {
        if (row.SessionId.IsEmpty || row.ToolName.IsEmpty || row.UtcTicks is not { } ticks)
            return;
        var session = Encoding.UTF8.GetString(row.SessionId);
        if (query.SessionFilter?.Invoke(session) == false)
            return;

        if (!_sessions.TryGetValue(session, out var steps))
            _sessions.Add(session, steps = []);
        var tool = Encoding.UTF8.GetString(row.ToolName);
        var description = _reader.Read(tool, row.Payload);
        steps.Add(new Step(ticks, row.InsertionId, description.Activity, ToolUseReader.Read(tool, row.Payload), description.Verdict));
    }

    public void Restart() => _sessions.Clear();

    /// <summary>The occurrences, from left to right without overlap, session after session. A wanted step that ends in <c>+</c> takes a run of its activity.</summary>
    public IReadOnlyList<Occurrence> Find(IReadOnlyList<string> wanted)
    {
        var occurrences = new List<Occurrence>();
        foreach (var (session, steps) in _sessions.OrderBy(session => session.Key, StringComparer.Ordinal))
        {
            steps.Sort((a, b) => a.Ticks != b.Ticks ? a.Ticks.CompareTo(b.Ticks) : a.InsertionId.CompareTo(b.InsertionId));
            for (var at = 0; at < steps.Count;)
            {
                var matched = Match(steps, at, wanted, out var end);
                if (matched is not null)
                    occurrences.Add(new Occurrence(session, matched));
                at = matched is null ? at + 1 : end;
            }
        }

        return occurrences;
    }

    private static Step[]? Match(List<Step> steps, int at, IReadOnlyList<string> wanted, out int end)
    {
        var matched = new Step[wanted.Count];
        for (var i = 0; i < wanted.Count; i++)
        {
            end = at;
            if (at == steps.Count)
                return null;
            matched[i] = steps[at];
            if (steps[at].Activity == wanted[i])
            {
                at++;
                continue;
            }

            while (at < steps.Count && steps[at].Activity + "+" == wanted[i])
                at++;
            if (at - end < 2)
                return null;
        }

        end = at;
        return matched;
    }

    /// <summary>A step with all that is known of it; of a run the first step speaks for it.</summary>
    internal sealed record Step(long Ticks, long InsertionId, string Activity, ToolUse Use, DangerVerdict Verdict);

    /// <summary>An occurrence: a step for each step of the pattern.</summary>
    internal sealed record Occurrence(string SessionId, IReadOnlyList<Step> Steps);
}
