namespace PatternAnalysis.Danger;

/// <summary>
/// Reads a sed script as far as it must be read to know that it only edits text: <c>e</c> runs commands, <c>w</c> writes files, and both
/// may follow any address and any delimiter of <c>s</c>. What it cannot read is not plain.
/// </summary>
internal sealed class SedScript
{
    private static readonly string[] s_plainTargets = ["/dev/stdout", "/dev/stderr", "/dev/null"];

    private readonly string _text;
    private readonly bool _hasVariables;
    private int _position;

    private SedScript(string text, bool hasVariables)
    {
        _text = text;
        _hasVariables = hasVariables;
    }

    /// <summary>Whether the whole script is read and does nothing but edit.</summary>
    /// <param name="text">The script.</param>
    /// <param name="hasVariables">The shell puts values in where <c>$name</c> stands; they are taken for plain text.</param>
    public static bool IsPlain(string text, bool hasVariables) => new SedScript(text, hasVariables).ReadScript();

    private char Current => _position < _text.Length ? _text[_position] : '\0';

    private bool ReadScript()
    {
        while (true)
        {
            while (Current is ' ' or '\t' or '\n' or '\r' or ';' or '}')
                _position++;
            if (_position >= _text.Length)
                return true;
            if (Current == '#')
                SkipLine();
            else if (!ReadAddresses() || !ReadCommand())
                return false;
        }
    }

    private bool ReadAddresses()
    {
        while (true)
        {
            SkipBlanks();
            switch (Current)
            {
                case '$'
                    when _hasVariables
                        && _position + 1 < _text.Length
                        && (char.IsAsciiLetter(_text[_position + 1]) || _text[_position + 1] is '{' or '(' or '_'):
                    SkipVariable();
                    break;
                case >= '0' and <= '9' or '$' or '~' or '+':
                    _position++;
                    break;
                case ',' or '!':
                    _position++;
                    break;
                case '/':
                    if (!SkipPattern('/'))
                        return false;
                    _position++;
                    SkipModifiers();
                    break;
                case '\\':
                    var delimiter = ++_position < _text.Length ? Current : '\0';
                    if (delimiter == '\0' || !SkipPattern(delimiter))
                        return false;
                    _position++;
                    SkipModifiers();
                    break;
                default:
                    return _position < _text.Length;
            }
        }
    }

    private void SkipModifiers()
    {
        while (Current is 'I' or 'M')
            _position++;
    }

    private void SkipVariable()
    {
        _position++;
        if (Current is '{' or '(')
        {
            var end = _text.IndexOf(Current == '{' ? '}' : ')', _position);
            _position = end < 0 ? _text.Length : end + 1;
            return;
        }

        while (char.IsAsciiLetterOrDigit(Current) || Current == '_')
            _position++;
    }

    private bool ReadCommand()
    {
        switch (_text[_position++])
        {
            case '{' or 'p' or 'P' or 'd' or 'D' or 'n' or 'N' or 'g' or 'G' or 'h' or 'H' or 'x' or '=' or 'z' or 'F':
                return true;
            case 'q' or 'Q' or 'l' or 'L':
                SkipBlanks();
                while (char.IsAsciiDigit(Current))
                    _position++;
                return true;
            case 'b' or 't' or 'T' or ':':
                while (_position < _text.Length && Current is not ('\n' or ';' or '}'))
                    _position++;
                return true;
            case 'a' or 'i' or 'c':
                return ReadText();
            case 'r' or 'R':
                // Reads a file into the text, to the end of the line.
                SkipLine();
                return true;
            case 'w' or 'W':
                return ReadTarget();
            case 's':
                return ReadSubstitution();
            case 'y':
                var delimiter = Current;
                return delimiter != '\0' && SkipPattern(delimiter) && SkipReplacement(delimiter);
            default:
                return false;
        }
    }

    // A backslash carries the text over the line end.
    private bool ReadText()
    {
        while (_position < _text.Length && Current != '\n')
            _position += Current == '\\' ? 2 : 1;
        return true;
    }

    private bool ReadSubstitution()
    {
        var delimiter = Current;
        if (delimiter is '\0' or '\n' or '\\' || !SkipPattern(delimiter) || !SkipReplacement(delimiter))
            return false;
        while (true)
        {
            switch (Current)
            {
                case 'g' or 'p' or 'i' or 'I' or 'm' or 'M' or (>= '0' and <= '9'):
                    _position++;
                    break;
                case 'w':
                    _position++;
                    return ReadTarget();
                case '\0' when _position >= _text.Length:
                    return true;
                case ' ' or '\t' or '\n' or ';' or '}' or '#' or '\r':
                    return true;
                default:
                    return false;
            }
        }
    }

    private bool ReadTarget()
    {
        SkipBlanks();
        var start = _position;
        SkipLine();
        return s_plainTargets.Contains(_text[start..Math.Min(_position, _text.Length)].TrimEnd());
    }

    // From the opening delimiter to the closing one. Versions of sed differ in what ends a pattern whose [...] holds the delimiter.
    private bool SkipPattern(char delimiter)
    {
        _position++;
        for (var inSet = false; _position < _text.Length; _position++)
        {
            if (Current == delimiter)
                return !inSet;
            if (Current == '\\' && !inSet)
                _position++;
            else if (Current == '[' && !inSet)
                inSet = OpenSet();
            else if (Current == ']')
                inSet = false;
        }

        return false;
    }

    // "[]...", "[^]...": a bracket that is first is a character.
    private bool OpenSet()
    {
        if (_position + 1 < _text.Length && _text[_position + 1] == '^')
            _position++;
        if (_position + 1 < _text.Length && _text[_position + 1] == ']')
            _position++;
        return true;
    }

    private bool SkipReplacement(char delimiter)
    {
        _position++;
        while (_position < _text.Length && Current != delimiter)
            _position += Current == '\\' ? 2 : 1;
        return _position++ < _text.Length;
    }

    private void SkipBlanks()
    {
        while (Current is ' ' or '\t')
            _position++;
    }

    private void SkipLine()
    {
        while (_position < _text.Length && Current != '\n')
            _position++;
    }
}
