namespace PatternAnalysis.Masking;

/// <summary>One kind of secret, and how it is taken out of a text.</summary>
internal interface IMaskingRule
{
    /// <summary>
    /// A text that holds none of these, in upper or lower case, is left as it is. Where nothing can stand behind one, it is
    /// none.
    /// </summary>
    IReadOnlyCollection<string> Signs { get; }

    /// <summary>Whether no letter or digit stands right before or behind a sign.</summary>
    bool SignsAreWords => false;

    /// <summary>The text without what the rule knows; the same instance when there is nothing. Time is linear in the text.</summary>
    string Apply(string text);
}
