using System.Buffers;
using PatternAnalysis.Masking;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Activities;

/// <summary>Tells what kind of thing a word of a command is.</summary>
internal static class CommandWord
{
    private const int LongestName = 40;

    private static readonly SearchValues<char> s_hexadecimal = SearchValues.Create("0123456789abcdefABCDEF-");
    private static readonly SearchValues<char> s_letters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    );

    /// <summary>The kind of a word.</summary>
    public static WordKind KindOf(ShellWord word)
    {
        var value = word.Value;
        if (value.Length == 0 || value.Length > 300 || value.AsSpan().ContainsAny(' ', '\n', '\t'))
            return WordKind.Text;
        if (IsNumber(value))
            return WordKind.Number;
        if (IsId(value))
            return WordKind.Id;
        if (IsPath(value))
            return WordKind.Path;
        return
            value.Length <= LongestName
            && value.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' or ':' or '@' or '=' or '+')
            ? WordKind.Name
            : WordKind.Text;
    }

    /// <summary>Whether somebody took the text out before it was stored: what stood there is not known to be the same.</summary>
    public static bool IsElided(string value) =>
        value.Length > 0
        && (value.Contains("***", StringComparison.Ordinal) || value.Trim().All(character => character is '.' or '…'))
        && value.Trim().Length >= (value.Contains('…', StringComparison.Ordinal) ? 1 : 3);

    private static bool IsNumber(string value)
    {
        var digits = value.AsSpan(value[0] is '#' or '-' or '+' ? 1 : 0);
        if (digits.Length == 0 || !char.IsAsciiDigit(digits[0]))
            return false;
        var unit = digits.TrimStart("0123456789.,:");
        return unit.Length <= 2 && unit.IndexOfAnyExceptInRange('a', 'z') < 0;
    }

    // A hash or a UUID has digits among its letters; a ticket is letters, a dash and digits; a range names two commits.
    private static bool IsId(string value)
    {
        var hexadecimal = value.AsSpan().IndexOfAnyExcept(s_hexadecimal) < 0;
        if (hexadecimal && value.Length >= 7 && value.AsSpan().ContainsAnyInRange('0', '9'))
            return true;
        if (
            value.Contains("..", StringComparison.Ordinal)
            && !value.Contains('/', StringComparison.Ordinal)
            && char.IsAsciiLetterOrDigit(value[0])
        )
            return true;
        if (value.StartsWith("HEAD", StringComparison.Ordinal) && (value.Length == 4 || value[4] is '~' or '^' or '@'))
            return true;
        var dash = value.LastIndexOf('-');
        return dash > 0
            && dash < value.Length - 1
            && value.AsSpan(dash + 1).IndexOfAnyExceptInRange('0', '9') < 0
            && value.AsSpan(0, dash).IndexOfAnyExceptInRange('A', 'Z') < 0;
    }

    private static bool IsPath(string value)
    {
        if (
            value.AsSpan().ContainsAny('/', '\\')
            || value[0] is '~'
            || value is "." or ".."
            || (value.Contains('*', StringComparison.Ordinal) && !value.Contains(SecretMasker.Mark, StringComparison.Ordinal))
        )
            return true;
        var dot = value.LastIndexOf('.');
        return dot >= 0
            && value.Length - dot - 1 is >= 1 and <= 10
            && value.AsSpan(dot + 1).IndexOfAnyExcept(s_letters) < 0
            && value[0] != '-';
    }
}
