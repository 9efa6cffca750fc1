using System.Text;

namespace PatternAnalysis.Scheduling;

/// <summary>Reads the words of a command again, as a scheduler holds it.</summary>
internal static class CommandWords
{
    /// <summary>Words in a shell's single quotes, as <see cref="Crontab"/> writes them.</summary>
    public static IReadOnlyList<string> OfShell(string command)
    {
        var (words, word, isQuoted, isWord) = (new List<string>(), new StringBuilder(), false, false);
        for (var i = 0; i < command.Length; i++)
        {
            var character = command[i];
            if (character == '\'')
                (isQuoted, isWord) = (!isQuoted, true);
            else if (isQuoted)
                word.Append(character);
            else if (character == '\\' && i + 1 < command.Length)
                word.Append(command[++i]);
            else if (character == ' ')
                End(words, word, ref isWord);
            else
                (_, isWord) = (word.Append(character), true);
        }

        End(words, word, ref isWord);
        return words;
    }

    /// <summary>
    /// Words in double quotes with escapes of a backslash: of systemd, and of Windows where a backslash stands before a
    /// quote.
    /// </summary>
    /// <param name="command">The command.</param>
    /// <param name="isWindows">Whether a backslash counts only before a quote.</param>
    public static IReadOnlyList<string> OfQuotes(string command, bool isWindows)
    {
        var (words, word, isQuoted, isWord) = (new List<string>(), new StringBuilder(), false, false);
        for (var i = 0; i < command.Length; i++)
        {
            var character = command[i];
            if (character == '\\' && Escapes(command, i, isWindows) is > 0 and var count)
            {
                word.Append('\\', isWindows ? count / 2 : 0);
                i += isWindows ? count - 1 : 0;
                if (!isWindows || count % 2 == 1)
                    word.Append(command[++i]);
                isWord = true;
            }
            else if (character == '"')
                (isQuoted, isWord) = (!isQuoted, true);
            else if (!isQuoted && character == ' ')
                End(words, word, ref isWord);
            else
                (_, isWord) = (word.Append(character), true);
        }

        End(words, word, ref isWord);
        return words;
    }

    // How many backslashes escape something here.
    private static int Escapes(string command, int at, bool isWindows)
    {
        var end = at;
        while (end < command.Length && command[end] == '\\')
            end++;
        return !isWindows ? (at + 1 < command.Length ? 1 : 0)
            : end < command.Length && command[end] == '"' ? end - at
            : 0;
    }

    private static void End(List<string> words, StringBuilder word, ref bool isWord)
    {
        if (isWord)
            words.Add(word.ToString());
        word.Clear();
        isWord = false;
    }
}
