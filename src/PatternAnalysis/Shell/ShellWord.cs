namespace PatternAnalysis.Shell;

/// <summary>One word of a command, as the program would get it, as far as that can be known without running anything.</summary>
/// <param name="Value">The text without its quotes. A variable stays as it is written; a command substitution is <c>$()</c>.</param>
/// <param name="IsQuoted">Any part was quoted or escaped, so it is not a keyword and not an operator.</param>
/// <param name="HasExpansion">Any part is known at run time only: a variable, a substitution.</param>
public readonly record struct ShellWord(string Value, bool IsQuoted = false, bool HasExpansion = false)
{
    /// <summary>The value.</summary>
    public override string ToString() => Value;
}
