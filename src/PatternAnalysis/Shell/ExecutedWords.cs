namespace PatternAnalysis.Shell;

/// <summary>The commands that a program which finds files is told to run for them.</summary>
internal static class ExecutedWords
{
    // The short options of fd that take a value: what follows one of them in a word is that value.
    private const string ValuesOfFd = "acdeoEStj";

    /// <summary>The commands, or <see langword="null"/> when the program is none of these.</summary>
    public static IReadOnlyList<IReadOnlyList<ShellWord>>? Find(string program, IReadOnlyList<ShellWord> arguments) =>
        program switch
        {
            "find" or "gfind" => Find(arguments, OptionOfFind),
            "fd" or "fdfind" => Find(arguments, OptionOfFd),
            _ => null,
        };

    // What the option is followed by inside its own word; null when it is another option.
    private static string? OptionOfFind(string word) => word is "-exec" or "-execdir" or "-ok" or "-okdir" ? "" : null;

    private static string? OptionOfFd(string word)
    {
        if (word.StartsWith("--exec", StringComparison.Ordinal) || word.StartsWith("--exe", StringComparison.Ordinal))
            return word.IndexOf('=', StringComparison.Ordinal) is >= 0 and var equals ? word[(equals + 1)..] : "";
        if (word is not ['-', not '-', ..])
            return null;
        var index = 1;
        while (index < word.Length && word[index] is not ('x' or 'X') && !ValuesOfFd.Contains(word[index], StringComparison.Ordinal))
            index++;
        return index < word.Length && word[index] is 'x' or 'X' ? word[(index + 1)..] : null;
    }

    private static List<IReadOnlyList<ShellWord>> Find(IReadOnlyList<ShellWord> arguments, Func<string, string?> option)
    {
        var found = new List<IReadOnlyList<ShellWord>>();
        for (var index = 0; index < arguments.Count; index++)
        {
            if (option(arguments[index].Value) is not { } attached)
                continue;
            var command = new List<ShellWord>();
            if (attached.Length > 0)
                command.Add(new ShellWord(attached));
            for (index++; index < arguments.Count && arguments[index].Value is not (";" or "+"); index++)
                command.Add(arguments[index]);
            if (command.Count > 0)
                found.Add(command);
        }

        return found;
    }
}
