using System.Text;
using System.Text.RegularExpressions;

namespace PatternAnalysis.Masking;

/// <summary>Home folders, which name a person, in their spellings on each system, in WSL, JSON and <c>file:</c> addresses.</summary>
internal sealed partial class HomeFolderRule : IMaskingRule
{
    private const string Ends = "/\\\"':;|&<>()*?\r\n\t`=,";
    private const int LongestName = 64;
    private const int MostWords = 4;

    private static readonly string[] s_nobody = ["Public", "Shared", "Default", "All Users", "Default User"];

    public IReadOnlyCollection<string> Signs { get; } = ["home", "users", "documents and settings"];

    public string Apply(string text)
    {
        StringBuilder? masked = null;
        var quotes = new OpenQuotes(text);
        var copied = 0;
        foreach (var match in Folder().EnumerateMatches(text))
        {
            var start = match.Index + LengthBefore(text.AsSpan(match.Index, match.Length));
            var name = match.Index + match.Length;
            quotes.MoveTo(start);
            var end = EndOfName(text, name, quotes.HasAny || IsWholeBefore(text, match.Index));
            if (start < copied || end == name || Array.Exists(s_nobody, nobody => text.AsSpan(name, end - name).SequenceEqual(nobody)))
                continue;

            masked ??= new StringBuilder(text.Length);
            masked.Append(text, copied, start - copied).Append('~');
            copied = end;
        }

        return masked is null ? text : masked.Append(text, copied, text.Length - copied).ToString();
    }

    // What the path is set off by stays: "file://", a character, the option that it is the value of.
    private static int LengthBefore(ReadOnlySpan<char> match) =>
        match.StartsWith("file://", StringComparison.OrdinalIgnoreCase) ? "file://".Length
        : match.LastIndexOf(':') is > 0 and var drive ? drive - 1
        : match.IndexOfAny('/', '\\');

    private static bool IsWholeBefore(string text, int place) => place == 0 || text[place] is '\n';

    /// <summary>
    /// The end of a name. One of several words is taken when a folder follows it inside of quotes, at the beginning of a text that is a
    /// path, with its blanks escaped, or when each of its words begins with a capital.
    /// </summary>
    private static int EndOfName(string text, int start, bool mayHoldBlanks)
    {
        var firstWord = -1;
        var words = 1;
        var areCapital = true;
        for (var i = start; i < text.Length && i - start <= LongestName; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] == ' ')
                i++;
            else if (text[i] == ' ')
            {
                if (firstWord < 0)
                    firstWord = i;
                if (++words > MostWords || i + 1 == text.Length)
                    return firstWord;
                areCapital &= char.IsUpper(text[i + 1]);
            }
            else if (Ends.Contains(text[i], StringComparison.Ordinal))
            {
                if (firstWord < 0)
                    return i;
                var isWhole = text[i] is '/' or '\\' ? mayHoldBlanks || areCapital : text[i] is '"' or '\'' && mayHoldBlanks && areCapital;
                return isWhole ? i : firstWord;
            }
        }

        var end = Math.Min(text.Length, start + LongestName);
        return firstWord >= 0 ? firstWord
            : text.AsSpan(end).IndexOfAny(Ends + " ") is >= 0 and var rest ? end + rest
            : text.Length;
    }

    // Nearly every hook event holds such a path, and a recorder lives for one event: this pattern is compiled ahead of time.
    [GeneratedRegex(
        @"(^|[^A-Za-z0-9._~/\\-]|file://|(^|\s)-[A-Za-z])((/mnt)?/[a-z])?(/var)?/(home|Users)/"
            + @"|(^|[^A-Za-z0-9._~-])[A-Za-z]:(\\{1,2}|/)(Users|Documents and Settings)(\\{1,2}|/)"
            + @"|(^|[^A-Za-z0-9._~-])\\\\[A-Za-z0-9.$-]+\\(home|Users)\\",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Folder();
}
