using System.Collections.Frozen;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Danger;

/// <summary>What rules ask about a segment, worked out once.</summary>
internal sealed class SegmentFacts
{
    private const int ShortestAbbreviation = 4;

    private readonly List<string> _flags = [];
    private readonly List<ShellWord> _operands = [];
    private readonly List<ShellWord> _tasks = [];
    private readonly int _globalFlagCount;
    private readonly Lazy<SegmentPaths> _paths;
    private HashSet<string>? _argumentTexts;
    private HashSet<string>? _operandTexts;

    /// <param name="segment">The segment.</param>
    /// <param name="inner">The segments inside it.</param>
    /// <param name="folder">The literal folder that it certainly runs in, if the text says one.</param>
    public SegmentFacts(ShellSegment segment, IEnumerable<ShellSegment> inner, string? folder)
    {
        Segment = segment;
        Inner = inner;
        Folder = folder;
        SubCommand = ProgramCatalog.SubCommand(segment);
        var subCommandWords = SubCommand.Length == 0 ? [] : SubCommand.Split(' ');
        var seen = 0;
        var onlyOperands = false;
        var dataOptions = ProgramCatalog.DataOptions(segment, SubCommand);
        var valueOptions = ProgramCatalog.ValueOptions(segment);
        ValueLetters = ProgramCatalog.ValueLetters(segment, SubCommand);
        var isData = false;
        var isValue = false;
        foreach (var word in segment.Arguments)
        {
            if (isData)
            {
                isData = false;
                continue;
            }

            if (!onlyOperands && word.Value == "--")
                (onlyOperands, TasksBeforeDashes) = (true, _tasks.Count);
            else if (!onlyOperands && word.Value is ['-', _, ..])
            {
                _flags.Add(word.Value);
                isData = TakesData(dataOptions, word.Value);
                isValue = valueOptions.Contains(word.Value);
                continue;
            }
            else if (seen < subCommandWords.Length && word.Value == subCommandWords[seen])
                _globalFlagCount = seen++ == 0 ? _flags.Count : _globalFlagCount;
            else
            {
                _operands.Add(word);
                if (!isValue)
                    _tasks.Add(word);
            }

            isValue = false;
        }

        if (!onlyOperands)
            TasksBeforeDashes = _tasks.Count;
        _paths = new Lazy<SegmentPaths>(() => new SegmentPaths(this));
    }

    public ShellSegment Segment { get; }

    public string SubCommand { get; }

    /// <summary>The segments inside this one's arguments: substitutions, and code that it runs.</summary>
    public IEnumerable<ShellSegment> Inner { get; }

    /// <summary>The literal folder that the segment certainly runs in, if the text says one.</summary>
    public string? Folder { get; }

    /// <summary>The options, as written.</summary>
    public IReadOnlyList<string> Flags => _flags;

    /// <summary>The words that are neither options nor the sub-command.</summary>
    public IReadOnlyList<ShellWord> Operands => _operands;

    /// <summary>The operands without those that are the value of an option of the program.</summary>
    public IReadOnlyList<ShellWord> Tasks => _tasks;

    /// <summary>How many of <see cref="Tasks"/> stand before <c>--</c>.</summary>
    public int TasksBeforeDashes { get; }

    /// <summary>The texts of all arguments, each once: what ten thousand equal words say one says.</summary>
    public IReadOnlyCollection<string> ArgumentTexts => _argumentTexts ??= Texts(Segment.Arguments);

    /// <summary>The texts of the operands, each once.</summary>
    public IReadOnlyCollection<string> OperandTexts => _operandTexts ??= Texts(_operands);

    /// <summary>The files that it is about.</summary>
    public SegmentPaths Paths => _paths.Value;

    /// <summary>Short options whose value may follow in the same word.</summary>
    private string ValueLetters { get; }

    /// <summary>
    /// The variables that it sets, <c>NAME=value</c>: before the program, by <c>export</c> and its like, or by nothing else.
    /// </summary>
    public IEnumerable<ShellWord> Assigned =>
        Segment.Program is "export" or "declare" or "typeset" or "local" or "readonly" or "setenv" or "set" or "setx" or "alias"
            ? Segment.Assignments.Concat(SetByArguments())
        : Segment.Program is "printf" or "read" or "mapfile" or "readarray" or "getopts"
            ? Segment.Assignments.Concat(Filled().Select(name => new ShellWord(name + "=$()", HasExpansion: true)))
        : Segment.Assignments;

    public bool HasSubCommand(string wanted) =>
        SubCommand.StartsWith(wanted, StringComparison.Ordinal) && (SubCommand.Length == wanted.Length || SubCommand[wanted.Length] == ' ');

    /// <summary>Whether an option is there, in any spelling that the program would understand.</summary>
    public bool HasFlag(string wanted) => _flags.Exists(flag => IsSame(flag, wanted) || IsAbbreviation(flag, wanted));

    /// <summary>Whether an option is there as it is written, alone or among short ones: an exemption must be certain.</summary>
    public bool HasExactFlag(string wanted) => _flags.Exists(flag => IsSame(flag, wanted));

    /// <summary>Whether an option stands before the sub-command: <c>git -c a=b log</c>, not <c>git switch -c name</c>.</summary>
    public bool HasGlobalFlag(string wanted) => _flags.FindIndex(0, _globalFlagCount, flag => IsSame(flag, wanted)) >= 0;

    // printf -v NAME, read NAME: what the variable gets is known at run time only.
    private IEnumerable<string> Filled()
    {
        if (Segment.Program is not "printf")
            return _operands.Select(word => word.Value).Where(word => word.All(PosixSyntax.IsNamePart));
        var at = Segment.Arguments.ToList().FindIndex(word => word.Value.StartsWith("-v", StringComparison.Ordinal));
        return at < 0 ? []
            : Segment.Arguments[at].Value.Length > 2 ? [Segment.Arguments[at].Value[2..]]
            : at + 1 < Segment.Arguments.Count ? [Segment.Arguments[at + 1].Value]
            : [];
    }

    private static HashSet<string> Texts(IEnumerable<ShellWord> words) =>
        words.Select(word => word.Value).ToHashSet(StringComparer.Ordinal);

    // export A=1, but also "set -gx A 1" of fish and "setx A 1" of Windows.
    private IEnumerable<ShellWord> SetByArguments()
    {
        for (var index = 0; index < _operands.Count; index++)
        {
            var word = _operands[index];
            if (word.Value.Contains('=', StringComparison.Ordinal))
                yield return word;
            else if (index + 1 < _operands.Count && Segment.Program is "set" or "setenv" or "setx")
                yield return word with
                {
                    Value = $"{word.Value}={_operands[index + 1].Value}",
                };
        }
    }

    // -am is -a -m: the last of short options joined may take the next word.
    private static bool TakesData(FrozenSet<string> dataOptions, string flag) =>
        dataOptions.Count > 0
        && (
            dataOptions.Contains(flag)
            || (
                flag.Length > 2
                && flag[1] != '-'
                && flag.AsSpan(1).IndexOfAnyExceptInRange('a', 'z') < 0
                && dataOptions.Contains("-" + flag[^1])
            )
        );

    private bool IsSame(string flag, string wanted)
    {
        if (wanted.Length == 2 && wanted[0] == '-' && char.IsAsciiLetterOrDigit(wanted[1]))
            return IsShort(flag, wanted[1]);
        if (Segment.Dialect == ShellDialect.PowerShell && flag.Equals(wanted, StringComparison.OrdinalIgnoreCase))
            return true;
        return flag.StartsWith(wanted, StringComparison.Ordinal) && (flag.Length == wanted.Length || flag[wanted.Length] is '=');
    }

    // -rf is -r -f, as long as all of it is letters; -n10 is -n; the rest of -uno is the value of -u.
    private bool IsShort(string flag, char letter)
    {
        for (var index = 1; index < flag.Length && char.IsAsciiLetterOrDigit(flag[index]); index++)
        {
            if (flag[index] == letter)
                return true;
            if (ValueLetters.Contains(flag[index], StringComparison.Ordinal))
                return false;
        }

        return false;
    }

    private bool IsAbbreviation(string flag, string wanted)
    {
        if (wanted.StartsWith("--", StringComparison.Ordinal))
        {
            var equals = flag.IndexOf('=', StringComparison.Ordinal);
            var given = equals < 0 ? flag : flag[..equals];
            return given.Length >= ShortestAbbreviation && wanted.StartsWith(given, StringComparison.Ordinal);
        }

        if (Segment.Dialect != ShellDialect.PowerShell || wanted.Length < 3)
            return false;

        // -Recurse may be -rec, -r or -Recurse:$true; -Recurse:$false is its absence.
        var name = flag.Split(':', 2);
        return (name.Length == 1 || !name[1].Equals("$false", StringComparison.OrdinalIgnoreCase))
            && name[0].Length >= 2
            && wanted.StartsWith(name[0], StringComparison.OrdinalIgnoreCase);
    }
}
