using System.Text;
using System.Text.RegularExpressions;

namespace PatternAnalysis.Options;

/// <summary>
/// Names that match one of several wildcards, as PowerShell reads them: <c>*</c>, <c>?</c>, <c>[abc]</c>, <c>[a-z]</c>, a backtick before
/// what stands for itself; upper and lower case are the same. Immutable, and may be asked by several threads at once.
/// A name is matched in time that grows with its length only, whatever the wildcards.
/// </summary>
public sealed class WildcardFilter : IEquatable<WildcardFilter>
{
    private readonly Regex[] _expressions;

    private WildcardFilter(string[] wildcards)
    {
        Wildcards = wildcards;
        _expressions = Array.ConvertAll(
            wildcards,
            wildcard => new Regex(
                Translate(wildcard),
                RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.NonBacktracking
            )
        );
    }

    /// <summary>The wildcards, as they were given.</summary>
    public IReadOnlyList<string> Wildcards { get; }

    /// <summary>The filter of some wildcards; null, which takes all, when there is none.</summary>
    /// <exception cref="PatternAnalysisException"><c>InvalidWildcard</c>: a bracket is not closed, or a range runs backwards.</exception>
    public static WildcardFilter? Of(params IReadOnlyList<string>? wildcards) =>
        wildcards is { Count: > 0 } ? new WildcardFilter([.. wildcards]) : null;

    /// <summary>Whether one of the wildcards matches the whole name.</summary>
    public bool IsMatch(string name) => Array.Exists(_expressions, expression => expression.IsMatch(name));

    /// <inheritdoc/>
    public bool Equals(WildcardFilter? other) => other is not null && Wildcards.SequenceEqual(other.Wildcards);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as WildcardFilter);

    /// <inheritdoc/>
    public override int GetHashCode() => string.Join('\0', Wildcards).GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", Wildcards);

    private static string Translate(string wildcard)
    {
        var expression = new StringBuilder(@"\A");
        for (var i = 0; i < wildcard.Length; i++)
        {
            switch (wildcard[i])
            {
                case '*':
                    expression.Append(".*");
                    break;
                case '?':
                    expression.Append('.');
                    break;
                case '[':
                    i = TranslateBrackets(wildcard, i + 1, expression);
                    break;
                // One that stands at the end escapes nothing, and one that stands alone is nothing: as in PowerShell.
                case '`' when i + 1 < wildcard.Length:
                    Append(expression, wildcard[++i]);
                    break;
                case '`' when wildcard.Length == 1:
                    break;
                default:
                    Append(expression, wildcard[i]);
                    break;
            }
        }

        return expression.Append(@"\z").ToString();
    }

    /// <summary>Translates what stands between brackets; a bracket that closes at once stands for itself.</summary>
    /// <returns>Where the closing bracket is.</returns>
    private static int TranslateBrackets(string wildcard, int start, StringBuilder expression)
    {
        var members = new List<(char Letter, bool IsEscaped)>();
        var end = start;
        for (; end < wildcard.Length && (wildcard[end] != ']' || end == start); end++)
        {
            var isEscaped = wildcard[end] == '`';
            if (isEscaped && ++end == wildcard.Length)
                break;
            members.Add((wildcard[end], isEscaped));
        }

        if (end >= wildcard.Length)
            throw Invalid(wildcard, "a bracket is not closed; write `[ for the bracket itself");

        expression.Append('[');
        for (var i = 0; i < members.Count; i++)
        {
            var first = members[i].Letter;
            Append(expression, first);
            if (i + 2 >= members.Count || members[i + 1] != ('-', false))
                continue;
            var last = members[i += 2].Letter;
            if (first > last)
                throw Invalid(wildcard, $"the range {first}-{last} runs backwards");
            Append(expression.Append('-'), last);
        }

        expression.Append(']');
        return end;
    }

    private static void Append(StringBuilder expression, char letter) =>
        _ = char.IsAsciiLetterOrDigit(letter)
            ? expression.Append(letter)
            : expression.Append(@"\u").Append(((int)letter).ToString("x4", null));

    private static PatternAnalysisException Invalid(string wildcard, string reason) =>
        new(ErrorCatalogue.InvalidWildcard, $"'{wildcard}' is no wildcard: {reason}.");
}
