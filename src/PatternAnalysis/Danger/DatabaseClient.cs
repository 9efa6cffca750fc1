using System.Collections.Frozen;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Danger;

/// <summary>Where the command lines of database clients carry a statement, and which of their options do nothing else.</summary>
/// <param name="Statements">Options that the statement follows.</param>
/// <param name="Flags">Options without a value.</param>
/// <param name="Values">Options with one.</param>
/// <param name="Operands">How many operands name the database; the one after them is a statement, where the client takes it so.</param>
/// <param name="TakesOperand">A statement may be an operand.</param>
internal sealed record DatabaseClient(string[] Statements, string[] Flags, string[] Values, int Operands, bool TakesOperand = false)
{
    private static readonly DatabaseClient s_mySql = new(
        ["-e", "--execute"],
        [
            "-N",
            "-B",
            "-t",
            "-s",
            "-ss",
            "-H",
            "-X",
            "-E",
            "-r",
            "-sN",
            "-Ns",
            "-BN",
            "-NB",
            "-p",
            "--table",
            "--batch",
            "--silent",
            "--skip-column-names",
            "--raw",
            "--vertical",
            "--html",
            "--xml",
            "--password",
            "--compress",
            "--ssl",
            "--protocol",
        ],
        [
            "-h",
            "--host",
            "-P",
            "--port",
            "-u",
            "--user",
            "-D",
            "--database",
            "-S",
            "--socket",
            "--default-character-set",
            "--connect-timeout",
        ],
        1
    );

    private static readonly DatabaseClient s_sqlite = new(
        [],
        [
            "-header",
            "-headers",
            "-noheader",
            "-column",
            "-json",
            "-csv",
            "-readonly",
            "-batch",
            "-line",
            "-list",
            "-box",
            "-table",
            "-markdown",
            "-html",
            "-tabs",
            "-quote",
            "-bail",
            "-safe",
        ],
        ["-separator", "-nullvalue", "-newline", "-mode"],
        1,
        TakesOperand: true
    );

    private static readonly FrozenDictionary<string, DatabaseClient> s_byName = new Dictionary<string, DatabaseClient>(
        StringComparer.OrdinalIgnoreCase
    )
    {
        ["psql"] = new(
            ["-c", "--command"],
            [
                "-t",
                "-A",
                "-x",
                "-q",
                "-X",
                "-w",
                "-W",
                "-1",
                "-At",
                "-tA",
                "-Atq",
                "-tAq",
                "-Atx",
                "-Aqt",
                "-qAt",
                "-qtA",
                "-tAX",
                "-XAt",
                "-AtX",
                "-Xqt",
                "-tq",
                "-qt",
                "-E",
                "-e",
                "-a",
                "-n",
                "-z",
                "-0",
                "--csv",
                "--html",
                "--tuples-only",
                "--no-align",
                "--expanded",
                "--quiet",
                "--no-psqlrc",
                "--no-password",
                "--single-transaction",
            ],
            [
                "-h",
                "--host",
                "-p",
                "--port",
                "-U",
                "--username",
                "-d",
                "--dbname",
                "-F",
                "--field-separator",
                "-R",
                "--record-separator",
                "-P",
                "--pset",
            ],
            2
        ),
        ["mysql"] = s_mySql,
        ["mariadb"] = s_mySql,
        ["sqlite3"] = s_sqlite,
        ["sqlite"] = s_sqlite,
        ["duckdb"] = s_sqlite with { Statements = ["-c", "-s"] },
        ["clickhouse-client"] = new(
            ["-q", "--query"],
            [],
            ["-h", "--host", "--port", "-u", "--user", "--password", "-d", "--database", "--format"],
            0
        ),
        ["sqlcmd"] = new(["-Q"], ["-E", "-C", "-b", "-I", "-W"], ["-S", "-d", "-U", "-P", "-h", "-s", "-w"], 0),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a command gives a client one statement that only reads, and nothing else to run.</summary>
    public static bool OnlyReads(ShellSegment segment)
    {
        if (
            segment.Program is not { } program
            || !s_byName.TryGetValue(program, out var client)
            || client.FindStatement(segment.Arguments) is not { } words
        )
            return false;
        var input = segment.Redirections.FirstOrDefault(redirection => redirection.IsInput);
        if (words.Count == 0 && input is { Operator: "<<<" })
            words.Add(input.Target);
        else if (input is not null)
            return false;
        return words is [{ HasExpansion: false } word] && SqlStatement.OnlyReads(word.Value);
    }

    private List<ShellWord>? FindStatement(IReadOnlyList<ShellWord> arguments)
    {
        var statements = new List<ShellWord>();
        var operands = 0;
        for (var index = 0; index < arguments.Count; index++)
        {
            var word = arguments[index];
            var equals = word.Value.IndexOf('=', StringComparison.Ordinal);
            var name = word.Value.StartsWith("--", StringComparison.Ordinal) && equals > 0 ? word.Value[..equals] : word.Value;
            var isAttached = name.Length < word.Value.Length;
            if (word.Value is not ['-', _, ..])
            {
                if (operands++ < Operands)
                    continue;
                if (!TakesOperand)
                    return null;
                statements.Add(word);
            }
            else if (Statements.Contains(name))
            {
                if (!isAttached && index + 1 == arguments.Count)
                    return null;
                statements.Add(isAttached ? word with { Value = word.Value[(equals + 1)..] } : arguments[++index]);
            }
            else if (Values.Contains(name))
            {
                index += isAttached ? 0 : 1;
            }
            else if (EndsInStatement(word.Value) && index + 1 < arguments.Count)
            {
                // -Atc "select ...": short options, the last of which takes the statement.
                statements.Add(arguments[++index]);
            }
            else if (
                !Flags.Contains(name)
                && !Values.Any(option => option.Length == 2 && word.Value.StartsWith(option, StringComparison.Ordinal))
                && !IsPassword(word.Value)
            )
            {
                return null;
            }
        }

        return statements;
    }

    private bool EndsInStatement(string word) =>
        word.Length > 2
        && word[1] != '-'
        && Statements.Contains("-" + word[^1])
        && word[1..^1].All(letter => "AtxqXwNBsrE1".Contains(letter, StringComparison.Ordinal));

    private bool IsPassword(string word) => ReferenceEquals(this, s_mySql) && word.StartsWith("-p", StringComparison.Ordinal);
}
