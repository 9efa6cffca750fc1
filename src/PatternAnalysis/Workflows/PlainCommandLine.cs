using System.Text.RegularExpressions;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Workflows;

/// <summary>
/// The lines of bash that a script takes over: simple commands joined by <c>&amp;&amp;</c>, <c>||</c>, <c>|</c> and <c>;</c>. Whatever
/// else a recorded command is made of (substitutions, loops, redirections into files, half a quote) could be no bash, or take the next
/// lines with it.
/// </summary>
internal static partial class PlainCommandLine
{
    private static readonly string[] s_reserved =
    [
        "if",
        "then",
        "elif",
        "else",
        "fi",
        "for",
        "while",
        "until",
        "select",
        "do",
        "done",
        "case",
        "esac",
        "function",
        "coproc",
        "{",
        "}",
        "[[",
        "!",
    ];

    /// <summary>Whether words are such a line, and all of it is known.</summary>
    public static bool Is(IReadOnlyList<string> words)
    {
        var commandBegins = true;
        foreach (var word in words)
        {
            var joins = IsJoint(word);
            if (joins ? commandBegins : !(Word().IsMatch(word) || Redirection().IsMatch(word)) || s_reserved.Contains(word.TrimEnd(';')))
                return false;
            commandBegins = joins || word[^1] == ';';
        }

        return words[^1] is not ("&&" or "||" or "|") && !ShellReader.Read(string.Join(' ', words), ShellDialect.Posix).HasUnknown;
    }

    /// <summary>Whether another command stands behind a word of such a line.</summary>
    public static bool Joins(string word) => IsJoint(word) || word[^1] == ';';

    private static bool IsJoint(string word) => word is "&&" or "||" or "|" or ";";

    // Quoted text, escaped characters, variables without braces; at most a semicolon behind.
    [GeneratedRegex("""^(?!#)(?:'[^']*'|"(?:[^"\\`$]|\\.|\$(?![({\[]))*"|\\.|\$(?![({\['"])|[^\s'"\\`$;&|<>()])+;?$""")]
    private static partial Regex Word();

    // Redirections to /dev/null or from one stream to the other, but none to a file.
    [GeneratedRegex("^[0-2&]?>>?(?:&[12]|/dev/null);?$")]
    private static partial Regex Redirection();
}
