using System.Text.RegularExpressions;
using PatternAnalysis.Danger;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Copies;

/// <summary>Reads sequences of their properties.</summary>
internal static partial class SequenceViews
{
    /// <summary>The sequence; null when the object names no session, or no step.</summary>
    public static ToolSequence? Read(IObjectView view)
    {
        var steps = view.Text("Text") is { Length: > 0 } text ? [.. StepText.Split(text)] : view.Texts("Steps");
        if (view["SessionId"] is not string { Length: > 0 } session || steps.Length == 0 || steps.Any(string.IsNullOrEmpty))
            return null;

        var (first, last) = (view.Time("FirstSeen"), view.Time("LastSeen"));

        // An object that somebody made by hand has steps only, and no calls.
        if (!view.Has("Calls") && !view.Has("EventCount"))
            return new ToolSequence(session, steps, first, last);

        ToolCall?[] calls = [.. view.List("Calls").Select(ReadCall)];
        var isComplete = calls.Length == steps.Length && calls.All(call => call is not null);
        if (!isComplete)
            calls = new ToolCall?[steps.Length];
        else if (calls.All(call => call!.Danger is null))
            return new ToolSequence(session, steps, first, last);

        var dangers = calls.Select((call, step) => call?.Danger ?? LostDanger.Of([steps[step]])).ToArray();
        DangerVerdict[] verdicts = [.. dangers.Where(verdict => verdict != DangerVerdict.Safe).Distinct()];
        return SequenceCopies.Read(
            new SequenceCopy
            {
                Session = session,
                Steps = steps,
                Events = Math.Max(view.Count("EventCount"), steps.Length),
                First = first?.UtcTicks ?? 0,
                Last = (last ?? first)?.UtcTicks ?? 0,
                Times = Array.ConvertAll(calls, call => call?.StartedAt?.UtcTicks ?? first?.UtcTicks ?? 0),
                Outcomes = Array.ConvertAll(calls, call => (int)(call?.Outcome ?? CallOutcome.Unknown)),
                Milliseconds = Array.ConvertAll(calls, call => (long)(call?.Duration?.TotalMilliseconds ?? -1)),
                Verdict = Array.ConvertAll(dangers, verdict => Array.IndexOf(verdicts, verdict) + 1),
                Verdicts = verdicts,
                IsIncomplete = !isComplete,
                HadRecords = true,
            }
        );
    }

    private static ToolCall? ReadCall(object? value) =>
        value switch
        {
            ToolCall call => call,
            IObjectView view when view.Text("Activity") is { } activity => new ToolCall(
                activity,
                view.Time("StartedAt"),
                ViewValues.Choice<CallOutcome>(view["Outcome"]) ?? CallOutcome.Unknown,
                ViewValues.AsDuration(view["Duration"])
            )
            {
                Danger = DangerViews.Read(view["Danger"]) ?? (view["Danger"] is null ? null : LostDanger.Of([activity])),
            },
            string text when Form().Match(text) is { Success: true } match => new ToolCall(
                match.Groups["activity"].Value,
                ViewValues.AsTime(match.Groups["time"].Value),
                ViewValues.Choice<CallOutcome>(match.Groups["outcome"].Value) ?? CallOutcome.Unknown,
                ViewValues.AsDuration(match.Groups["duration"].Value)
            )
            {
                Danger = DangerViews.Read(match.Groups["danger"].Value.Replace("[", " [", StringComparison.Ordinal)),
            },
            _ => null,
        };

    [GeneratedRegex(
        @"\A(?<time>\S+) (?<outcome>\w+) (?<duration>\S+) (?<danger>-|safe|(?:unknown|destructive)(?:\[[^\]\s]+\])?) (?<activity>.*)\z",
        RegexOptions.Singleline | RegexOptions.NonBacktracking
    )]
    private static partial Regex Form();
}
