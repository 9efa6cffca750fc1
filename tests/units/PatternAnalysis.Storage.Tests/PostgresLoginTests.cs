using Npgsql;
using PatternAnalysis.Storage.Postgres;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests;

/// <summary>
/// Whom the server lets in, and what is said when it does not. The server is the tests' own, because it asks for passwords. No other test
/// runs meanwhile: the variables of the process name this server.
/// </summary>
[Collection(EnvironmentTests.Name)]
public sealed class PostgresLoginTests
{
    private const string Password = "corr:ect/h@rse";

    [StoreFact]
    public void The_password_comes_from_the_credential_the_environment_or_the_password_file_and_stands_in_no_error()
    {
        using var server = new PostgresServer(5433);
        using (var connection = new NpgsqlConnection(server.Address))
        {
            connection.Open();
            Dapper.SqlMapper.Execute(
                connection,
                $"CREATE ROLE ada LOGIN PASSWORD '{Password}'; ALTER DATABASE postgres OWNER TO ada; GRANT ALL ON SCHEMA public TO ada"
            );
        }

        server.RequirePasswords();
        var address = $"postgres:///postgres?host={server.Folder}&port={server.Port}&user=ada";

        var missing = Assert.Throws<PatternAnalysisException>(() => CountRuns(address));
        var wrong = Assert.Throws<PatternAnalysisException>(() => CountRuns(address, new DatabaseOptions { Password = "wr0ng" }));
        Assert.Equal(("AuthenticationFailed", "AuthenticationFailed"), (missing.ErrorId, wrong.ErrorId));
        Assert.DoesNotContain("wr0ng", wrong.ToString(), StringComparison.Ordinal);

        CountRuns(address, new DatabaseOptions { UserName = "ada", Password = Password });
        WithVariables(() => CountRuns(address), ("PGPASSWORD", Password));
        WithVariables(
            () => CountRuns("postgres://"),
            ("PGHOST", server.Folder),
            ("PGPORT", "5433"),
            ("PGUSER", "ada"),
            ("PGDATABASE", "postgres"),
            ("PGPASSWORD", Password)
        );

        var passwords = Path.Combine(server.Folder, "passwords");
        File.WriteAllText(passwords, $"*:5433:postgres:ada:{Password.Replace(":", "\\:", StringComparison.Ordinal)}\n");
        if (!OperatingSystem.IsWindows()) // there is no server to test there
            File.SetUnixFileMode(passwords, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        WithVariables(() => CountRuns(address), ("PGPASSFILE", passwords));

        // A server that wants it in clear text gets none unless it is told to.
        server.RequirePasswords("password");
        var options = new DatabaseOptions { Password = Password };
        var clear = Assert.Throws<PatternAnalysisException>(() => CountRuns(address, options));
        Assert.Equal("AuthenticationFailed", clear.ErrorId);
        Assert.DoesNotContain(Password, clear.ToString(), StringComparison.Ordinal);
        CountRuns($"{address}&require_auth=password", options);
        WithVariables(() => CountRuns(address, options), ("PGREQUIREAUTH", "password"));
    }

    [Fact]
    public void How_a_server_is_spoken_to_comes_from_the_environment_where_the_address_says_nothing()
    {
        WithVariables(
            () =>
            {
                Assert.Equal(SslMode.VerifyFull, Parsed("postgres://ada@db.example/hooks").SslMode);
                Assert.Equal(SslMode.Disable, Parsed("postgres://ada@db.example/hooks?sslmode=disable").SslMode);
            },
            ("PGSSLMODE", "verify-full")
        );
        WithVariables(
            () =>
            {
                Assert.Equal("ScramSHA256", Parsed("postgres://ada@db.example/hooks").RequireAuth);
                Assert.Equal("MD5", Parsed("postgres://ada@db.example/hooks?require_auth=md5").RequireAuth);
            },
            ("PGREQUIREAUTH", "scram-sha-256")
        );
        WithVariables(
            () =>
            {
                Assert.Equal(("other.example", 5555, "else", "mine"), Named(Parsed("postgres://")));
                Assert.Equal(
                    ("db.example", 5433, "hooks", "yours"),
                    Named(Parsed("postgres://db.example:5433/hooks?application_name=yours"))
                );
            },
            ("PGHOST", "other.example"),
            ("PGPORT", "5555"),
            ("PGDATABASE", "else"),
            ("PGAPPNAME", "mine")
        );
        Assert.Equal("PatternAnalysis", Parsed("postgres://ada@db.example/hooks").ApplicationName);

        static (string?, int, string?, string?) Named(NpgsqlConnectionStringBuilder address) =>
            (address.Host, address.Port, address.Database, address.ApplicationName);
    }

    private static NpgsqlConnectionStringBuilder Parsed(string address) =>
        new(PostgresAddress.Parse(address, DatabaseOptions.None).ConnectionString);

    private static void CountRuns(string address, DatabaseOptions? options = null) =>
        Assert.Empty(PatternDatabase.Open(address, options).Runs.Last(1));

    private static void WithVariables(Action test, params (string Name, string Value)[] variables)
    {
        foreach (var (name, value) in variables)
            Environment.SetEnvironmentVariable(name, value);
        try
        {
            test();
        }
        finally
        {
            foreach (var (name, _) in variables)
                Environment.SetEnvironmentVariable(name, null);
        }
    }
}
