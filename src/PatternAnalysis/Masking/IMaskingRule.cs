namespace PatternAnalysis.Masking;

/// <summary>One kind of secret, and how it is taken out of a text.</summary>
internal interface IMaskingRule
{
    /// <summary>The text without what the rule knows; the same instance when there is nothing. Time is linear in the text.</summary>
    string Apply(string text);
}
