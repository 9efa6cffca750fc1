using System.Text.RegularExpressions;

namespace PatternAnalysis.Masking;

/// <summary>
/// A form that a regular expression describes: the groups <c>before</c> and <c>after</c> stay, what is between them goes.
/// </summary>
/// <param name="sign">What every match holds, in upper or lower case. A text without it is not searched: making the expression takes
/// milliseconds.</param>
/// <param name="pattern">What a secret looks like.</param>
internal sealed class PatternRule(string sign, string pattern) : IMaskingRule
{
    private readonly BoundedRegex _regex = new(pattern);

    public IReadOnlyCollection<string> Signs { get; } = [sign];

    public string Apply(string text) => _regex.Replace(text, Replace);

    private static string Replace(Match match)
    {
        var before = match.Groups["before"].Value;
        var after = match.Groups["after"].Value;
        var secret = match.ValueSpan[before.Length..^after.Length];
        return SecretValue.IsReference(secret) ? match.Value : before + SecretValue.Hide(secret) + after;
    }
}
