namespace PatternAnalysis.Shell;

/// <summary>Finds the program that a command really runs, and the code that it hands to that program.</summary>
internal static class CommandResolver
{
    // "sudo sudo sudo ..." is legal; past this many wrappers nobody means it.
    private const int MaximumWrappers = 16;

    public static ResolvedCommand Resolve(CommandDraft draft, ShellDialect dialect)
    {
        var words = draft.Words;
        var assignments = draft.Assignments;
        var wrappers = new List<string>();
        var start = 0;
        while (start < words.Count && wrappers.Count < MaximumWrappers)
        {
            var path = words[start].Value;
            var name = ProgramName.FromPath(path);
            if (!KnownFolder.Holds(name, path[..ProgramName.FolderLength(path)]) && Interpreter.Find(name) is null)
                break;
            if (name is "env" && TrySplitEnvironmentString(words, start) is { } split)
            {
                wrappers.Add(name);
                return new ResolvedCommand
                {
                    Program = name,
                    Wrappers = wrappers,
                    Assignments = assignments,
                    Script = split,
                    ScriptDialect = ShellDialect.Posix,
                };
            }

            var next = Wrapper.FindCommand(name, words, start, assignments, out var wrapper);
            if (next < 0)
                next = FindModule(name, words, start, ref wrapper);
            // flock file -c "...": code, and no program of that name.
            if (next < 0 || (name is "flock" && words[next - 1].Value is "-c" or "--command"))
                break;
            wrappers.Add(wrapper);
            start = next;
            if (CarriedCommand.IsLine(words[start].Value))
            {
                return new ResolvedCommand
                {
                    Program = name,
                    Wrappers = wrappers,
                    Assignments = assignments,
                    Script = string.Join(' ', words.Skip(start)),
                    ScriptDialect = ShellDialect.Posix,
                };
            }
        }

        var resolved = new ResolvedCommand { Assignments = assignments, Wrappers = wrappers };
        if (start >= words.Count)
            return resolved;
        resolved = ResolveProgram(resolved, [.. words.Skip(start)], dialect);
        return resolved.Script is { } script && ReplacedWord(draft, wrappers) is { } word && BeginsWith(script, word)
            ? resolved with
            {
                UnknownReason = "it runs what it reads as a command",
            }
            : resolved;
    }

    // xargs -I% sh -c %, find -exec sh -c {}: what the word stands for is the command.
    private static string? ReplacedWord(CommandDraft draft, List<string> wrappers)
    {
        if (!wrappers.Contains("xargs"))
            return draft.Owner is null ? null : "{}";
        for (var index = 0; index < draft.Words.Count; index++)
        {
            var word = draft.Words[index].Value;
            if (word.StartsWith("--replace=", StringComparison.Ordinal))
                return word["--replace=".Length..];
            // -I%, and -0I% behind options that take no value.
            var option = word is ['-', not '-', ..] ? word.AsSpan(1).TrimStart("0oprtx") : "";
            if (option is ['I' or 'i' or 'J', _, ..])
                return option[1..].ToString();
            if (option is "I" or "J" && index + 1 < draft.Words.Count)
                return draft.Words[index + 1].Value;
        }

        return "{}";
    }

    private static bool BeginsWith(string script, string word) =>
        word.Length > 0 && script.AsSpan().TrimStart(" \t\n\"'").StartsWith(word, StringComparison.Ordinal);

    // "python -m pytest" runs pytest.
    private static int FindModule(string name, List<ShellWord> words, int start, ref string wrapper)
    {
        if (Interpreter.Find(name) is not { Module: { } option } interpreter)
            return -1;
        var arguments = words.GetRange(start + 1, words.Count - start - 1);
        var module = interpreter.FindScript(arguments);
        if (module < 1 || arguments[module - 1].Value != option || interpreter.FindCodeOption(arguments) is not null)
            return -1;
        wrapper = $"{ProgramName.WithoutVersion(name)} {option}";
        return start + 1 + module;
    }

    // env -S "A=b prog args": one argument that is a command line.
    private static string? TrySplitEnvironmentString(List<ShellWord> words, int start)
    {
        for (var index = start + 1; index < words.Count && words[index].Value is ['-', ..] option; index++)
        {
            if (option is "-S" or "--split-string" or "-iS" or "-vS")
                return string.Join(' ', words.Skip(index + 1));
            if (option.StartsWith("-S", StringComparison.Ordinal))
                return string.Join(' ', words.Skip(index + 1).Prepend(new ShellWord(option[2..])));
            if (option.StartsWith("--split-string=", StringComparison.Ordinal))
                return string.Join(' ', words.Skip(index + 1).Prepend(new ShellWord(option["--split-string=".Length..])));
        }

        return null;
    }

    private static ResolvedCommand ResolveProgram(ResolvedCommand command, ShellWord[] words, ShellDialect dialect)
    {
        var program = words[0];
        var folderLength = ProgramName.FolderLength(program.Value);
        var name = ProgramName.FromPath(program.Value);
        // "$HOME/bin/tool" has a name; "$TOOL" and "tool-$VERSION" do not.
        if (name.Length == 0 || (program.HasExpansion && name.AsSpan().IndexOfAny('$', '`') >= 0))
            return command with { Arguments = words[1..], UnknownReason = "the command's name is known at run time only" };

        if (words.Skip(1).Any(MakesOptions))
            command = command with { UnknownReason = "braces may make options" };
        command = command with { Program = name, ProgramFolder = program.Value[..folderLength], Arguments = words[1..] };
        if (
            name is "eval"
            || name.Equals("iex", StringComparison.OrdinalIgnoreCase)
            || name.Equals("Invoke-Expression", StringComparison.OrdinalIgnoreCase)
        )
            return command with { Script = string.Join(' ', command.Arguments), ScriptDialect = dialect };
        if (ExecutedWords.Find(name, command.Arguments) is { } executed)
            return command with { ExecutedCommands = executed };
        if (name.Equals("cmd", StringComparison.OrdinalIgnoreCase) && FindAfter(command.Arguments, "/c", "/k") is { } line)
            return command with { Script = line, ScriptDialect = ShellDialect.PowerShell };
        if (name is "su" or "runuser" or "script" or "flock" && FindAfter(command.Arguments, "-c", "--command") is { } code)
            return command with { Script = code, ScriptDialect = ShellDialect.Posix };
        return Interpreter.Find(name) is { } interpreter ? ResolveInterpreter(command, interpreter) : ResolveCarrier(command, name, words);
    }

    // {--force,origin}, --{force,all}: the words that the program gets are not the ones that stand there.
    private static bool MakesOptions(ShellWord word) =>
        !word.IsQuoted
        && word.Value.Contains('{', StringComparison.Ordinal)
        && (word.Value.Contains(',', StringComparison.Ordinal) || word.Value.Contains("..", StringComparison.Ordinal))
        && (
            word.Value[0] == '-'
            || (
                word.Value[0] == '{'
                && (word.Value.StartsWith("{-", StringComparison.Ordinal) || word.Value.Contains(",-", StringComparison.Ordinal))
            )
        );

    private static ResolvedCommand ResolveCarrier(ResolvedCommand command, string name, ShellWord[] words)
    {
        if (CarriedCommand.FindText(name, words) is { } text)
            return command with { CarriedText = text };
        if (CarriedCommand.FindWords(name, words) is { } carried)
            return CarriedCommand.IsLine(carried[0].Value)
                ? command with
                {
                    CarriedText = string.Join(' ', carried),
                }
                : command with
                {
                    ExecutedCommands = [carried],
                };
        var behind = KnownPrograms.FindBehind(words);
        return behind < 0 ? command : command with { ExecutedCommands = [words[behind..]], IsUnknownWrapper = true };
    }

    private static ResolvedCommand ResolveInterpreter(ResolvedCommand command, Interpreter interpreter)
    {
        if (interpreter.TakesEncodedCode(command.Arguments))
            return command with { UnknownReason = $"{command.Program} runs encoded code" };
        if (interpreter.Dialect is { } dialect && interpreter.FindShellCode(command.Arguments) is { } script)
            return command with
            {
                Script = script,
                ScriptDialect = dialect,
                UnknownReason = interpreter.ReadsFileFirst(command.Arguments)
                    ? $"{command.Program} runs a file before its code"
                    : command.UnknownReason,
            };
        if (interpreter.FindCodeOption(command.Arguments) is not null)
            return command with { UnknownReason = $"{command.Program} runs code from its arguments" };
        return interpreter.ReadsInput(command.Arguments)
            ? command with
            {
                RunsInput = true,
                UnknownReason = $"{command.Program} runs code from its input",
            }
            : command;
    }

    private static string? FindAfter(IReadOnlyList<ShellWord> arguments, params string[] options)
    {
        for (var index = 0; index + 1 < arguments.Count; index++)
        {
            if (options.Contains(arguments[index].Value, StringComparer.OrdinalIgnoreCase))
                return string.Join(' ', arguments.Skip(index + 1));
        }

        return null;
    }
}
