namespace PatternAnalysis.Shell;

/// <summary>Where a POSIX shell evaluates the values of variables as arithmetic.</summary>
internal static class PosixArithmetic
{
    /// <summary>Whether an expression has a name or an expansion in it; without one there is nothing whose value could be run.</summary>
    public static bool HasName(ReadOnlySpan<char> expression)
    {
        foreach (var character in expression)
        {
            if (BeginsName(character))
                return true;
        }

        return false;
    }

    /// <summary>
    /// Whether an assignment evaluates a name: in its own subscript, <c>a[x]=1</c>, or in one of an array's: <c>a=([x]=1)</c>.
    /// </summary>
    public static bool IsEvaluatedBy(ReadOnlySpan<char> assignment)
    {
        var end = assignment.IndexOf('=');
        return end > 0 && HasNamedSubscript(assignment[(end + 1)..] is ['(', ..] ? assignment : assignment[..end]);
    }

    /// <summary>
    /// Whether <c>${...}</c> evaluates a name: in a subscript, an offset or a length. <c>${!x}</c> may name an element of an array.
    /// </summary>
    /// <param name="expansion">What follows the opening brace, to the end of the text. Only as much as needed is looked at.</param>
    public static bool IsEvaluatedByParameter(ReadOnlySpan<char> expansion)
    {
        if (expansion is ['!', var next, ..] && PosixSyntax.IsNamePart(next))
            return true;
        var place = expansion is ['#' or '!', not ('}' or ':' or '[' or '#'), ..] ? 1 : 0;
        if (place < expansion.Length && !PosixSyntax.IsNamePart(expansion[place]) && expansion[place] is not ('[' or ':' or '}'))
            place++;
        while (place < expansion.Length && PosixSyntax.IsNamePart(expansion[place]))
            place++;
        if (place < expansion.Length && expansion[place] == '[')
        {
            if (HasNameBefore(expansion[place..], ']', out var length))
                return true;
            place += length + 1;
        }

        // ${x:-word} and its like are no places.
        return place + 1 < expansion.Length
            && expansion[place] == ':'
            && expansion[place + 1] is not ('-' or '=' or '?' or '+')
            && HasNameBefore(expansion[place..], '}', out _);
    }

    /// <summary>Whether a name stands before the character that ends an expression.</summary>
    public static bool HasNameBefore(ReadOnlySpan<char> expression, char end, out int length)
    {
        for (length = 0; length < expression.Length && expression[length] != end; length++)
        {
            if (BeginsName(expression[length]))
                return true;
        }

        return false;
    }

    private static bool HasNamedSubscript(ReadOnlySpan<char> text)
    {
        var isInside = false;
        foreach (var character in text)
        {
            if (isInside && BeginsName(character))
                return true;
            if (character is '[' or ']')
                isInside = character == '[';
        }

        return false;
    }

    private static bool BeginsName(char character) => char.IsAsciiLetter(character) || character is '_' or '$' or '`';
}
