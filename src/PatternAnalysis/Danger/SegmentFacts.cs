using System.Collections.Frozen;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Danger;

/// <summary>What rules ask about a segment, worked out once.</summary>
internal sealed class SegmentFacts
{
    private const int ShortestAbbreviation = 5;

    private readonly List<string> flags = [];
    private readonly List<ShellWord> operands = [];
    private readonly int globalFlagCount;

    public SegmentFacts(ShellSegment segment, IEnumerable<string> innerPrograms)
    {
        Segment = segment;
        InnerPrograms = innerPrograms;
        SubCommand = ProgramCatalog.SubCommand(segment);
        var subCommandWords = SubCommand.Length == 0 ? [] : SubCommand.Split(' ');
        var seen = 0;
        var onlyOperands = false;
        var dataOptions = ProgramCatalog.DataOptions(segment, SubCommand);
        var isData = false;
        foreach (var word in segment.Arguments)
        {
            if (isData)
            {
                isData = false;
                continue;
            }

            if (!onlyOperands && word.Value == "--")
                onlyOperands = true;
            else if (!onlyOperands && word.Value is ['-', _, ..])
            {
                flags.Add(word.Value);
                isData = TakesData(dataOptions, word.Value);
            }
            else if (seen < subCommandWords.Length && word.Value == subCommandWords[seen])
                globalFlagCount = seen++ == 0 ? flags.Count : globalFlagCount;
            else
                operands.Add(word);
        }
    }

    public ShellSegment Segment { get; }

    public string SubCommand { get; }

    /// <summary>The programs of the segments inside this one's arguments.</summary>
    public IEnumerable<string> InnerPrograms { get; }

    /// <summary>The words that are neither options nor the sub-command.</summary>
    public IReadOnlyList<ShellWord> Operands => operands;

    public bool HasSubCommand(string wanted) =>
        SubCommand.StartsWith(wanted, StringComparison.Ordinal) && (SubCommand.Length == wanted.Length || SubCommand[wanted.Length] == ' ');

    /// <summary>Whether an option is there, in any spelling that the program would understand.</summary>
    public bool HasFlag(string wanted) => flags.Exists(flag => IsSame(flag, wanted) || IsAbbreviation(flag, wanted));

    /// <summary>Whether an option is there as it is written, alone or among short ones: an exemption must be certain.</summary>
    public bool HasExactFlag(string wanted) => flags.Exists(flag => IsSame(flag, wanted));

    /// <summary>Whether an option stands before the sub-command: <c>git -c a=b log</c>, not <c>git switch -c name</c>.</summary>
    public bool HasGlobalFlag(string wanted) => flags.FindIndex(0, globalFlagCount, flag => IsSame(flag, wanted)) >= 0;

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

    // -rf is -r -f, as long as all of it is letters; -n10 is -n.
    private static bool IsShort(string flag, char letter)
    {
        for (var index = 1; index < flag.Length && char.IsAsciiLetterOrDigit(flag[index]); index++)
        {
            if (flag[index] == letter)
                return true;
        }

        return false;
    }

    private bool IsAbbreviation(string flag, string wanted)
    {
        if (wanted.StartsWith("--", StringComparison.Ordinal))
            return flag.Length >= ShortestAbbreviation && wanted.StartsWith(flag, StringComparison.Ordinal);
        if (Segment.Dialect != ShellDialect.PowerShell || wanted.Length < 3)
            return false;

        // -Recurse may be -rec, -r or -Recurse:$true; -Recurse:$false is its absence.
        var name = flag.Split(':', 2);
        return (name.Length == 1 || !name[1].Equals("$false", StringComparison.OrdinalIgnoreCase))
            && name[0].Length >= 2
            && wanted.StartsWith(name[0], StringComparison.OrdinalIgnoreCase);
    }
}
