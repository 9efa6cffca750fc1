using System.Text;
using PatternAnalysis.Payloads;

namespace PatternAnalysis.Import.Formats;

/// <summary>
/// What a script of Codex's code mode would call, as far as it stands there: <c>tools.NAME(...)</c>, and the texts that those calls are
/// given. It is JavaScript; only its strings, comments, names and brackets are told apart, and nothing of it is run.
/// </summary>
internal sealed class CodexScriptText
{
    private const string Tools = "tools";
    private const string Shell = "exec_command";

    private readonly string _script;
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    private readonly List<string> _called = [];
    private readonly List<string> _commands = [];
    private readonly List<string> _patches = [];
    private int _place;

    // The last two tokens: a name, a text or one character each.
    private (string Text, bool IsText) _last = ("", false);
    private (string Text, bool IsText) _before = ("", false);

    // Takes back what the last token was taken for, should it go on.
    private Action? _undo;
    private int _shellCalls;

    private CodexScriptText(string script) => _script = script;

    /// <summary>The tools that it calls, each once, in their order.</summary>
    public IReadOnlyList<string> Called => _called;

    /// <summary>The commands that it hands to a shell, as far as they stand there whole.</summary>
    public IReadOnlyList<string> Commands => _commands;

    /// <summary>Whether it hands others to a shell as well: what is put together is known only when the script runs.</summary>
    public bool HasOtherCommands => _shellCalls > _commands.Count;

    /// <summary>The patches that stand in it whole.</summary>
    public IReadOnlyList<string> Patches => _patches;

    /// <summary>What it writes into a running command, empty when it only looks at one; null when it does neither.</summary>
    public string? Characters { get; private set; }

    /// <summary>The session of the running command that it writes into or looks at.</summary>
    public string? Session { get; private set; }

    /// <summary>Whether it looks through what there is to call.</summary>
    public bool SearchesTools { get; private set; }

    /// <summary>Reads a script. Never throws on what it holds; linear in its length.</summary>
    public static CodexScriptText Of(string script)
    {
        var text = new CodexScriptText(script);
        text.Read();
        return text;
    }

    private void Read()
    {
        while (_place < _script.Length)
        {
            var current = _script[_place];
            if (char.IsWhiteSpace(current))
                _place++;
            else if (current is '"' or '\'' or '`')
                Take(ReadLiteral(current), isText: true);
            else if (IsOfName(current))
                Take(ReadName(), isText: false);
            else if (current == '/' && SkipComment())
                continue;
            else if (current == '/' && MayBeginPattern())
                SkipPattern();
            else
            {
                Take(current.ToString(), isText: false);
                _place++;
            }
        }
    }

    private void Take(string token, bool isText)
    {
        var undo = _undo;
        _undo = null;
        if (!isText && GoesOn(token[0]))
            undo?.Invoke();
        SearchesTools |= !isText && token == "ALL_TOOLS";
        if (!_before.IsText && _before.Text == Tools && (IsAfter(".") || (isText && IsAfter("["))))
            TakeTool(token);
        else if (IsAfter(":"))
            TakeField(_before.Text, isText ? token : _variables.GetValueOrDefault(token), token);
        else if (IsAfter("=") && token is not "=" and not ">")
            TakeVariable(_before.Text, isText ? token : null);
        if (isText && PatchText.IsPatch(token))
            TakePatch(token);
        (_before, _last) = (_last, (token, isText));
    }

    // "git push " + branch, words.join(" "), parts[0], text || other: what is handed over is not the text that stands there.
    private static bool GoesOn(char next) => !IsOfName(next) && !",;)]}".Contains(next);

    private static bool IsOfName(char character) => char.IsAsciiLetterOrDigit(character) || character is '_' or '$';

    private bool IsAfter(string mark) => !_last.IsText && _last.Text == mark;

    private void TakeTool(string tool)
    {
        _shellCalls += tool == Shell ? 1 : 0;
        if (!_called.Contains(tool))
            _called.Add(tool);
    }

    private void TakeField(string field, string? text, string token)
    {
        if (field is "cmd" or "command" && text is not null)
        {
            _commands.Add(text);
            _undo = () => _commands.RemoveAt(_commands.Count - 1);
        }
        else if (field == "chars" && string.IsNullOrEmpty(Characters))
            Characters = text ?? token;
        else if (field == "session_id")
            Session = text ?? token;
    }

    private void TakeVariable(string name, string? text)
    {
        // What is added to one later, nobody follows.
        if (name is "+")
            _variables.Clear();
        else if (text is null)
            _variables.Remove(name);
        else
            _variables[name] = text;
        _undo = () => _variables.Remove(name);
    }

    private void TakePatch(string patch)
    {
        _patches.Add(patch);
        var before = _undo;
        _undo = () =>
        {
            before?.Invoke();
            _patches.RemoveAt(_patches.Count - 1);
        };
    }

    private string ReadName()
    {
        var start = _place;
        while (_place < _script.Length && IsOfName(_script[_place]))
            _place++;
        return _script[start.._place];
    }

    private string ReadLiteral(char quote)
    {
        var text = new StringBuilder();
        for (_place++; _place < _script.Length && _script[_place] != quote; _place++)
        {
            if (_script[_place] != '\\' || _place + 1 == _script.Length)
                text.Append(_script[_place]);
            else
                ReadEscape(text);
        }

        _place++;
        return text.ToString();
    }

    private void ReadEscape(StringBuilder text)
    {
        var escape = _script[++_place];
        var digits = escape switch
        {
            'x' => 2,
            'u' => 4,
            _ => 0,
        };
        if (digits > 0 && _place + digits < _script.Length && TryCode(_script.AsSpan(_place + 1, digits), out var code))
        {
            text.Append(code);
            _place += digits;
        }
        else if (escape != '\n') // a line that goes on
        {
            text.Append(
                escape switch
                {
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    'b' => '\b',
                    'f' => '\f',
                    'v' => '\v',
                    '0' => '\0',
                    _ => escape,
                }
            );
        }
    }

    private static bool TryCode(ReadOnlySpan<char> digits, out char code)
    {
        var isCode = ushort.TryParse(
            digits,
            System.Globalization.NumberStyles.AllowHexSpecifier,
            System.Globalization.CultureInfo.InvariantCulture,
            out var number
        );
        code = (char)number;
        return isCode;
    }

    private bool SkipComment()
    {
        var rest = _script.AsSpan(_place);
        if (!rest.StartsWith("//") && !rest.StartsWith("/*"))
            return false;
        var end =
            rest[1] == '/' ? rest.IndexOf('\n')
            : rest.IndexOf("*/") is >= 0 and var close ? close + 2
            : -1;
        _place = end < 0 ? _script.Length : _place + end;
        return true;
    }

    // A slash divides behind a value, and begins a regular expression where a value may stand.
    private bool MayBeginPattern() =>
        !_last.IsText && (_last.Text is "" or "return" || (_last.Text.Length == 1 && "(,=:[!&|?{};<>+-*%~^".Contains(_last.Text[0])));

    private void SkipPattern()
    {
        var isInClass = false;
        for (_place++; _place < _script.Length && _script[_place] != '\n'; _place++)
        {
            var current = _script[_place];
            if (current == '\\')
                _place++;
            else if (current == '/' && !isInClass)
                break;
            else
                isInClass = current == '[' || (isInClass && current != ']');
        }

        _place++;
        Take("/", isText: true); // a value
    }
}
