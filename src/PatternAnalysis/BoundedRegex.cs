using System.Text.RegularExpressions;

namespace PatternAnalysis;

/// <summary>
/// A regular expression whose time is bounded on any text. The engine without backtracking takes linear time but milliseconds to build, a
/// hundred times what the other one takes; so short texts get the other one, as long as it answers at once. Both find the same matches.
/// </summary>
/// <param name="pattern">An expression without look-around and back-references.</param>
internal sealed class BoundedRegex(string pattern)
{
    /// <summary>
    /// What an expression of the product can take at worst grows with a power of the length, and is a millisecond or so for this one.
    /// </summary>
    public const int LongestQuickText = 512;

    private static readonly TimeSpan s_limit = TimeSpan.FromMilliseconds(100);

    private readonly Lazy<Regex> _quick = new(() => new Regex(pattern, RegexOptions.CultureInvariant, s_limit));
    private readonly Lazy<Regex> _linear = new(() => new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking));

    /// <summary>The expression's text.</summary>
    public string Pattern => pattern;

    /// <summary>Whether it matches somewhere in a text.</summary>
    public bool IsMatch(string text) => Run(text, regex => regex.IsMatch(text));

    /// <summary>The text with every match replaced.</summary>
    public string Replace(string text, MatchEvaluator evaluator) => Run(text, regex => regex.Replace(text, evaluator));

    /// <summary>Builds what takes linear time, which is used from then on.</summary>
    /// <exception cref="ArgumentException">It is no regular expression.</exception>
    /// <exception cref="NotSupportedException">It needs backtracking: a look-around, a back-reference.</exception>
    public void Validate() => _ = _linear.Value;

    private T Run<T>(string text, Func<Regex, T> use)
    {
        if (text.Length <= LongestQuickText && !_linear.IsValueCreated)
        {
            try
            {
                return use(_quick.Value);
            }
            catch (RegexMatchTimeoutException)
            {
                // Too much backtracking: the engine that takes linear time answers instead.
            }
        }

        return use(_linear.Value);
    }
}
