using System.Collections.Concurrent;
using PatternAnalysis.Danger;
using PatternAnalysis.Masking;
using PatternAnalysis.Options;

namespace PatternAnalysis.Classification;

/// <summary>Decides a pattern's state from its evidence: destructive first, then the thresholds.</summary>
public sealed class PatternClassifier
{
    private readonly ClassificationPolicy _policy;

    // Thousands of patterns are made of a few hundred steps, so each step is judged once.
    private readonly ConcurrentDictionary<string, DangerVerdict?> _verdictOfName = new(StringComparer.Ordinal);

    /// <summary>Makes a classifier.</summary>
    /// <exception cref="PatternAnalysisException"><c>InvalidOption</c>: a threshold is out of its range.</exception>
    public PatternClassifier(ClassificationPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        OptionCatalogue.Check(policy);
        _policy = policy;
    }

    /// <summary>Classifies a pattern by what its run found.</summary>
    public ClassifiedPattern Classify(MeasuredPattern pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        var danger = Judge(pattern);
        return new ClassifiedPattern(
            pattern,
            _policy,
            danger,
            Decide(
                danger,
                pattern.ConfidenceScore,
                pattern.OccurrenceCount,
                pattern.EstimatedSavings,
                pattern.Without,
                pattern.Worth?.Kind ?? WorthKind.NotAssessed,
                pattern.Worth?.WorthUsdPer30Days
            )
        );
    }

    /// <summary>Decides by the names of the steps and the numbers alone, as the original does.</summary>
    /// <param name="steps">The pattern's activities.</param>
    /// <param name="confidence">Its confidence, in [0, 1].</param>
    /// <param name="occurrences">How often it occurs.</param>
    /// <param name="savings">What it would save, in US dollars.</param>
    public PolicyDecision Decide(IReadOnlyList<string> steps, double confidence, long occurrences, decimal savings)
    {
        ArgumentNullException.ThrowIfNull(steps);
        return Decide(JudgeNames(steps) ?? DangerVerdict.Safe, confidence, occurrences, savings);
    }

    /// <summary>
    /// Decides by danger and numbers: destructive patterns are rejected whatever the numbers; only safe ones are approved, and none in
    /// which there is nothing to automate.
    /// </summary>
    /// <param name="danger">How dangerous the pattern is.</param>
    /// <param name="confidence">Its confidence, in [0, 1].</param>
    /// <param name="occurrences">How often it occurs.</param>
    /// <param name="savings">What it would save, in US dollars.</param>
    /// <param name="without">What the pattern is a variant without, which only a person approves; null when it is none.</param>
    /// <param name="kind">What can be made of it.</param>
    /// <param name="worth">What it is worth in 30 days, in US dollars; null when that is not known.</param>
    public PolicyDecision Decide(
        DangerVerdict danger,
        double confidence,
        long occurrences,
        decimal savings,
        string? without = null,
        WorthKind kind = WorthKind.NotAssessed,
        double? worth = null
    )
    {
        ArgumentNullException.ThrowIfNull(danger);
        if (danger.Level == DangerLevel.Destructive)
            return new PolicyDecision(PatternStatus.AutoRejected, IsDestructive: true, [$"destructive: {Explain(danger)}"]);

        if (confidence < _policy.RejectConfidence)
        {
            return new PolicyDecision(
                PatternStatus.AutoRejected,
                IsDestructive: false,
                [$"confidence {Share(confidence)} is below {Share(_policy.RejectConfidence)}: too likely a coincidence"]
            );
        }

        string[] missing =
        [
            .. Missing(
                without is null,
                $"only a person approves a pattern whose destructive occurrences are left out (without: {without})"
            ),
            .. Missing(danger.Level == DangerLevel.Safe, $"not known to be safe: {Explain(danger)}"),
            .. Missing(
                confidence > _policy.ApproveConfidence,
                $"confidence {Share(confidence)} is not above {Share(_policy.ApproveConfidence)}"
            ),
            .. Missing(
                occurrences >= _policy.ApproveOccurrences,
                Text($"{occurrences:N0} occurrences are fewer than {_policy.ApproveOccurrences:N0}")
            ),
            .. Missing(savings >= _policy.ApproveSavings, Text($"savings of ${savings:N2} are below ${_policy.ApproveSavings:N2}")),
            .. Missing(kind != WorthKind.None, "there is nothing in it to automate"),
            .. Missing(kind != WorthKind.Guidance, "it can be made rarer, not automated"),
            .. MissingWorth(kind == WorthKind.NotAssessed ? null : worth),
        ];
        return missing.Length > 0
            ? new PolicyDecision(PatternStatus.Pending, IsDestructive: false, missing)
            : new PolicyDecision(
                PatternStatus.AutoApproved,
                IsDestructive: false,
                [
                    $"confidence {Share(confidence)} is above {Share(_policy.ApproveConfidence)}",
                    Text($"{occurrences:N0} occurrences are at least {_policy.ApproveOccurrences:N0}"),
                    Text($"savings of ${savings:N2} are at least ${_policy.ApproveSavings:N2}"),
                    .. Missing(_policy.ApproveWorth == 0, Text($"worth of ${worth:N2} in 30 days is at least ${_policy.ApproveWorth:N2}")),
                ]
            );
    }

    /// <summary>The rules' verdict on a pattern's occurrences, and the policy's words on the names of its tools.</summary>
    private DangerVerdict Judge(RepeatedPattern pattern)
    {
        var verdict = pattern.Place.Danger;
        return verdict.Level == DangerLevel.Destructive ? verdict : JudgeNames(pattern.Steps) ?? verdict;
    }

    private DangerVerdict? JudgeNames(IReadOnlyList<string> steps) =>
        steps.Select(step => _verdictOfName.GetOrAdd(step, JudgeName)).FirstOrDefault(verdict => verdict is not null);

    private DangerVerdict? JudgeName(string step)
    {
        // What stands in brackets is what the tool was used on; the rules judge that.
        var name = step.IndexOf('(', StringComparison.Ordinal) is > 0 and var end ? step[..end] : step;
        return _policy.DestructiveTools.FirstOrDefault(words => ToolNameWords.Contains(name, words)) is { } found
            ? new DangerVerdict(
                DangerLevel.Destructive,
                "policy.destructive-tool",
                "tools",
                $"the tool's name has the word '{found}'",
                SecretMasker.Mask(name, DangerVerdict.MaximumSegmentLength)
            )
            : null;
    }

    private IEnumerable<string> MissingWorth(double? worth) =>
        _policy.ApproveWorth == 0 || worth >= (double)_policy.ApproveWorth ? []
        : worth is null ? ["what it is worth in 30 days is not known"]
        : [Text($"worth of ${worth:N2} in 30 days is below ${_policy.ApproveWorth:N2}")];

    private static string Explain(DangerVerdict danger) => $"{danger.Reason} [{danger.RuleId}]: {danger.Segment}";

    private static IEnumerable<string> Missing(bool met, string reason) => met ? [] : [reason];

    // Down, not to nearest: 0.98999 must not read as the 99 % that it does not reach.
    private static string Share(double value) => Text($"{Math.Floor(value * 1e6 + 1e-6) / 1e4:0.####} %");

    private static string Text(InvariantText text) => text.Take();
}
