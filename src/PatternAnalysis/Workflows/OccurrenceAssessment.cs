using System.Globalization;
using PatternAnalysis.Danger;

namespace PatternAnalysis;

/// <summary>How dangerous one occurrence of a stored pattern is, step by step.</summary>
/// <param name="PatternId">The pattern.</param>
/// <param name="SessionId">The session, masked.</param>
/// <param name="StartedAt">When its first step happened, in UTC.</param>
/// <param name="Level">The worst of its steps.</param>
/// <param name="RuleId">The rule that decided; null when nothing spoke against it.</param>
/// <param name="Reason">Why the rule exists.</param>
/// <param name="Steps">Its steps, in order.</param>
public sealed record OccurrenceAssessment(
    string PatternId,
    string SessionId,
    DateTimeOffset StartedAt,
    DangerLevel Level,
    string? RuleId,
    string? Reason,
    StepAssessment[] Steps
)
{
    /// <summary>The session, masked.</summary>
    public string SessionId { get; } = InvisibleText.Escape(SessionId);

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Level}, {StartedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z, session {SessionId}");
}

/// <summary>A step of an occurrence with its verdict.</summary>
/// <param name="Activity">The step's name in the pattern.</param>
/// <param name="Command">What was run, or the file or tool that was used, masked.</param>
/// <param name="Level">Its verdict.</param>
/// <param name="RuleId">The rule that gave it; null when nothing spoke against it.</param>
/// <param name="Segment">The part that the rule matched, masked.</param>
public sealed record StepAssessment(string Activity, string Command, DangerLevel Level, string? RuleId, string? Segment)
{
    /// <summary>The step's name in the pattern.</summary>
    public string Activity { get; } = InvisibleText.Escape(Activity);

    /// <summary>What was run, or the file or tool that was used, masked.</summary>
    public string Command { get; } = InvisibleText.Escape(Command, allowLines: true);

    /// <summary>The part that the rule matched, masked.</summary>
    public string? Segment { get; } = Segment is null ? null : InvisibleText.Escape(Segment, allowLines: true);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Level}: {Command}");
}
