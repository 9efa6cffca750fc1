using System.Text.RegularExpressions;
using PatternAnalysis.Danger;

namespace PatternAnalysis.Copies;

/// <summary>Reads a verdict of its properties, or of its text.</summary>
internal static partial class DangerViews
{
    /// <summary>The verdict; null when there is none to be read.</summary>
    public static DangerVerdict? Read(object? value) =>
        value switch
        {
            DangerVerdict verdict => verdict,
            IObjectView view when ViewValues.Choice<DangerLevel>(view["Level"]) is { } level => Make(
                level,
                view.Text("RuleId"),
                view.Text("Category"),
                view.Text("Reason"),
                view.Text("Segment")
            ),
            string text when Form().Match(text) is { Success: true } match => Make(
                Enum.Parse<DangerLevel>(match.Groups["level"].Value, ignoreCase: true),
                match.Groups["rule"] is { Success: true, Value: var rule } ? rule : null,
                null,
                null,
                match.Groups["segment"] is { Success: true, Value: var segment } ? segment : null
            ),
            _ => null,
        };

    // A text names the rule; what it is about is known here.
    private static DangerVerdict Make(DangerLevel level, string? ruleId, string? category, string? reason, string? segment)
    {
        if (level == DangerLevel.Safe && ruleId is null && reason is null)
            return DangerVerdict.Safe;
        var rule = category is null ? DangerRuleSet.BuiltIn.Rules.FirstOrDefault(known => known.Id == ruleId) : null;
        return new DangerVerdict(
            level,
            ruleId,
            category ?? rule?.Category ?? DangerVerdict.UnknownCategory,
            reason ?? rule?.Why ?? "no rule knows it",
            segment
        );
    }

    [GeneratedRegex(
        @"\A(?<level>safe|unknown|destructive)(?: \[(?<rule>[^\]]+)\](?:: (?<segment>.*))?)?\z",
        RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.NonBacktracking
    )]
    private static partial Regex Form();
}
