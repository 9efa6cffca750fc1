namespace PatternAnalysis.Danger;

/// <summary>
/// Reads an awk program as far as it must be read to know that it only prints: pipes and <c>system</c> run commands, <c>&gt;</c> after
/// <c>print</c> writes files, <c>getline</c> reads them. What it cannot read is not plain.
/// </summary>
internal sealed class AwkProgram(string text)
{
    private static readonly string[] s_plainTargets = ["/dev/stdout", "/dev/stderr", "/dev/null"];

    private int _position;
    private bool _prints;

    // For each open bracket whether a statement follows it: "if (x) /y/".
    private readonly Stack<bool> _open = new();

    // The cursor is behind "if", "while" or "for".
    private bool _isBeforeCondition;

    // A value stands before the cursor, so "/" divides.
    private bool _afterValue;

    /// <summary>Whether the whole program is read and runs, reads and writes nothing but its input and output.</summary>
    public static bool IsPlain(string text) => new AwkProgram(text).ReadProgram();

    private bool ReadProgram()
    {
        while (_position < text.Length)
        {
            if (!ReadToken(text[_position]))
                return false;
        }

        return true;
    }

    private bool ReadToken(char current)
    {
        switch (current)
        {
            case ' ' or '\t' or '\r':
                _position++;
                return true;
            case '\\':
                _position += 2;
                return true;
            case '#':
                while (_position < text.Length && text[_position] != '\n')
                    _position++;
                return true;
            case '"':
                return SkipQuoted('"');
            case '/' when !_afterValue:
                return SkipQuoted('/');
            case ';' or '\n' or '{' or '}':
                if (_open.Count == 0)
                    _prints = false;
                return Skip(afterValue: false);
            case '(' or '[':
                _open.Push(_isBeforeCondition);
                return Skip(afterValue: false);
            case ')' or ']':
                return Skip(afterValue: !(_open.TryPop(out var isCondition) && isCondition));
            case '|' when Next == '|':
                _position++;
                return Skip(afterValue: false);
            case '|' or '@' or '`':
                return false;
            case '>' when _prints && _open.Count == 0:
                return SkipPlainTarget();
            default:
                return char.IsAsciiLetterOrDigit(current) || current is '_' or '$' or '.' ? ReadName() : Skip(afterValue: false);
        }
    }

    private char Next => _position + 1 < text.Length ? text[_position + 1] : '\0';

    private bool Skip(bool afterValue)
    {
        _position++;
        _afterValue = afterValue;
        _isBeforeCondition = false;
        return true;
    }

    private bool ReadName()
    {
        var start = _position;
        while (_position < text.Length && (char.IsAsciiLetterOrDigit(text[_position]) || text[_position] is '_' or '$' or '.'))
            _position++;
        var name = text.AsSpan(start, _position - start);
        _prints |= name is "print" or "printf";
        _afterValue = name is not ("print" or "printf" or "return" or "in" or "else" or "do" or "case");
        _isBeforeCondition = name is "if" or "while" or "for" or "switch";
        return name is not ("system" or "getline" or "close" or "extension" or "include" or "load");
    }

    private bool SkipQuoted(char quote)
    {
        var inSet = false;
        for (_position++; _position < text.Length; _position++)
        {
            var current = text[_position];
            if (current == '\\')
                _position++;
            else if (current == '\n')
                return false;
            else if (current == quote && !inSet)
                return Skip(afterValue: true);
            else if (current == quote)
                return false;
            else if (quote == '/' && current is '[' or ']')
                inSet = current == '[';
        }

        return false;
    }

    private bool SkipPlainTarget()
    {
        _position++;
        while (_position < text.Length && text[_position] is '>' or ' ')
            _position++;
        var start = _position;
        return _position < text.Length
            && text[_position] == '"'
            && SkipQuoted('"')
            && s_plainTargets.Contains(text[(start + 1)..(_position - 1)])
            && EndsStatement();
    }

    // A text behind the target would be a part of it: > "/dev/stdout" ".txt".
    private bool EndsStatement()
    {
        while (_position < text.Length && text[_position] is ' ' or '\t')
            _position++;
        return _position == text.Length || text[_position] is ';' or '}' or '\n' or '#';
    }
}
