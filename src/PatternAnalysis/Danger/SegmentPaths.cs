using System.Collections.Frozen;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Danger;

/// <summary>The files that a segment names: those it may read or write, those it writes, and those whose content it throws away.</summary>
internal sealed class SegmentPaths(SegmentFacts facts)
{
    private const int MaximumUpstream = 8;

    // No system opens a longer one.
    private const int LongestPath = 4096;

    // Their first operand is a pattern or a program, unless an option says where that is.
    private static readonly FrozenSet<string> s_patternFirst = Names(
        "grep egrep fgrep zgrep rg ag ack sed gsed awk gawk mawk nawk jq yq Select-String sls"
    );

    // Programs that print or test their operands and do not read files of that name.
    private static readonly FrozenSet<string> s_noReaders = Names(
        "echo printf test [ [[ touch mkdir rm rmdir ls ln cd true false : read "
            + "export printenv Write-Output Write-Host Set-Content sc Out-File Tee-Object"
    );

    private static readonly FrozenSet<string> s_pipeReaders = Names(
        "Get-Content gc cat type Select-String sls Copy-Item cpi cp Format-Hex Import-Csv Compress-Archive"
    );

    private static readonly FrozenSet<string> s_silent = Names(
        "true false : test [ [[ cd export unset shift sleep wait let local declare readonly typeset read umask trap exec"
    );

    private static readonly BoundedRegex s_keepsNothing = new(
        "^(/dev/(null|zero|tty|stdout|stderr|stdin|fd/.*|tcp/.*|udp/.*)|/tmp/.*|NUL|nul|[$]null|&.*)$"
    );

    private readonly ShellSegment _segment = facts.Segment;
    private string[]? _touched;

    /// <summary>Whatever a word or a redirection may name, in one spelling, without the data of here-documents.</summary>
    public IEnumerable<string> Touched => _touched ??= [.. Named(reads: false).Distinct(StringComparer.Ordinal)];

    /// <summary>Those of <see cref="Touched"/> that no option and no operand makes the program write.</summary>
    public IEnumerable<string> Taken =>
        Touched.Except(
            FileOutputs.Of(_segment, facts.Operands).SelectMany(word => Parts(word.Value)).SelectMany(PathText.Alternatives).Select(Place),
            StringComparer.Ordinal
        );

    /// <summary>The files that an option or an operand makes the program write.</summary>
    public IEnumerable<string> Outputs =>
        FileOutputs.Of(_segment, facts.Operands).SelectMany(word => PathText.Alternatives(word.Value)).Select(Place);

    /// <summary>A file is there whose content is replaced by nothing.</summary>
    public bool Empties =>
        ((IsQuiet(_segment) || RunsNothingLoud()) && Overwritten(_segment).Any()) || TeeTargets().Any() || CopiesNothing() || CreatesAnew();

    /// <summary>A file is read, by this segment or one that feeds it, which the shell has emptied before.</summary>
    public bool OverwritesInput
    {
        get
        {
            var written = Overwritten(_segment)
                .Concat(TeeTargets(always: true))
                .Concat(SetInPowerShell())
                .ToHashSet(StringComparer.Ordinal);
            if (written.Count == 0)
                return false;
            var segment = _segment;
            for (var step = 0; segment is not null && step < MaximumUpstream; step++, segment = segment.Upstream)
            {
                // What stands in parentheses is read to its end before anything is written.
                if (segment.Depth > _segment.Depth)
                    break;
                var read = ReferenceEquals(segment, _segment)
                    ? Named(reads: true)
                    : new SegmentFacts(segment, [], facts.Folder).Paths.Named(reads: true);
                if (read.Any(written.Contains))
                    return true;
            }

            return false;
        }
    }

    // Relative paths are those of the folder, when that is known.
    private string Place(string path)
    {
        path = PathText.Normalize(path);
        return facts.Folder is { } folder && path.Length > 0 && path[0] is not ('/' or '~' or '$')
            ? PathText.Normalize($"{folder}/{path}")
            : path;
    }

    private IEnumerable<string> Named(bool reads)
    {
        if (reads && _segment.Program is { } reader && (s_noReaders.Contains(reader) || reader is "tee"))
            return InputTargets();
        var skipped =
            _segment.Program is { } program
            && s_patternFirst.Contains(program)
            && !facts.HasExactFlag("-e")
            && !facts.HasExactFlag("-f")
            && !facts.HasExactFlag("--regexp")
            && !facts.HasExactFlag("--file")
                ? facts.Operands.Cast<ShellWord?>().FirstOrDefault(word => !word!.Value.Value.StartsWith('-'))?.Value
                : null;
        var words = _segment.Arguments.Where(word => skipped is null || !ReferenceEquals(word.Value, skipped)).Select(word => word.Value);
        if (_segment.Program is null && _segment.Dialect == ShellDialect.PowerShell && !reads)
            words = _segment.Text.Split(' ', '\'', '"', '(', ')', ',');
        words = words
            .SelectMany(Parts)
            .Concat(reads ? InputTargets() : _segment.Redirections.Where(IsFile).Select(redirection => redirection.Target.Value));
        if (!reads && (_segment.Wrappers.Contains("xargs", StringComparer.Ordinal) || ReadsWhatIsPiped()))
            words = words.Concat(FromUpstream());
        if (!reads)
            words = words.Concat(_segment.Alternatives.SelectMany(Parts));
        if (!reads && _segment.Owner is { } owner)
            words = words.Concat(owner.Arguments.Select(word => word.Value));
        return words.Where(word => word.Length is > 0 and <= LongestPath).SelectMany(PathText.Alternatives).Select(Place);
    }

    private IEnumerable<string> InputTargets() =>
        _segment
            .Redirections.Where(redirection => redirection.Operator is "<" or "<>")
            .Select(redirection => Place(redirection.Target.Value));

    // gci .env* | gc
    private bool ReadsWhatIsPiped() =>
        _segment is { Dialect: ShellDialect.PowerShell, Upstream: not null, Program: { } program } && s_pipeReaders.Contains(program);

    private static bool IsFile(ShellRedirection redirection) => !redirection.IsInlineInput && !redirection.IsDescriptor;

    // A path may stand behind an equals sign, a colon (HEAD:file, host:file), an at sign (curl -d @file) or a short option.
    private static IEnumerable<string> Parts(string word)
    {
        yield return word;
        var start = word.LastIndexOfAny(['=', ':', '@']) + 1;
        if (start > 0 && start < word.Length)
            yield return word[start..];
        if (word.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals && equals + 1 != start)
            yield return word[(equals + 1)..];
        if (word is ['-', not '-', _, ..])
            yield return word[2..];
    }

    // xargs takes its words from what feeds it.
    private IEnumerable<string> FromUpstream()
    {
        var upstream = _segment.Upstream;
        for (var step = 0; upstream is not null && step < MaximumUpstream; step++, upstream = upstream.Upstream)
        {
            foreach (var word in upstream.Arguments)
                yield return word.Value;
        }
    }

    private IEnumerable<string> Overwritten(ShellSegment segment) =>
        segment
            .Redirections.Where(redirection => redirection.Overwrites)
            .Select(redirection => Place(redirection.Target.Value))
            .Where(path => path.Length > 0 && !s_keepsNothing.IsMatch(path));

    private IEnumerable<string> TeeTargets(bool always = false) =>
        _segment.Program is "tee" && !facts.HasExactFlag("-a") && !facts.HasExactFlag("--append") && (always || IsFedNothing())
            ? facts.Operands.Select(word => Place(word.Value)).Where(path => !s_keepsNothing.IsMatch(path))
            : [];

    private IEnumerable<string> SetInPowerShell() =>
        _segment is { Dialect: ShellDialect.PowerShell, Upstream: not null } && IsOneOf(_segment.Program, "set-content", "sc", "out-file")
            ? _segment.Arguments.Where(word => word.Value is not ['-', ..]).Select(word => Place(word.Value))
            : [];

    private bool IsFedNothing() =>
        _segment.Redirections.Any(redirection => redirection is { Operator: "<", Target.Value: "/dev/null" })
        || (_segment.Upstream is { } upstream && IsQuiet(upstream));

    // Whether a command prints nothing: a file that its output goes to is then emptied.
    private static bool IsQuiet(ShellSegment segment, int steps = 0)
    {
        if (segment.Dialect == ShellDialect.PowerShell)
            return IsQuietInPowerShell(segment);
        if (segment.Program is null)
            return !segment.HasUnknown && (!segment.EndsGroup || segment.Group?.IsQuiet(inner => AddsNothing(inner, steps + 1)) == true);
        var words = segment.Arguments.Select(word => word.Value).ToArray();
        var readsNull = segment.Redirections.Any(redirection => redirection is { Operator: "<", Target.Value: "/dev/null" });
        return segment.Program switch
        {
            "echo" => words.All(word => word is "" or ['-', 'n' or 'e' or 'E', ..]),
            "printf" => words.Length == 0
                || words[0].Length == 0
                || (words[0] is "%s" or "%b" && words.Skip(1).All(word => word.Length == 0))
                || (words[0] == "--" && words.Length < 2),
            "cat" or "tee" when words.Length == 0 && segment.Upstream is { } upstream && !readsNull => steps < MaximumUpstream
                && IsQuiet(upstream, steps + 1),
            "cat" or "tee" => readsNull || (words.Length > 0 && words.All(word => word is "/dev/null" or ['-', _, ..])),
            "head" or "tail" => words.Any(word => word is "-c0" or "-n0" or "-0" or "--bytes=0" or "--lines=0")
                || (words.Length > 1 && words[0] is "-c" or "-n" && words[1] == "0"),
            var program => s_silent.Contains(program),
        };
    }

    // What prints something prints it into the file; that it could not be read says nothing of what is left of it.
    // What ran in an inner group is there to be asked itself.
    private static bool AddsNothing(ShellSegment segment, int steps) =>
        !segment.HasUnknown && (segment.EndsGroup || IsQuiet(segment, steps));

    // bash -c : > f
    private bool RunsNothingLoud() =>
        _segment is { RunsFollowingSegments: true, HasUnknown: false } && facts.Inner.All(inner => AddsNothing(inner, 0));

    private static bool IsQuietInPowerShell(ShellSegment segment)
    {
        if (segment.Program is { } program)
            return IsOneOf(program, "echo", "write-output", "write") && segment.Arguments.All(IsNothing);
        var end = segment.Text.IndexOf('>', StringComparison.Ordinal);
        return IsNothing(new ShellWord((end < 0 ? segment.Text : segment.Text[..end]).Trim()));
    }

    private static bool IsNothing(ShellWord word) =>
        word.Value.ToLowerInvariant() is "" or "$null" or "''" or "\"\"" or "@()" or "$()" or "[string]::empty" or "[string]::empty()";

    private static bool ReadsNull(ShellSegment segment) =>
        segment.Redirections.Any(redirection => redirection is { Operator: "<", Target.Value: "/dev/null" });

    private bool CopiesNothing() =>
        _segment.Program switch
        {
            "cp" or "install" or "rsync" or "mv" => facts
                .Operands.SkipLast(1)
                .Any(source => source.Value is "/dev/null" || (source.Value is "/dev/stdin" or "-" && ReadsNull(_segment))),
            "dd" => FileOutputs.Of(_segment, facts.Operands).Select(word => Place(word.Value)).Any(path => !s_keepsNothing.IsMatch(path))
                && !facts.OperandTexts.Contains("conv=notrunc")
                && (
                    facts.OperandTexts.Any(word => word is "if=/dev/null" or "count=0")
                    || (IsFedNothing() && !facts.OperandTexts.Any(word => word.StartsWith("if=", StringComparison.Ordinal)))
                ),
            _ => false,
        };

    private bool CreatesAnew()
    {
        if (_segment.Dialect != ShellDialect.PowerShell || _segment.Program is not { } program)
            return false;
        var words = _segment.Arguments;
        switch (program.ToLowerInvariant())
        {
            case "new-item" or "ni":
                return facts.HasFlag("-Force")
                    && !words.Any(word =>
                        word.Value.ToLowerInvariant()
                            is "directory"
                                or "dir"
                                or "d"
                                or "container"
                                or "junction"
                                or "symboliclink"
                                or "hardlink"
                    );
            case "copy-item" or "cpi" or "copy" or "cp":
                return words.Any(word => word.Value.Equals("NUL", StringComparison.OrdinalIgnoreCase));
            case "set-content" or "sc" or "out-file" or "tee-object" or "tee":
                return !facts.HasFlag("-Append")
                    && !facts.HasFlag("-NoClobber")
                    && (
                        words.Any(IsNothing)
                        || (
                            _segment.Upstream is { } upstream
                                ? IsQuietInPowerShell(upstream)
                                : program.Equals("out-file", StringComparison.OrdinalIgnoreCase) && !facts.HasFlag("-InputObject")
                        )
                    );
            default:
                return false;
        }
    }

    private static bool IsOneOf(string? program, params string[] names) =>
        program is not null && names.Contains(program, StringComparer.OrdinalIgnoreCase);

    private static FrozenSet<string> Names(string names) => names.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
