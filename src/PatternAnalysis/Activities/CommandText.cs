using System.Text;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Activities;

/// <summary>
/// The text of a command that is the same whenever the same is done: without a leading <c>cd</c>, without remarks around it, and without
/// what only cuts the output at its end.
/// </summary>
internal static class CommandText
{
    /// <summary>Longer commands are not typed again.</summary>
    public const int Longest = 400;

    /// <summary>The text, or null when it is too long to be one that recurs.</summary>
    /// <param name="command">The command.</param>
    /// <param name="script">What was read of it.</param>
    /// <param name="keepsFolder">A leading <c>cd</c> stays: the text is to be run, not only to be told from others.</param>
    public static string? Of(string command, ShellScript script, bool keepsFolder = false)
    {
        if (command.Length > Longest * 4)
            return null;

        var text = command.AsSpan().Trim();
        var segments = TopSegments(script);
        var (first, last) = (0, segments.Count - 1);
        for (; first < last && IsLeadIn(segments[first], keepsFolder) && TryDropStart(ref text, segments[first]); first++) { }

        for (var isDropped = true; isDropped; )
        {
            text = DropOutputRedirection(text);
            isDropped = first < last && IsLeadOut(segments[last]) && TryDropEnd(ref text, segments[last]);
            last -= isDropped ? 1 : 0;
        }

        return text.Length is 0 or > Longest ? null : OneLine(text);
    }

    private static List<ShellSegment> TopSegments(ShellScript script)
    {
        var segments = new List<ShellSegment>(script.Segments.Count);
        foreach (var segment in script.Segments)
        {
            if (segment.Depth == 0)
                segments.Add(segment);
        }

        return segments;
    }

    /// <summary>Whether a command goes to another folder than the one that it was called in.</summary>
    public static bool ChangesFolder(ShellScript script) => script.Segments.Any(ChangesFolder);

    // "cd ." is what is left of the work's own folder.
    private static bool ChangesFolder(ShellSegment segment) =>
        segment.Program is { } program
        && CommandVocabulary.FolderChanges.Contains(program)
        && segment.Arguments is not [{ Value: "." or "./" }];

    private static bool IsLeadIn(ShellSegment segment, bool keepsFolder) =>
        segment.Program is { } program
        && (
            (
                CommandVocabulary.FolderChanges.Contains(program)
                && segment.Operator is ShellOperator.And or ShellOperator.Sequence
                && !(keepsFolder && ChangesFolder(segment))
            )
            || (
                CommandVocabulary.Remarks.Contains(program)
                && segment.Redirections.Count == 0
                && segment.Operator is ShellOperator.And or ShellOperator.Sequence
            )
        );

    private static bool IsLeadOut(ShellSegment segment) =>
        CommandVocabulary.IsOutputFilter(segment)
        || (
            segment is { Upstream: null, Program: { } program }
            && CommandVocabulary.Remarks.Contains(program)
            && segment.Redirections.Count == 0
        );

    private static bool TryDropStart(ref ReadOnlySpan<char> text, ShellSegment segment)
    {
        if (!text.StartsWith(segment.Text, StringComparison.Ordinal))
            return false;
        var rest = text[segment.Text.Length..].TrimStart(" \t");
        var isJoined = rest.StartsWith("&&", StringComparison.Ordinal) || (rest.Length > 0 && rest[0] is ';' or '\n' or '\r');
        if (!isJoined)
            return false;
        text = rest.TrimStart("&;\r\n\t ");
        return true;
    }

    private static bool TryDropEnd(ref ReadOnlySpan<char> text, ShellSegment segment)
    {
        if (!text.EndsWith(segment.Text, StringComparison.Ordinal))
            return false;
        var rest = text[..^segment.Text.Length].TrimEnd();
        if (rest.Length == 0 || rest[^1] is not ('|' or '&' or ';' or '\n') || rest.EndsWith(";;", StringComparison.Ordinal))
            return false;
        text = rest.TrimEnd("|&;\r\n\t ");
        return true;
    }

    private static ReadOnlySpan<char> DropOutputRedirection(ReadOnlySpan<char> text)
    {
        while (true)
        {
            var rest = text.TrimEnd();
            ReadOnlySpan<string> endings =
            [
                "2>&1",
                "2>/dev/null",
                "2> /dev/null",
                "1>/dev/null",
                "&>/dev/null",
                ">/dev/null",
                "> /dev/null",
            ];
            var length = 0;
            foreach (var ending in endings)
            {
                if (rest.EndsWith(ending, StringComparison.Ordinal))
                {
                    length = ending.Length;
                    break;
                }
            }

            if (length == 0 || length == rest.Length)
                return rest;
            text = rest[..^length];
        }
    }

    // A name stands on one line. Line ends join commands, unless what is before them does so itself.
    private static string OneLine(ReadOnlySpan<char> text)
    {
        var line = new StringBuilder(text.Length);
        var space = false;
        foreach (var character in text)
        {
            if (character is ' ' or '\t' or '\r')
            {
                space = line.Length > 0;
                continue;
            }

            if (character == '\n')
            {
                if (line.Length > 0 && line[^1] is not (';' or '&' or '|' or '{' or '(' or '\\'))
                    line.Append(';');
                else if (line.Length > 0 && line[^1] == '\\')
                    line.Length--;
                space = true;
                continue;
            }

            if (space && line.Length > 0)
                line.Append(' ');
            space = false;
            line.Append(character);
        }

        return line.ToString();
    }
}
