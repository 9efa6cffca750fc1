using System.Text;

namespace PatternAnalysis.Tests.Shell.Differential;

/// <summary>
/// Makes harmless scripts of bash from a seed. Commands are c1, c2...: programs that do not exist, each named once in its script. What must
/// not run, in comments and quotes, is named d1, d2...
/// </summary>
internal sealed class ScriptMaker(int seed)
{
    private readonly Random _random = new(seed);
    private int _commands;
    private int _data;
    private int _functions;
    private int _documents;

    public string Make() => Statements(depth: 0) + "\n";

    private string Statements(int depth)
    {
        var text = new StringBuilder();
        for (var count = _random.Next(1, 4); count > 0; count--)
        {
            text.Append(Statement(depth));
            text.Append(count == 1 ? "" : Pick("\n", "\n\n", $" # d{++_data} it's; d{++_data} | d{++_data}\n"));
        }

        return text.ToString();
    }

    private string Statement(int depth)
    {
        if (depth > 2)
            return Command(depth);

        // Statements end at the end of a line: a here-document may hang on any of them.
        return _random.Next(13) switch
        {
            0 => $"{Command(depth)} {Pick("&&", "||", "|", ";", "|&", "&&\n", "||\n", "|\n")} {Command(depth)}",
            1 => $"( {Statements(depth + 1)}\n)",
            2 => $"{{ {Statements(depth + 1)}\n}}",
            3 => $"if {Command(depth)}\nthen {Statements(depth + 1)}\nelse {Statements(depth + 1)}\nfi",
            4 =>
                $"if ! {Command(depth)}; then\n{Statements(depth + 1)}\nelif {Command(depth)}; then {Statements(depth + 1)}\nfi > d{++_data}",
            5 => $"for i in {Word()} {Word()}; do {Statements(depth + 1)}\ndone",
            6 => $"while {Command(depth)} && [[ a == b ]]; do {Statements(depth + 1)}\ndone",
            7 => $"case {Word()} in d{++_data}|x) {Statements(depth + 1)}\n;; *) {Statements(depth + 1)}\n;; esac",
            8 => Function(depth),
            9 => Document(depth),
            10 => $"{Command(depth)} &\nwait",
            11 => $"x=$( {Statements(depth + 1)}\n)",
            _ => Command(depth),
        };
    }

    private string Function(int depth)
    {
        var name = $"f{++_functions}";
        return $"{Pick($"{name}() {{", $"function {name} {{")} {Statements(depth + 1)}\n}}\n{name} {Word()}";
    }

    private string Document(int depth)
    {
        var end = $"E{++_documents}";
        var document = _random.Next(3) switch
        {
            0 => $"{Command(depth)} <<'{end}'\nd{++_data} $(d{++_data}) `d{++_data}`\n{end}",
            1 => $"{Command(depth)} <<{end} | {Command(depth)}\nd{++_data}; $({Name()} a)\n{end}",
            _ => $"{Command(depth)} <<-{end}\n\td{++_data} it's\n\t{end}",
        };
        return document + "\n:"; // nothing may follow the document's last line on it
    }

    private string Command(int depth)
    {
        var text = new StringBuilder(_random.Next(6) == 0 ? $"V={Word()} " : "").Append(Name());
        for (var count = _random.Next(0, 4); count > 0; count--)
            text.Append(Pick(" ", "  ", " \\\n ")).Append(depth < 3 && _random.Next(8) == 0 ? Substitution(depth) : Word());
        if (_random.Next(6) == 0)
            text.Append(Pick(" > ", " >> ", " 2> ", ">", " &> ")).Append($"d{++_data}");
        return text.ToString();
    }

    private string Substitution(int depth) =>
        _random.Next(5) switch
        {
            0 => $"$({Command(depth + 1)})",
            1 => $"\"a $({Command(depth + 1)}) b\"",
            2 => $"`{Name()} a`",
            3 => $"<({Command(depth + 1)})",
            _ => $"${{V:-$({Name()} b)}}",
        };

    private string Word() =>
        _random.Next(10) switch
        {
            0 => $"'d{++_data}; d{++_data} \"$(d{++_data})'",
            1 => $"\"d{++_data} | d{++_data} \\\" ' \\$(d{++_data}) \\`d{++_data}\\`\"",
            2 => $"a\\ b\\;\\ d{++_data}",
            3 => $"$'it\\'s; d{++_data}'",
            4 => "a#b",
            5 => $"--name='d{++_data} && d{++_data}'x\"y\"",
            6 => "\"\"",
            7 => "{a,b}",
            8 => "*.none",
            _ => "plain",
        };

    private string Name() => $"c{++_commands}";

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];
}
