using System.Collections.Frozen;
using System.Text.RegularExpressions;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Activities;

/// <summary>
/// Knows the arguments that are programs in a language of their own: filters of <c>jq</c> and <c>awk</c>, statements for databases,
/// GraphQL. Like other inline code they are thought up each time, unless they are as plain as a name.
/// </summary>
internal static partial class QueryText
{
    private static readonly Form s_filter = new()
    {
        Operand = 0,
        SubCommands = ["e", "eval", "ea", "eval-all"],
        ValueCounts = Values("--arg 2 --argjson 2 --slurpfile 2 --rawfile 2 --indent 1"),
        FileOptions = ["-f", "--from-file"],
        Flags = "rncsSCMaje",
        Plain = PlainFilter(),
    };

    private static readonly Form s_awk = new()
    {
        Operand = 0,
        ValueCounts = Values("-F 1 -v 1 --assign 1 --field-separator 1"),
        FileOptions = ["-f", "--file"],
        Plain = PlainAwk(),
    };

    private static readonly Form s_sqlite = new()
    {
        Operand = 1,
        Options = ["-c"],
        ValueCounts = Values("-cmd 1 -init 1 -separator 1 -newline 1 -nullvalue 1"),
        Plain = PlainDot(),
    };

    private static readonly Form s_mysql = new() { Options = ["-e", "--execute"], Flags = "ABNstrv" };

    private static readonly FrozenDictionary<string, Form> s_byProgram = new Dictionary<string, Form>
    {
        ["jq"] = s_filter,
        ["yq"] = s_filter,
        ["gojq"] = s_filter,
        ["jaq"] = s_filter,
        ["awk"] = s_awk,
        ["gawk"] = s_awk,
        ["mawk"] = s_awk,
        ["gh"] = new() { Options = ["--jq", "-q", "--template"], Plain = PlainFilter() },
        ["psql"] = new() { Options = ["-c", "--command"], Flags = "AtqxXwe1" },
        ["mysql"] = s_mysql,
        ["mariadb"] = s_mysql,
        ["sqlite3"] = s_sqlite,
        ["duckdb"] = s_sqlite,
        ["clickhouse-client"] = new() { Options = ["-q", "--query"] },
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a command is given such a program.</summary>
    public static bool IsIn(ShellSegment segment) =>
        IsGraph(segment)
        || (segment.Program is { } program && s_byProgram.TryGetValue(program, out var form) && form.IsIn(segment.Arguments));

    // gh api graphql -f query='query { ... }'; one that begins with @ is a file.
    private static bool IsGraph(ShellSegment segment) =>
        segment.Program == "gh"
        && segment.Arguments.Any(argument => argument.Value == "graphql")
        && segment.Arguments.Any(argument => Graph().IsMatch(argument.Value));

    [GeneratedRegex("^(?:-[fF]|--(?:raw-)?field=)?query=(?!@)", RegexOptions.CultureInvariant)]
    private static partial Regex Graph();

    private static FrozenDictionary<string, int> Values(string words) =>
        words.Split(' ').Chunk(2).ToFrozenDictionary(option => option[0], option => option[1][0] - '0', StringComparer.Ordinal);

    // .version, .items[0].name
    [GeneratedRegex("""^[.\w\[\]"-]*$""", RegexOptions.CultureInvariant)]
    private static partial Regex PlainFilter();

    // {print $1, $NF}
    [GeneratedRegex("""^\{ *print(?: +\$\w+(?:, *\$\w+)*)? *\}$""", RegexOptions.CultureInvariant)]
    private static partial Regex PlainAwk();

    // .tables
    [GeneratedRegex("""^\.\w+$""", RegexOptions.CultureInvariant)]
    private static partial Regex PlainDot();

    /// <summary>Where a program takes its text from.</summary>
    private sealed class Form
    {
        /// <summary>The options whose value is the text.</summary>
        public string[] Options { get; init; } = [];

        /// <summary>The options of one letter and without a value that may stand before such an option in one word: <c>-tAc</c>.</summary>
        public string Flags { get; init; } = "";

        /// <summary>Which of the words that are no options is the text; -1 when none is.</summary>
        public int Operand { get; init; } = -1;

        /// <summary>Words that may stand before the text, and are none.</summary>
        public string[] SubCommands { get; init; } = [];

        /// <summary>How many words follow an option.</summary>
        public FrozenDictionary<string, int> ValueCounts { get; init; } = FrozenDictionary<string, int>.Empty;

        /// <summary>The options that name a file with the text.</summary>
        public string[] FileOptions { get; init; } = [];

        /// <summary>What is as plain as a name; nothing when null.</summary>
        public Regex? Plain { get; init; }

        public bool IsIn(IReadOnlyList<ShellWord> arguments)
        {
            var operand = 0;
            for (var i = 0; i < arguments.Count; i++)
            {
                var word = arguments[i];
                if (word.Value is not ['-', _, ..])
                {
                    if (operand == 0 && SubCommands.Contains(word.Value))
                        continue;
                    if (operand++ == Operand)
                        return IsCode(word.Value);
                    continue;
                }

                var (name, value) = Split(word.Value);
                if (FileOptions.Contains(name))
                    return false;
                if (Options.Contains(name))
                    return value is not null ? IsCode(value) : i + 1 < arguments.Count && IsCode(arguments[i + 1].Value);
                i += ValueCounts.GetValueOrDefault(word.Value);
            }

            return false;
        }

        // --command=TEXT, -c, -cTEXT, -tAc
        private (string Name, string? Value) Split(string word)
        {
            if (word is ['-', '-', ..])
                return word.Split('=', 2) is [var name, var value] ? (name, value) : (word, null);
            var flags = word.AsSpan(1).IndexOfAnyExcept(Flags);
            if (flags < 0 || word.Length == 2 || Options.Contains(word) || ValueCounts.ContainsKey(word))
                return (word, null);
            var letter = $"-{word[flags + 1]}";
            return (Options.Contains(letter) || FileOptions.Contains(letter))
                ? (letter, word.Length > flags + 2 ? word[(flags + 2)..] : null)
                : (word, null);
        }

        private bool IsCode(string text) => Plain?.IsMatch(text) != true;
    }
}
