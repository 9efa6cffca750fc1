using Npgsql;
using PatternAnalysis.Storage.Postgres;

namespace PatternAnalysis.Storage.Tests;

/// <summary>How a PostgreSQL database is named.</summary>
public class PostgresAddressTests
{
    [Theory]
    [InlineData("postgres://ada@db.example:5433/hooks", "db.example", 5433, "hooks", "ada", null)]
    [InlineData("postgresql://ada:p%40ss%2Fw%3Aord@db.example/hooks", "db.example", 5432, "hooks", "ada", "p@ss/w:ord")]
    [InlineData("postgres://ada:a@b@db.example/hooks", "db.example", 5432, "hooks", "ada", "a@b")]
    [InlineData("postgres://[2001:db8::1]:5433/hooks?user=ada", "2001:db8::1", 5433, "hooks", "ada", null)]
    [InlineData("postgres://ada@/hooks?host=/tmp/sockets&port=5499", "/tmp/sockets", 5499, "hooks", "ada", null)]
    [InlineData("Host=db.example;Database=hooks;Username=ada;Password=x", "db.example", 5432, "hooks", "ada", "x")]
    [InlineData("Server=db.example;Port=5433;DB=hooks;User Id=ada", "db.example", 5433, "hooks", "ada", null)]
    public void An_address_or_a_connection_string_names_it(
        string text,
        string host,
        int port,
        string database,
        string user,
        string? password
    )
    {
        Assert.True(PostgresAddress.IsPostgres(text));
        var parsed = new NpgsqlConnectionStringBuilder(PostgresAddress.Parse(text, DatabaseOptions.None).ConnectionString);

        Assert.Equal((host, port, database, user, password), (parsed.Host, parsed.Port, parsed.Database, parsed.Username, parsed.Password));
    }

    [Theory]
    [InlineData("postgres://ada@db.example/hooks", SslMode.Require)]
    [InlineData("Host=db.example;Database=hooks", SslMode.Require)]
    [InlineData("postgres://ada@localhost,db.example/hooks", SslMode.Require)]
    [InlineData("postgres://ada@10.0.0.1/hooks", SslMode.Require)]
    [InlineData("postgres://ada@localhost.example/hooks", SslMode.Require)]
    [InlineData("postgres://ada@db.example/hooks?sslmode=disable", SslMode.Disable)]
    [InlineData("postgres://ada@db.example/hooks?sslmode=verify-full", SslMode.VerifyFull)]
    [InlineData("postgres://ada@localhost:5433/hooks", SslMode.Prefer)]
    [InlineData("postgres://ada@127.0.0.1/hooks", SslMode.Prefer)]
    [InlineData("postgres://ada@[::1]/hooks", SslMode.Prefer)]
    [InlineData("postgres://ada@/hooks?host=/tmp/sockets", SslMode.Prefer)]
    [InlineData("Host=@abstract;Database=hooks", SslMode.Prefer)]
    [InlineData("Host=127.0.0.1:5433,localhost:5434;Database=hooks", SslMode.Prefer)]
    [InlineData("Host=127.0.0.1:5433,10.0.0.1:5434;Database=hooks", SslMode.Require)]
    public void What_leaves_this_machine_is_encrypted_unless_told_otherwise(string text, SslMode mode) =>
        Assert.Equal(mode, new NpgsqlConnectionStringBuilder(PostgresAddress.Parse(text, DatabaseOptions.None).ConnectionString).SslMode);

    [Theory]
    [InlineData("postgres://ada@db.example/hooks", "!Password")]
    [InlineData("postgres://ada@db.example/hooks?require_auth=scram-sha-256,md5", "ScramSHA256,MD5")]
    [InlineData("Host=db.example;Require Auth=Password", "Password")]
    public void No_server_gets_a_password_in_clear_text_unless_told_otherwise(string text, string required) =>
        Assert.Equal(
            required,
            new NpgsqlConnectionStringBuilder(PostgresAddress.Parse(text, DatabaseOptions.None).ConnectionString).RequireAuth
        );

    [Fact]
    public void No_error_and_no_log_repeats_what_rows_hold_and_times_without_a_zone_are_of_UTC()
    {
        var parsed = new NpgsqlConnectionStringBuilder(
            PostgresAddress
                .Parse(
                    "Host=db;Database=hooks;Include Error Detail=true;Log Parameters=true;Persist Security Info=true;Pooling=true;"
                        + "Timezone=CET",
                    DatabaseOptions.None
                )
                .ConnectionString
        );

        Assert.Equal((false, false, false), (parsed.IncludeErrorDetail, parsed.LogParameters, parsed.PersistSecurityInfo));
        Assert.Equal((false, "UTC", 0, true), (parsed.Pooling, parsed.Timezone, parsed.CommandTimeout, parsed.TcpKeepAlive));
    }

    [Theory]
    [InlineData("postgres://ada:x@db/hooks", true)]
    [InlineData("postgres://ada@db/hooks?password=x", true)]
    [InlineData("postgres://ada@db/hooks?sslpassword=x", true)]
    [InlineData("Host=db;Password=x", true)]
    [InlineData("Host=db;PSW=x", true)]
    [InlineData("Host=db;pwd=x", true)]
    [InlineData("Host=db;SSL Password=x", true)]
    [InlineData("Data Source=hooks.db;Password=x", true)]
    [InlineData("Data Source=hooks.db", false)]
    [InlineData("hooks.db", false)]
    [InlineData("postgres://ada@db/hooks", false)]
    [InlineData("Host=db;Username=ada;Passfile=x", false)]
    public void A_password_is_found_in_whatever_spelling(string text, bool holds) => Assert.Equal(holds, DatabaseName.HoldsPassword(text));

    [Theory]
    [InlineData("hooks.db")]
    [InlineData("/data/postgres/hooks.db")]
    [InlineData("Data Source=hooks.db")]
    [InlineData("a=b")]
    public void Everything_else_is_a_file(string text) => Assert.False(PostgresAddress.IsPostgres(text));

    [Fact]
    public void A_credential_wins_over_the_address_and_no_name_shows_a_password()
    {
        var address = PostgresAddress.Parse(
            "postgres://ada:old-secret@db.example/hooks",
            new DatabaseOptions { UserName = "bob", Password = "new-secret" }
        );

        var parsed = new NpgsqlConnectionStringBuilder(address.ConnectionString);
        Assert.Equal(("bob", "new-secret"), (parsed.Username, parsed.Password));
        Assert.Equal("postgres://bob@db.example:5432/hooks", address.Name);
        Assert.DoesNotContain("new-secret", new DatabaseOptions { Password = "new-secret" }.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgres://ada:secret@db.example:port/hooks")]
    [InlineData("postgres://ada:secret@db.example/hooks?sslmode=secret")]
    [InlineData("postgres://ada:secret@db.example/hooks?unknown=secret")]
    [InlineData("Host=db.example;Port=secret")]
    [InlineData("Host=db.example;Pasword=secret")]
    [InlineData("Host=db.example;SSL Mode=secret")]
    [InlineData("host=db.example dbname=hooks password=secret")]
    public void What_cannot_be_read_is_not_repeated(string text)
    {
        var error = Assert.Throws<PatternAnalysisException>(() => PatternDatabase.Open(text));

        Assert.Equal("InvalidConnectionString", error.ErrorId);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }
}
