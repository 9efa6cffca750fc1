using System.Globalization;
using PatternAnalysis.Activities;
using PatternAnalysis.Danger;
using PatternAnalysis.Masking;

namespace PatternAnalysis.Sequences;

/// <summary>The rules that steps are derived by: steps that were made by others are made anew.</summary>
/// <param name="Danger">The rules of what is dangerous.</param>
internal sealed record StepRules(DangerRuleSet Danger)
{
    /// <summary>Grows when an event is derived another way that none of the other versions tells of.</summary>
    public const int Version = 2;

    /// <summary>What names the rules: each kind with its version.</summary>
    /// <param name="timeZone">The zone of times that are stored without one; null for UTC.</param>
    public string Name(TimeZoneInfo? timeZone) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"steps {Version}, names {StepFacts.RulesVersion}, danger {DangerAssessor.Version}:{Danger.Fingerprint}, "
                + $"masking {SecretMasker.Version}, zone {ZoneName.Of(timeZone)}"
        );
}
