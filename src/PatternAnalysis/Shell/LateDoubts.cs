namespace PatternAnalysis.Shell;

/// <summary>
/// What two places of a text say together, wherever they stand: a function that is removed somewhere may be gone wherever it is called (the
/// loop comes round, the removal stands in another function), and arithmetic on variables runs the substitutions in a text that one
/// of them was given (<c>read x &lt;&lt;&lt; 'a[$(cmd)]'; (( x ))</c>).
/// </summary>
internal sealed class LateDoubts
{
    private readonly HashSet<string> _removedFunctions = new(StringComparer.Ordinal);
    private bool _mayRemoveAnyFunction;
    private bool _hasHiddenSubstitution;
    private bool _hasArithmetic;

    /// <summary>Looks at a command that was read.</summary>
    public void Look(ShellSegment segment, CommandDraft draft, ResolvedCommand command)
    {
        if (segment.Dialect != ShellDialect.Posix)
            return;
        if (segment.Program == "unset")
            LookAtRemoval(segment.Arguments);
        _hasArithmetic |= Evaluates(segment);

        // Code in an argument is read as a text of its own.
        if (command.Script is not null || command.ExecutedCommands.Count > 0)
            return;
        foreach (var word in draft.Words)
            LookAtValue(word.Value);
        foreach (var word in draft.Assignments)
            LookAtValue(word.Value);
        foreach (var redirection in draft.Redirections)
            LookAtValue(redirection.Target.Value);
    }

    /// <summary>Looks at a text that a variable may get. A substitution that runs at once was taken out of it.</summary>
    public void LookAtValue(ReadOnlySpan<char> text)
    {
        _hasHiddenSubstitution |= text.Contains('`');
        while (!_hasHiddenSubstitution && text.IndexOf("$(", StringComparison.Ordinal) is >= 0 and var start)
        {
            text = text[(start + 2)..];
            _hasHiddenSubstitution = text is not [')', ..];
        }
    }

    /// <summary>Looks at an arithmetic expression: without a name in it there is nothing to run.</summary>
    public void LookAtArithmetic(ReadOnlySpan<char> expression) => _hasArithmetic |= HasName(expression);

    /// <summary>Looks at an assignment: the subscript is arithmetic.</summary>
    public void LookAtSubscript(ReadOnlySpan<char> assignment)
    {
        var name = assignment[..assignment.IndexOf('=')];
        if (name.IndexOf('[') is > 0 and var subscript)
            LookAtArithmetic(name[subscript..]);
    }

    /// <summary>Looks inside <c>${...}</c>: subscripts and places are arithmetic, <c>${!x}</c> may name an element.</summary>
    public void LookAtParameter(char current, char next) =>
        _hasArithmetic |= current switch
        {
            '!' => PosixSyntax.IsNamePart(next),
            ':' => !char.IsAsciiDigit(next) && next is not ('-' or '=' or '?' or '+'),
            _ => !char.IsAsciiDigit(next) && next is not ('@' or '*'),
        };

    /// <summary>Says it of what was read.</summary>
    public void Apply(List<ShellSegment> segments, string text, ShellDialect dialect)
    {
        if (_removedFunctions.Count > 0 || _mayRemoveAnyFunction)
        {
            foreach (var segment in segments)
                segment.IsLocalFunction &= !_mayRemoveAnyFunction && !_removedFunctions.Contains(segment.Program!);
        }

        if (!_hasArithmetic || !_hasHiddenSubstitution)
            return;
        if (segments.Count == 0)
            segments.Add(new ShellSegment { Text = text, Dialect = dialect });
        segments[^1].UnknownReason ??= "arithmetic may run a substitution that stands in a text";
    }

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
                word.Value is ['-', .. var letters] ? letters.AsSpan().ContainsAny('i', 'n') : word.Value is ['$', ..]
            ),
            "unset" or "read" or "mapfile" or "readarray" or "getopts" => segment.Arguments.Any(word => word.HasExpansion),
            _ => false,
        };

    private static bool HasName(ReadOnlySpan<char> expression)
    {
        foreach (var character in expression)
        {
            if (char.IsAsciiLetter(character) || character is '_' or '$' or '`')
                return true;
        }

        return false;
    }
}
