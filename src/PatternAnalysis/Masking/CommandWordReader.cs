namespace PatternAnalysis.Masking;

/// <summary>A word of a command, with its quotes.</summary>
internal readonly record struct CommandWord(int Start, int End);

/// <summary>
/// Splits a text into commands and their words, as a shell would, and never fails: it serves to find what follows a program's name, not to
/// judge what runs.
/// </summary>
internal static class CommandWordReader
{
    /// <summary>What comes between two commands.</summary>
    public enum Joint
    {
        /// <summary>Anything but a pipe.</summary>
        Other,

        /// <summary>A pipe.</summary>
        Pipe,
    }

    /// <summary>Reads the words of the command at a place.</summary>
    /// <param name="text">The text.</param>
    /// <param name="position">Where it begins; afterwards where the next one does.</param>
    /// <param name="end">Where the text ends.</param>
    /// <param name="words">Its words.</param>
    /// <returns>What follows it.</returns>
    public static Joint ReadCommand(ReadOnlySpan<char> text, ref int position, int end, List<CommandWord> words)
    {
        words.Clear();
        while (position < end)
        {
            var character = text[position];
            switch (character)
            {
                case ' ' or '\t' or '\r':
                    position++;
                    break;
                case '\\' when position + 1 < end && text[position + 1] is '\n' or '\r':
                    position += 2;
                    break;
                case '|':
                    position++;
                    if (position < end && text[position] == '|')
                    {
                        position++;
                        return Joint.Other;
                    }

                    return Joint.Pipe;
                case '\n' or ';' or '&' or '(' or ')':
                    position++;
                    if (words.Count > 0)
                        return Joint.Other;
                    break;
                case '<' or '>':
                    var start = position;
                    while (position < end && text[position] is '<' or '>')
                        position++;
                    words.Add(new CommandWord(start, position));
                    break;
                default:
                    var word = position;
                    position = EndOfWord(text, position, end);
                    words.Add(new CommandWord(word, position));
                    break;
            }
        }

        return Joint.Other;
    }

    private static int EndOfWord(ReadOnlySpan<char> text, int place, int end)
    {
        while (place < end)
        {
            switch (text[place])
            {
                case ' ' or '\t' or '\r' or '\n' or ';' or '|' or '&' or '(' or ')' or '<' or '>':
                    return place;
                case '\\':
                    place += 2;
                    break;
                case '"' or '\'':
                    place = EndOfQuotes(text, place, end);
                    break;
                default:
                    place++;
                    break;
            }
        }

        return Math.Min(place, end);
    }

    // The place behind the quote that ends it. One that nothing ends is an apostrophe.
    private static int EndOfQuotes(ReadOnlySpan<char> text, int open, int end)
    {
        var quote = text[open];
        for (var i = open + 1; i < end; i++)
        {
            if (text[i] == '\\' && quote == '"')
                i++;
            else if (text[i] == quote)
                return i + 1;
        }

        return open + 1;
    }
}
