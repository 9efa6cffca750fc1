namespace PatternAnalysis.Metrics;

/// <summary>Why closed patterns are not shown.</summary>
public static class LeftOutPatterns
{
    /// <summary>It is another pattern several times over.</summary>
    public const string TandemPower = "tandem_power";

    /// <summary>It differs from another pattern in the lengths of its runs only.</summary>
    public const string SameRunFoldedForm = "same_run_folded_form";

    /// <summary>It nearly always stands in a longer pattern.</summary>
    public const string Subsumed = "subsumed";

    /// <summary>It is not among as many as were asked for.</summary>
    public const string NotAmongTop = "not_among_top";

    /// <summary>What a reason means, in words.</summary>
    public static string Explain(string reason) =>
        reason switch
        {
            TandemPower => "another pattern several times over",
            SameRunFoldedForm => "another pattern but for the lengths of its runs",
            Subsumed => "nearly always part of a longer pattern",
            NotAmongTop => "not among the number that was asked for",
            _ => reason,
        };
}
