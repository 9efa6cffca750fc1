using System.Text.RegularExpressions;

namespace PatternAnalysis.Danger;

/// <summary>A rule's regular expression, built when it is first asked: most rules of a run are never reached.</summary>
internal sealed class RulePattern(string pattern)
{
    // No backtracking: a rule meets hostile text.
    private readonly Lazy<Regex> regex = new(() => new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));

    public bool IsMatch(string text) => regex.Value.IsMatch(text);

    /// <summary>Builds it now.</summary>
    /// <exception cref="ArgumentException">It is no regular expression.</exception>
    /// <exception cref="NotSupportedException">It needs backtracking: a look-around, a back-reference.</exception>
    public void Validate() => _ = regex.Value;
}
