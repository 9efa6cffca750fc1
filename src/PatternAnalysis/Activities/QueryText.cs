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
        ValueCounts = Values("--arg 2 --argjson 2 --slurpfile 2 --rawfile 2 --indent 1 --tab 0"),
        FileOptions = ["-f", "--from-file"],
        Plain = PlainFilter(),
    };

    private static readonly Form s_awk = new()
    {
        Operand = 0,
        ValueCounts = Values("-F 1 -v 1 --assign 1 --field-separator 1"),
        FileOptions = ["-f", "--file"],
        Plain = PlainAwk(),
    };

    private static readonly Form s_sqlite = new() { Operand = 1, Options = ["-c"] };

    private static readonly Form s_mysql = new() { Options = ["-e", "--execute"] };

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
        ["psql"] = new() { Options = ["-c", "--command"] },
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
        && segment.Arguments.Any(argument =>
            argument.Value.StartsWith("query=", StringComparison.Ordinal) && !argument.Value.StartsWith("query=@", StringComparison.Ordinal)
        );

    private static FrozenDictionary<string, int> Values(string words) =>
        words.Split(' ').Chunk(2).ToFrozenDictionary(option => option[0], option => option[1][0] - '0', StringComparer.Ordinal);

    // .version, .items[0].name
    [GeneratedRegex("""^[.\w\[\]"-]*$""", RegexOptions.CultureInvariant)]
    private static partial Regex PlainFilter();

    // {print $1, $NF}
    [GeneratedRegex("""^\{ *print(?: +\$\w+(?:, *\$\w+)*)? *\}$""", RegexOptions.CultureInvariant)]
    private static partial Regex PlainAwk();

    /// <summary>Where a program takes its text from.</summary>
    private sealed class Form
    {
        /// <summary>The options whose value is the text.</summary>
        public string[] Options { get; init; } = [];

        /// <summary>Which of the words that are no options is the text; -1 when none is.</summary>
        public int Operand { get; init; } = -1;

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
                var name = word.Value.Split('=', 2)[0];
                if (word.IsQuoted || word.Value is not ['-', _, ..])
                {
                    if (operand++ == Operand)
                        return IsCode(word.Value);
                }
                else if (FileOptions.Contains(name))
                    return false;
                else if (Options.Contains(name))
                    return name.Length < word.Value.Length
                        ? IsCode(word.Value[(name.Length + 1)..])
                        : i + 1 < arguments.Count && IsCode(arguments[i + 1].Value);
                else
                    i += ValueCounts.GetValueOrDefault(word.Value);
            }

            return false;
        }

        private bool IsCode(string text) => Plain?.IsMatch(text) != true;
    }
}
