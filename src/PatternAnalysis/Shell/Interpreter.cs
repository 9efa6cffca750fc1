using System.Collections.Frozen;

namespace PatternAnalysis.Shell;

/// <summary>How a program that runs code is told where the code is.</summary>
internal sealed class Interpreter
{
    private static readonly Interpreter s_posixShell = new()
    {
        ValueOptions = ["-o", "+o", "-O", "+O", "--rcfile", "--init-file"],
        Dialect = ShellDialect.Posix,
    };

    private static readonly Interpreter s_powerShell = new() { Dialect = ShellDialect.PowerShell };

    // The parameters of PowerShell that take the next word, and the shortest that each may be written.
    private static readonly (string Name, int Shortest)[] s_powerShellValues =
    [
        ("-executionpolicy", 3),
        ("-ep", 3),
        ("-version", 2),
        ("-outputformat", 2),
        ("-of", 3),
        ("-inputformat", 4),
        ("-if", 3),
        ("-windowstyle", 2),
        ("-workingdirectory", 3),
        ("-wd", 3),
        ("-configurationname", 7),
        ("-configurationfile", 7),
        ("-settingsfile", 9),
        ("-custompipename", 4),
    ];

    private static readonly FrozenDictionary<string, Interpreter> s_byName = new Dictionary<string, Interpreter>(
        StringComparer.OrdinalIgnoreCase
    )
    {
        ["sh"] = s_posixShell,
        ["bash"] = s_posixShell,
        ["zsh"] = s_posixShell,
        ["dash"] = s_posixShell,
        ["ksh"] = s_posixShell,
        ["ash"] = s_posixShell,
        ["fish"] = s_posixShell,
        ["pwsh"] = s_powerShell,
        ["powershell"] = s_powerShell,
        ["python"] = new()
        {
            Code = ["-c"],
            Module = "-m",
            ValueOptions = ["-W", "-X", "--check-hash-based-pycs"],
        },
        ["node"] = new()
        {
            Code = ["-e", "-p", "-pe", "--eval", "--print"],
            ValueOptions = ["-r", "--require", "--import", "--loader", "--experimental-loader", "-C", "--conditions"],
        },
        ["bun"] = new() { Code = ["-e", "--eval", "-p", "--print"], RunsVerbs = true },
        ["deno"] = new() { Code = ["eval"], RunsVerbs = true },
        ["ts-node"] = new() { Code = ["-e", "--eval", "-p", "--print"], ValueOptions = ["-P", "--project", "-r", "--require"] },
        ["tsx"] = new() { Code = ["-e", "--eval", "-p", "--print"], ValueOptions = ["--tsconfig"] },
        ["perl"] = new() { Code = ["-e", "-E", "-ne", "-pe", "-le", "-lne", "-pi", "-i", "-n", "-p"], ValueOptions = ["-I"] },
        ["ruby"] = new() { Code = ["-e", "-ne", "-pe"], ValueOptions = ["-I", "-r"] },
        ["php"] = new() { Code = ["-r"], ValueOptions = ["-d", "-c"] },
        ["lua"] = new() { Code = ["-e"] },
        ["osascript"] = new() { Code = ["-e", "-l"] },
        ["Rscript"] = new() { Code = ["-e"] },
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private string[] Code { get; init; } = [];

    /// <summary>The option before the name of a module to run, if any.</summary>
    public string? Module { get; private init; }

    private string[] ValueOptions { get; init; } = [];

    /// <summary>Without a script it has sub-commands instead of reading its input.</summary>
    public bool RunsVerbs { get; private init; }

    /// <summary>The language of its code when it is one that is read here.</summary>
    public ShellDialect? Dialect { get; private init; }

    /// <summary>The interpreter of this name, version digits aside (<c>python3.12</c>), or <see langword="null"/>.</summary>
    public static Interpreter? Find(string program) => s_byName.GetValueOrDefault(ProgramName.WithoutVersion(program));

    /// <summary>The option that makes the program run code that is an argument and is not read here, or <see langword="null"/>.</summary>
    public string? FindCodeOption(IReadOnlyList<ShellWord> arguments)
    {
        for (var index = 0; index < arguments.Count; index++)
        {
            var word = arguments[index].Value;
            if (Code.Contains(word))
                return word;

            // python -c'code', perl -e'code': the code may follow at once.
            if (word is ['-', 'c' or 'e', _, ..] && Code.Contains(word[..2]))
                return word[..2];
            if (word is not ['-', _, ..] || word == Module)
                return null;
            if (ValueOptions.Contains(word))
                index++;
        }

        return null;
    }

    /// <summary>The place of the script file or of the word after <see cref="Module"/>; -1 when there is neither.</summary>
    public int FindScript(IReadOnlyList<ShellWord> arguments)
    {
        for (var index = 0; index < arguments.Count; index++)
        {
            var word = arguments[index].Value;
            if (word == Module)
                return index + 1 < arguments.Count ? index + 1 : -1;
            if (word is "-" or "-s" or "/dev/stdin")
                return -1;
            if (Dialect == ShellDialect.PowerShell && word.StartsWith("-f", StringComparison.OrdinalIgnoreCase))
                return index + 1 < arguments.Count ? index + 1 : -1;
            if (word is not ['-' or '+', _, ..])
                return index;
            if (TakesNext(word))
                index++;
        }

        return -1;
    }

    /// <summary>With no code and no file among the arguments it reads code from its input, unless an option only asks something.</summary>
    public bool ReadsInput(IReadOnlyList<ShellWord> arguments) =>
        !RunsVerbs
        && FindScript(arguments) < 0
        && !arguments.Any(argument => argument.Value is "--version" or "-V" or "-v" or "--help" or "-h" or "-vV" or "--check");

    /// <summary>The code of a shell that stands in its arguments, or <see langword="null"/>.</summary>
    public string? FindShellCode(IReadOnlyList<ShellWord> arguments) =>
        Dialect == ShellDialect.PowerShell ? FindPowerShellCode(arguments) : FindPosixCode(arguments);

    /// <summary>Whether a shell is told of a file that it runs before its code.</summary>
    public bool ReadsFileFirst(IReadOnlyList<ShellWord> arguments) =>
        Dialect == ShellDialect.Posix
        && arguments.Any(argument =>
            argument.Value is "--rcfile" or "--init-file"
            || argument.Value.StartsWith("--rcfile=", StringComparison.Ordinal)
            || argument.Value.StartsWith("--init-file=", StringComparison.Ordinal)
        );

    /// <summary>Whether PowerShell gets its code in Base64.</summary>
    public bool TakesEncodedCode(IReadOnlyList<ShellWord> arguments) =>
        Dialect == ShellDialect.PowerShell
        && arguments.Any(argument =>
            IsParameter(argument.Value, "-encodedcommand", minimum: 2) || argument.Value is "-ec" or "-EC" or "-enc"
        );

    private bool TakesNext(string word) =>
        Dialect == ShellDialect.PowerShell
            ? Array.Exists(s_powerShellValues, parameter => IsParameter(word, parameter.Name, parameter.Shortest))
            : ValueOptions.Contains(word);

    private string? FindPosixCode(IReadOnlyList<ShellWord> arguments)
    {
        var isCode = false;
        for (var index = 0; index < arguments.Count; index++)
        {
            var word = arguments[index].Value;
            if (word is not ['-' or '+', _, ..])
                return isCode ? word : null;
            if (word is ['-', not '-', ..] && word.Contains('c'))
                isCode = true;
            else if (ValueOptions.Contains(word))
                index++;
        }

        return null;
    }

    private string? FindPowerShellCode(IReadOnlyList<ShellWord> arguments)
    {
        for (var index = 0; index < arguments.Count; index++)
        {
            var word = arguments[index].Value;
            if (IsParameter(word, "-command", minimum: 2) || IsParameter(word, "/command", minimum: 2))
                return CodeFrom(index + 1);
            if (IsParameter(word, "-file", minimum: 2))
                return null;
            if (word is not ['-', _, ..])
                return word.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase) ? null : CodeFrom(index);
            if (TakesNext(word))
                index++;
        }

        return null;

        // "-Command -" is what stands in the input.
        string? CodeFrom(int start) =>
            start < arguments.Count && arguments[start].Value != "-" ? string.Join(' ', arguments.Skip(start)) : null;
    }

    private static bool IsParameter(string word, string name, int minimum) =>
        word.Length >= minimum && name.StartsWith(word, StringComparison.OrdinalIgnoreCase);
}
