using PatternAnalysis.Danger;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Tests.Danger;

/// <summary>A client is given one statement that only reads, and nothing of its command line does anything else.</summary>
public class DatabaseClientTests
{
    private static bool OnlyReads(string command) => DatabaseClient.OnlyReads(ShellReader.Read(command, ShellDialect.Posix).Segments[^1]);

    // How each client is given a statement, with the options of its manual that change nothing but how it connects and prints.
    [Theory]
    [InlineData(
        "psql … -c",
        "-A -a -b -E -e -H -n -q -t -X -x -w -W -z -0 -1 -At -tA -Atq -qtAX --csv --html --tuples-only --no-align --expanded --quiet "
            + "--no-psqlrc --no-password --password --single-transaction --echo-all --echo-queries "
            + "--echo-errors --echo-hidden --no-readline "
            + "--field-separator-zero --record-separator-zero",
        "-h -p -U -d -F -R -P -T -Ath --host --port --username --dbname --field-separator --record-separator --pset --table-attr"
    )]
    [InlineData("psql db … --command", "-q db", "-U --dbname")]
    [InlineData("psql db user … -Atqc", "-x", "-h")]
    [InlineData(
        "mysql … -e",
        "-A -B -C -E -H -L -N -X -i -n -q -r -s -ss -t -v -w -sN -BN -p -psecret --table --batch "
            + "--silent --skip-column-names --column-names "
            + "--raw --vertical --html --xml --password --compress --ssl --quick --no-auto-rehash --unbuffered --verbose",
        "-h -P -u -D -S -Nu --host --port --user --database --socket --protocol "
            + "--default-character-set --connect-timeout --ssl-mode --ssl-ca "
            + "--ssl-cert --ssl-key --login-path"
    )]
    [InlineData("mysql db … --execute", "-N", "-u")]
    [InlineData("mariadb db … -Ne", "-N", "-u")]
    [InlineData(
        "sqlite3 … app.db",
        "-header -headers -noheader -column -json -csv -readonly -batch -line -list -box -table -markdown -html -tabs -quote -bail -safe",
        "-separator -nullvalue -newline -mode"
    )]
    [InlineData("sqlite … app.db", "-json", "-mode")]
    [InlineData("duckdb app.db … -c", "-json -readonly", "-separator")]
    [InlineData("duckdb … app.db", "-csv", "-nullvalue")]
    [InlineData("duckdb … -s", "-csv", "-nullvalue")]
    [InlineData("clickhouse-client … -q", "", "-h -u -d --host --port --user --password --database --format")]
    [InlineData("clickhouse-client … --query", "", "-h")]
    [InlineData("sqlcmd … -Q", "-E -C -b -I -W -EC", "-S -d -U -P -h -s -w")]
    public void A_client_that_gets_one_reading_statement_only_reads(string form, string flags, string values)
    {
        var taking = values.Split(' ');
        foreach (
            var option in flags
                .Split(' ')
                .Concat(taking.Select(name => name + " x"))
                .Concat(
                    taking.Select(name =>
                        name.StartsWith("--", StringComparison.Ordinal) ? name + "=x"
                        : name.Length == 2 ? name + "x"
                        : ""
                    )
                )
        )
        {
            var command = form.Replace("…", option, StringComparison.Ordinal);

            Assert.True(OnlyReads(command + " 'select 1'"), command);
            Assert.False(OnlyReads(command + " 'drop table x'"), command);
            Assert.False(OnlyReads(command + " \"select $x\""), command);
            Assert.False(OnlyReads(command.Replace(" …", "", StringComparison.Ordinal) + " --unknown 'select 1'"), command);
        }
    }

    [Theory]
    [InlineData("psql -c'select 1'", true)]
    [InlineData("psql --command='select 1'", true)]
    [InlineData("psql -Atc'select 1' db", true)]
    [InlineData("psql db user <<< 'select 1'", true)]
    [InlineData("psql db <<< 'drop table x'", false)]
    [InlineData("psql -c 'select 1' <<< 'select 1'", false)]
    [InlineData("psql -c 'select 1' < file", false)]
    [InlineData("psql -c 'select 1' -c 'select 2'", false)]
    [InlineData("psql db < file", false)]
    [InlineData("psql db", false)]
    [InlineData("psql -c", false)]
    [InlineData("psql -h", false)]
    [InlineData("psql db user more -c 'select 1'", false)]
    [InlineData("psql -f file -c 'select 1'", false)]
    [InlineData("psql -o file -c 'select 1'", false)]
    [InlineData("psql -v x=1 -c 'select 1'", false)]
    [InlineData("psql -Ato file -c 'select 1'", false)]
    [InlineData("psql -: x -c 'select 1'", false)]
    [InlineData("psql --output=file -c 'select 1'", false)]
    [InlineData("mysql db more -e 'select 1'", false)]
    [InlineData("mysql --init-command='drop table x' -e 'select 1'", false)]
    [InlineData("mysql -p? -e 'select 1'", true)]
    [InlineData("mysql -p secret -e 'select 1'", true)]
    [InlineData("sqlite3 app.db 'select 1' 'drop table x'", false)]
    [InlineData("sqlite3 -cmd '.shell rm x' app.db 'select 1'", false)]
    [InlineData("sqlite3 -init file app.db 'select 1'", false)]
    [InlineData("sqlite3 app.db .tables", true)]
    [InlineData("sqlite3 app.db", false)]
    [InlineData("sqlcmd -i file -Q 'select 1'", false)]
    [InlineData("sqlcmd db -Q 'select 1'", false)]
    [InlineData("pgcli -c 'select 1'", false)]
    [InlineData("$client -c 'select 1'", false)]
    [InlineData("PSQL -c 'select 1'", true)]
    public void Whatever_else_is_given_to_a_client_may_do_more(string command, bool onlyReads) =>
        Assert.Equal(onlyReads, OnlyReads(command));
}
