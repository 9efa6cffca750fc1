namespace PatternAnalysis.Shell;

/// <summary>
/// What two places of a text say together, wherever they stand: a function that is removed somewhere may be gone wherever it is called (the
/// loop comes round, the removal stands in another function), and arithmetic on variables runs the substitutions in a text that one
/// of them was given (<c>read x &lt;&lt;&lt; 'a[$(cmd)]'; (( x ))</c>).
/// </summary>
internal sealed class LateDoubts
{
    private readonly HashSet<string> _removedFunctions = new(StringComparer.Ordinal);
    private readonly List<ShellSegment> _evaluating = [];
    private readonly HiddenSubstitutions _values = new();
    private readonly HiddenSubstitutions _captured = new();
    private readonly HiddenSubstitutions _outputs = new();
    private bool _mayRemoveAnyFunction;
    private bool _evaluates;
    private bool _hasReader;
    private bool _hasSubstitution;
    private bool _writesFile;

    /// <summary>Looks at a command that was read.</summary>
    public void Look(ShellSegment segment, CommandDraft draft, ResolvedCommand command)
    {
        if (segment.Dialect != ShellDialect.Posix)
            return;
        if (segment.Program == "unset")
            LookAtRemoval(segment.Arguments);
        if (draft.Evaluates || Evaluates(segment))
        {
            _evaluates = true;
            _evaluating.Add(segment);
        }

        _hasSubstitution |= segment.Depth > 0;
        _hasReader |=
            segment.Program is "read" or "mapfile" or "readarray" or "tee" || segment.Wrappers.Contains("xargs", StringComparer.Ordinal);
        foreach (var redirection in draft.Redirections)
        {
            LookAtOutput(redirection.Target.Value, segment.Depth);
            _writesFile |= redirection.Writes && redirection.Target.Value != "/dev/null";
        }

        foreach (var word in draft.Assignments)
            LookAtValue(word.Value);
        LookAtWords(segment, draft.Words, command);
    }

    /// <summary>Looks at a text that a variable gets.</summary>
    public void LookAtValue(ReadOnlySpan<char> text) => _values.Look(text);

    /// <summary>Looks at a text that is given to a program: a variable may get it when what the program writes is read again.</summary>
    /// <param name="text">The text.</param>
    /// <param name="depth">How many substitutions are around the program. What is written inside of one is read.</param>
    public void LookAtOutput(ReadOnlySpan<char> text, int depth) => (depth > 0 ? _captured : _outputs).Look(text);

    /// <summary>A function is defined somewhere: any command may be a call, whose words its body gets.</summary>
    public void LookAtFunction() => _hasReader = true;

    /// <summary>The words of a command evaluate variables.</summary>
    public void LookAtArithmetic(CommandDraft draft) => _evaluates = draft.Evaluates = true;

    /// <summary>Puts the doubts on the segments, once all of them were read.</summary>
    public void Apply(List<ShellSegment> segments, string text, ShellDialect dialect)
    {
        if (_removedFunctions.Count > 0 || _mayRemoveAnyFunction)
        {
            foreach (var segment in segments)
                segment.IsLocalFunction &= !_mayRemoveAnyFunction && !_removedFunctions.Contains(segment.Program!);
        }

        var readsOutputs = _hasReader || (_writesFile && _hasSubstitution);
        // The patterns of grep are full of parts that are none of a substitution.
        if (!_evaluates || !(_values.HasAny || _captured.HasWhole || (readsOutputs && _outputs.HasWhole)))
            return;
        if (segments.Count == 0)
            segments.Add(new ShellSegment { Text = text, Dialect = dialect });
        // Of (( x )) no segment is left.
        if (_evaluating.Count == 0)
            _evaluating.Add(segments[^1]);
        foreach (var segment in _evaluating)
            segment.UnknownReason ??= "arithmetic may run a substitution that stands in a text";
    }

    // Code in an argument, and a command that the words name, are read as texts of their own.
    private void LookAtWords(ShellSegment segment, List<ShellWord> words, ResolvedCommand command)
    {
        var read = new HashSet<string>(ReferenceEqualityComparer.Instance);
        foreach (var word in command.ExecutedCommands.SelectMany(executed => executed))
            read.Add(word.Value);
        var end = words.Count;
        if (command.Script is { } script)
        {
            if (words.Exists(word => ReferenceEquals(word.Value, script)))
                read.Add(script);
            else
                end = StartOfJoined(words, script);
        }

        var areValues = command.Script is not null || Assigns(segment);
        for (var index = 0; index < end; index++)
        {
            if (read.Contains(words[index].Value))
                continue;
            if (areValues)
                LookAtValue(words[index].Value);
            else
                LookAtOutput(words[index].Value, segment.Depth);
        }
    }

    // eval a b: the code is the last words, with a blank between each two.
    private static int StartOfJoined(List<ShellWord> words, string script)
    {
        var start = words.Count;
        for (var rest = script.Length + 1; start > 0 && rest > words[start - 1].Value.Length; start--)
            rest -= words[start - 1].Value.Length + 1;
        return start;
    }

    // What is called by a variable may be any of these.
    private static bool Assigns(ShellSegment segment) =>
        segment.Program
            is null
                or "set"
                or "declare"
                or "typeset"
                or "local"
                or "readonly"
                or "export"
                or "read"
                or "mapfile"
                or "readarray"
                or "let"
                or "test"
                or "["
                or "[["
                or "unset"
                or "getopts"
        || segment is { Program: "printf", Arguments: [{ Value: ['-', 'v', ..] }, ..] };

    private void LookAtRemoval(IReadOnlyList<ShellWord> names)
    {
        foreach (var name in names)
        {
            _mayRemoveAnyFunction |= name.HasExpansion;
            _removedFunctions.Add(name.Value);
        }
    }

    private static bool Evaluates(ShellSegment segment) =>
        segment.Program switch
        {
            "let" => true,
            "[[" => segment.Arguments.Any(word => word.Value is "-eq" or "-ne" or "-lt" or "-le" or "-gt" or "-ge" or "-v" or "-R"),
            "test" or "[" or "printf" => segment.Arguments.Any(word => word.Value is "-v" or "-R"),
            "declare" or "typeset" or "local" or "readonly" or "export" => segment.Arguments.Any(word =>
                word.Value is ['-', .. var letters]
                    ? letters.AsSpan().ContainsAny('i', 'n')
                    : word.Value is ['$', ..] || PosixArithmetic.IsEvaluatedBy(word.Value)
            ),
            "unset" or "read" or "mapfile" or "readarray" or "getopts" => segment.Arguments.Any(word => word.HasExpansion),
            _ => false,
        };
}
