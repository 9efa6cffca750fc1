namespace PatternAnalysis.Masking;

/// <summary>Which quotes are open at a place of a line, for a reader that goes through a text once.</summary>
internal ref struct OpenQuotes(ReadOnlySpan<char> text)
{
    private const string Quotes = "\"'`";

    private readonly ReadOnlySpan<char> _text = text;
    private int _position;
    private int _plain;
    private int _escaped;

    /// <summary>Goes on to a place.</summary>
    public void MoveTo(int place)
    {
        for (; _position < place; _position++)
        {
            var character = _text[_position];
            if (character == '\n')
                _plain = _escaped = 0;
            else if (Quotes.IndexOf(character, StringComparison.Ordinal) is >= 0 and var quote)
            {
                if (_position > 0 && _text[_position - 1] == '\\')
                    _escaped ^= 1 << quote;
                else
                    _plain ^= 1 << quote;
            }
        }
    }

    /// <summary>Whether a quote of a kind is open.</summary>
    /// <param name="quote">The quote.</param>
    /// <param name="isEscaped">Whether it is one behind a backslash.</param>
    public readonly bool Has(char quote, bool isEscaped)
    {
        var bit = 1 << Math.Max(0, Quotes.IndexOf(quote, StringComparison.Ordinal));
        return ((isEscaped ? _escaped : _plain) & bit) != 0;
    }

    /// <summary>Whether any is.</summary>
    public readonly bool HasAny => (_plain | _escaped) != 0;
}
