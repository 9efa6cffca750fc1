using PatternAnalysis.Automations;
using PatternAnalysis.Payloads;

namespace PatternAnalysis.Worth;

/// <summary>Finds what automates routines of a run already, and how often it was used in the same sessions.</summary>
/// <remarks>O(steps + distinct commands x automations that cover something).</remarks>
internal sealed class CoverageFinder(StepValues values, IReadOnlyList<ExistingAutomation> automations)
{
    private readonly AutomationMatcher _matcher = new(automations);
    private readonly Dictionary<ExistingAutomation, long> _uses = [];
    private Dictionary<string, long>? _texts;

    /// <summary>
    /// The same patterns, those that something covers behind the others that a turn could go by, and numbered anew.
    /// </summary>
    public MeasuredPattern[] Apply(IReadOnlyList<MeasuredPattern> appraised)
    {
        MeasuredPattern[] found = [.. appraised.Select(pattern => Find(pattern) is { } cover ? pattern.With(cover) : pattern)];
        return
        [
            .. found
                .OrderBy(pattern => pattern.Worth is { PartOf: null, MarginalTurns: > 0 } worth ? (worth.CoveredBy is null ? 0 : 1) : 2)
                .Select((pattern, rank) => pattern.With(pattern.Worth!.Ranked(rank + 1))),
        ];
    }

    private PatternWorth? Find(MeasuredPattern pattern)
    {
        if (pattern.Worth is not { SavedTurns: > 0 } worth)
            return null;

        string[] commands = [.. worth.Steps.Select(CommandOf).OfType<string>()];
        return commands.Length > 0 && _matcher.FindCover(commands) is { } automation
            ? worth.Covered(new RoutineCoverage(automation, UsesOf(automation), pattern.OccurrenceCount))
            : null;
    }

    // The form of a command, or what its name says of it; null for other tools.
    private static string? CommandOf(StepWorth step) =>
        IsCommand(step.Activity)
            ? step.Template ?? step.Activity[(step.Activity.IndexOf('(', StringComparison.Ordinal) + 1)..].TrimEnd('+', ')')
            : null;

    private static bool IsCommand(string activity) =>
        activity.IndexOf('(', StringComparison.Ordinal) is > 0 and var end && ShellTool.DialectOf(activity[..end]) is not null;

    private long UsesOf(ExistingAutomation automation)
    {
        if (_uses.TryGetValue(automation, out var uses))
            return uses;

        var program = automation.Name.Split(' ')[0];
        uses = (_texts ??= Texts())
            .Where(text => text.Key.Contains(program, StringComparison.Ordinal) && AutomationMatcher.IsUse(automation, text.Key))
            .Sum(text => text.Value);
        _uses.Add(automation, uses);
        return uses;
    }

    // What a shell was given, and the names of all other steps: those of skills and slash commands say which.
    private Dictionary<string, long> Texts()
    {
        var texts = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var position = 0; position < values.Corpus.StepCount; position++)
        {
            var activity = values.Corpus.Activity(values.Corpus.AllSteps[position]);
            var text = IsCommand(activity) ? values.Facts(position).Exact ?? values.Form(position) ?? activity : activity;
            texts[text] = texts.GetValueOrDefault(text) + 1;
        }

        return texts;
    }
}
