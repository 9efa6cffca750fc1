namespace PatternAnalysis.Danger;

/// <summary>A rule file cannot be used. The message names the file, the rule and the field.</summary>
public sealed class DangerRuleException : PatternAnalysisException
{
    internal DangerRuleException(string source, string? ruleId, string? field, string problem, Exception? cause = null)
        : base(
            ErrorCatalogue.InvalidRuleFile,
            $"{source}: {(ruleId is null ? "" : $"rule '{ruleId}': ")}{(field is null ? "" : $"field '{field}': ")}{problem}",
            cause
        )
    {
        RuleId = ruleId;
        Field = field;
    }

    /// <summary>The rule that is at fault, when it is known.</summary>
    public string? RuleId { get; }

    /// <summary>The field that is at fault, when it is one.</summary>
    public string? Field { get; }
}
