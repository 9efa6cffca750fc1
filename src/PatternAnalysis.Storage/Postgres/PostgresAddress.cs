using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace PatternAnalysis.Storage.Postgres;

/// <summary>
/// Where a PostgreSQL database is and how to log in, from its name, the standard environment variables and what was given apart.
/// </summary>
internal sealed class PostgresAddress
{
    private const string SocketFolder = "/var/run/postgresql";

    private PostgresAddress(NpgsqlConnectionStringBuilder builder)
    {
        ConnectionString = builder.ConnectionString;
        var user = builder.Username is { Length: > 0 } name ? $"{name}@" : "";
        Name = string.Create(CultureInfo.InvariantCulture, $"postgres://{user}{builder.Host}:{builder.Port}/{builder.Database}");
    }

    /// <summary>The text that Npgsql opens the database by; it may hold a password.</summary>
    public string ConnectionString { get; }

    /// <summary>The database, as messages name it: without a password.</summary>
    public string Name { get; }

    /// <summary>Whether it holds a password, of the user or of a key.</summary>
    public bool HoldsPassword
    {
        get
        {
            var builder = new NpgsqlConnectionStringBuilder(ConnectionString);
            return !string.IsNullOrEmpty(builder.Password) || !string.IsNullOrEmpty(builder.SslPassword);
        }
    }

    /// <summary>Whether a name is that of a PostgreSQL database: an address, or a connection string that names a host.</summary>
    public static bool IsPostgres(string database) =>
        PostgresUri.IsUri(database) || (TryParse(database) is { } keys && (keys.ContainsKey("Host") || keys.ContainsKey("Server")));

    /// <summary>Reads a name.</summary>
    /// <exception cref="PatternAnalysisException">It can't be read; the message does not repeat it, for it may hold a password.</exception>
    public static PostgresAddress Parse(string database, DatabaseOptions options)
    {
        try
        {
            var builder = PostgresUri.IsUri(database) ? PostgresUri.Parse(database) : new NpgsqlConnectionStringBuilder(database);
            if (builder.Host?.Contains('=', StringComparison.Ordinal) == true)
                throw new ArgumentException("Its parts must be separated by semicolons.");

            return new PostgresAddress(Complete(builder, options));
        }
        catch (Exception error)
            when (error is ArgumentException or FormatException or InvalidCastException or OverflowException or KeyNotFoundException)
        {
            throw new PatternAnalysisException(
                ErrorCatalogue.InvalidConnectionString,
                $"The connection string can't be read as one of PostgreSQL: {Reason(error)} Write it "
                    + $"like postgres://user@host:5432/database, or 'Host=...;Database=...;Username=...'."
            );
        }
    }

    private static NpgsqlConnectionStringBuilder Complete(NpgsqlConnectionStringBuilder builder, DatabaseOptions options)
    {
        // The builder claims to contain every keyword that it knows; only its keys are those that were given.
        bool IsGiven(string key) => builder.Keys.Cast<string>().Contains(key, StringComparer.OrdinalIgnoreCase);

        // Npgsql itself honours PGUSER, PGPASSWORD, PGPASSFILE and ~/.pgpass, PGOPTIONS and the variables of the certificates.
        if (string.IsNullOrEmpty(builder.Host))
            builder.Host = Variable("PGHOST") ?? (Directory.Exists(SocketFolder) ? SocketFolder : "localhost");
        if (!IsGiven("Port") && Variable("PGPORT") is { } port)
            builder["Port"] = port;
        if (string.IsNullOrEmpty(builder.Database) && Variable("PGDATABASE") is { } name)
            builder.Database = name;
        if (!IsGiven("SSL Mode") && Variable("PGSSLMODE") is { } sslMode)
            builder["SSL Mode"] = sslMode.Replace("-", "", StringComparison.Ordinal);
        // What leaves this machine is encrypted, and no server gets a password in clear text, unless the user says otherwise.
        if (!IsGiven("SSL Mode") && !IsLocal(builder.Host))
            builder.SslMode = SslMode.Require;
        if (!IsGiven("Require Auth"))
            builder.RequireAuth = PostgresUri.AuthenticationMethods(Variable("PGREQUIREAUTH") ?? "!password");
        if (!IsGiven("Application Name"))
            builder.ApplicationName = Variable("PGAPPNAME") ?? "PatternAnalysis";
        if (options.UserName is not null)
            builder.Username = options.UserName;
        if (options.Password is not null)
            builder.Password = options.Password;

        builder.Pooling = false;
        builder.CommandTimeout = 0; // an analysis may be long; it is stopped by its caller
        builder.TcpKeepAlive = true;
        builder.Timezone = "UTC"; // what is written without a zone into a column with one is UTC
        builder.IncludeErrorDetail = false; // details repeat the values of rows
        builder.LogParameters = false;
        builder.PersistSecurityInfo = false;
        return builder;
    }

    // Several hosts may be named, each with its port.
    private static bool IsLocal(string hosts) =>
        hosts
            .Split(',', StringSplitOptions.TrimEntries)
            .All(host =>
                host.StartsWith('/')
                || host.StartsWith('@')
                || host.Split(':')[0].Equals("localhost", StringComparison.OrdinalIgnoreCase)
                || (System.Net.IPAddress.TryParse(host, out var address) || System.Net.IPAddress.TryParse(host.Split(':')[0], out address))
                    && System.Net.IPAddress.IsLoopback(address)
            );

    // The exceptions of the parsers may repeat a value; a keyword of ours is all that is safe to show.
    private static string Reason(Exception error) =>
        error.GetType() == typeof(ArgumentException)
        && error.InnerException is null
        && !error.Message.Contains("Couldn't set", StringComparison.Ordinal)
            ? error.Message
            : "a part of it is not understood.";

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static DbConnectionStringBuilder? TryParse(string text)
    {
        try
        {
            return new DbConnectionStringBuilder { ConnectionString = text };
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
