using System.Collections.Frozen;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Danger;

/// <summary>Where the command lines of database clients carry a statement, and which of their options do nothing else.</summary>
/// <param name="Statements">Options that the statement follows.</param>
/// <param name="Letters">
/// Short options as for getopt: a colon behind one that takes a value, a question mark behind one whose
/// value can only stand in its own word.
/// </param>
/// <param name="Flags">Whole options without a value.</param>
/// <param name="Values">Whole options with one.</param>
/// <param name="Operands">How many operands name the database; the one after them is a statement, where the client takes it so.</param>
/// <param name="TakesOperand">A statement may be an operand.</param>
internal sealed record DatabaseClient(
    string[] Statements,
    string Letters,
    string[] Flags,
    string[] Values,
    int Operands,
    bool TakesOperand = false
)
{
    private static readonly DatabaseClient s_mySql = new(
        ["-e", "--execute"],
        "ABCEHLNXinqrstvwh:P:u:D:S:p?",
        Words(
            "--table --batch --silent --skip-column-names --column-names --raw --vertical --html --xml --password --compress --ssl --quick "
                + "--no-auto-rehash --unbuffered --verbose"
        ),
        Words(
            "--host --port --user --database --socket --protocol --default-character-set --connect-timeout --ssl-mode --ssl-ca --ssl-cert "
                + "--ssl-key --login-path"
        ),
        1
    );

    private static readonly DatabaseClient s_sqlite = new(
        [],
        "",
        Words(
            "-header -headers -noheader -column -json -csv -readonly -batch -line -list -box -table "
                + "-markdown -html -tabs -quote -bail -safe"
        ),
        Words("-separator -nullvalue -newline -mode"),
        1,
        TakesOperand: true
    );

    private static readonly FrozenDictionary<string, DatabaseClient> s_byName = new Dictionary<string, DatabaseClient>(
        StringComparer.OrdinalIgnoreCase
    )
    {
        ["psql"] = new(
            ["-c", "--command"],
            "AaEeHbnqtXxwWz01h:p:U:d:F:R:P:T:",
            Words(
                "--csv --html --tuples-only --no-align --expanded --quiet --no-psqlrc --no-password "
                    + "--password --single-transaction --echo-all "
                    + "--echo-queries --echo-errors --echo-hidden --no-readline --field-separator-zero --record-separator-zero"
            ),
            Words("--host --port --username --dbname --field-separator --record-separator --pset --table-attr"),
            2
        ),
        ["mysql"] = s_mySql,
        ["mariadb"] = s_mySql,
        ["sqlite3"] = s_sqlite,
        ["sqlite"] = s_sqlite,
        ["duckdb"] = s_sqlite with { Statements = ["-c", "-s"] },
        ["clickhouse-client"] = new(["-q", "--query"], "h:u:d:", [], Words("--host --port --user --password --database --format"), 0),
        ["sqlcmd"] = new(["-Q"], "ECbIWS:d:U:P:h:s:w:", [], [], 0),
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
            if (word.Value is not ['-', _, ..])
            {
                if (operands++ < Operands)
                    continue;
                if (!TakesOperand)
                    return null;
                statements.Add(word);
            }
            else if (
                Option(word.Value) is not var (kind, attached)
                || (kind != Kind.Flag && attached is null && ++index == arguments.Count)
            )
            {
                return null;
            }
            else if (kind == Kind.Statement)
            {
                statements.Add(attached is null ? arguments[index] : word with { Value = attached });
            }
        }

        return statements;
    }

    // What an option is, and the value that stands in its own word; null when it is not known to do nothing else.
    private (Kind Kind, string? Value)? Option(string word)
    {
        var equals = word.StartsWith("--", StringComparison.Ordinal) ? word.IndexOf('=', StringComparison.Ordinal) : -1;
        var name = equals > 0 ? word[..equals] : word;
        var attached = equals > 0 ? word[(equals + 1)..] : null;
        if (Statements.Contains(name))
            return (Kind.Statement, attached);
        if (Values.Contains(name))
            return (Kind.Value, attached);
        if (Flags.Contains(name))
            return (Kind.Flag, attached);
        if (word[1] == '-')
            return null;

        // -Atc "select ...": the last of joined letters may take what follows.
        for (var index = 1; index < word.Length; index++)
        {
            var rest = index + 1 < word.Length ? word[(index + 1)..] : null;
            if (Statements.Contains("-" + word[index]))
                return (Kind.Statement, rest);
            var place = word[index] is ':' or '?' ? -1 : Letters.IndexOf(word[index], StringComparison.Ordinal);
            if (place < 0)
                return null;
            if (place + 1 < Letters.Length && Letters[place + 1] is ':' or '?')
                return (Letters[place + 1] == ':' ? Kind.Value : Kind.Flag, rest);
        }

        return (Kind.Flag, null);
    }

    private static string[] Words(string text) => text.Split(' ');

    private enum Kind
    {
        Flag,
        Value,
        Statement,
    }
}
