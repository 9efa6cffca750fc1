namespace PatternAnalysis.Shell;

/// <summary>
/// Whether texts hold a substitution that did not run where they stand, whole or in parts. One that runs at once was taken out of them
/// and is <c>$()</c> there.
/// </summary>
internal sealed class HiddenSubstitutions
{
    private bool _endsInDollar;
    private bool _hasParenthesis;

    /// <summary>A text holds one, or a subscript that may become one: <c>a[${d}(cmd)]</c>, <c>a[\x24(cmd)]</c>.</summary>
    public bool HasWhole { get; private set; }

    /// <summary>There is one, or two texts that give one together: <c>x='a[$'; x+='(cmd)]'</c>.</summary>
    public bool HasAny => HasWhole || (_endsInDollar && _hasParenthesis);

    /// <summary>Looks at a text.</summary>
    public void Look(ReadOnlySpan<char> text)
    {
        _endsInDollar |= text is [.., not '$', '$'] or ['$'];
        var isSubscript = false;
        for (var index = 0; index < text.Length; index++)
        {
            var current = text[index];
            if (current is '[' or ']')
                isSubscript = current == '[';
            HasWhole |= current == '`';
            if (current != '(' || (index + 1 < text.Length && text[index + 1] == ')'))
                continue;
            _hasParenthesis = true;
            HasWhole |= isSubscript || (index > 0 && text[index - 1] == '$');
        }
    }
}
