using Npgsql;

namespace PatternAnalysis.Storage.Postgres;

/// <summary>
/// Reads the address of a PostgreSQL database as its own tools write it: <c>postgres://user@host:port/database?sslmode=require</c>.
/// </summary>
internal static class PostgresUri
{
    private static readonly string[] s_schemes = ["postgres://", "postgresql://"];

    // The names that libpq gives what Npgsql calls otherwise.
    private static readonly Dictionary<string, string> s_keywords = new(StringComparer.Ordinal)
    {
        ["host"] = "Host",
        ["hostaddr"] = "Host",
        ["port"] = "Port",
        ["dbname"] = "Database",
        ["user"] = "Username",
        ["password"] = "Password",
        ["passfile"] = "Passfile",
        ["sslmode"] = "SSL Mode",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["sslpassword"] = "SSL Password",
        ["sslrootcert"] = "Root Certificate",
        ["connect_timeout"] = "Timeout",
        ["application_name"] = "Application Name",
        ["options"] = "Options",
        ["require_auth"] = "Require Auth",
        ["target_session_attrs"] = "Target Session Attributes",
    };

    public static bool IsUri(string text) => s_schemes.Any(scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads an address.</summary>
    /// <exception cref="ArgumentException">It has a part that is not understood. The message does not repeat the text, which may hold a
    /// password.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string uri)
    {
        var builder = new NpgsqlConnectionStringBuilder();
        var (address, query) = Cut(uri[(uri.IndexOf("://", StringComparison.Ordinal) + 3)..], '?');
        var (authority, database) = Cut(address, '/');
        var at = authority.LastIndexOf('@');
        if (at >= 0)
        {
            var (user, password) = Cut(authority[..at], ':');
            Set(builder, "Username", user);
            Set(builder, "Password", password);
        }

        // Several hosts, separated by commas, are tried one after the other; each brings its own port.
        Set(builder, "Host", authority[(at + 1)..]);
        Set(builder, "Database", database);
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (keyword, value) = Cut(pair, '=');
            if (!s_keywords.TryGetValue(keyword, out var key))
                throw new ArgumentException($"'{keyword}' is no parameter of such an address.");
            Set(
                builder,
                key,
                keyword switch
                {
                    "sslmode" => value.Replace("-", "", StringComparison.Ordinal),
                    "require_auth" => AuthenticationMethods(value),
                    _ => value,
                }
            );
        }

        SplitPort(builder);
        return builder;
    }

    /// <summary>The ways to log in that libpq names, with the names of Npgsql; what is none of them stays, to be refused by it.</summary>
    /// <param name="methods">Separated by commas; one that is not to be used has a <c>!</c> in front.</param>
    public static string AuthenticationMethods(string methods) =>
        string.Join(
            ',',
            methods
                .Split(',', StringSplitOptions.TrimEntries)
                .Select(method => (method.StartsWith('!') ? "!" : "") + NpgsqlName(method.TrimStart('!')))
        );

    private static string NpgsqlName(string method) =>
        method switch
        {
            "password" => "Password",
            "md5" => "MD5",
            "gss" => "GSS",
            "sspi" => "SSPI",
            "scram-sha-256" => "ScramSHA256",
            "none" => "None",
            _ => method,
        };

    private static void Set(NpgsqlConnectionStringBuilder builder, string key, string value)
    {
        if (value.Length > 0)
            builder[key] = Uri.UnescapeDataString(value);
    }

    private static void SplitPort(NpgsqlConnectionStringBuilder builder)
    {
        var host = builder.Host;
        if (host is null || host.Contains(',', StringComparison.Ordinal) || host.StartsWith('/'))
            return;

        // An IPv6 address stands in brackets, because it has colons of its own.
        var colon = host.LastIndexOf(':');
        if (colon > host.LastIndexOf(']'))
        {
            builder.Port = ushort.TryParse(host.AsSpan(colon + 1), out var port)
                ? port
                : throw new ArgumentException("The port is no number from 1 to 65535.");
            host = host[..colon];
        }

        builder.Host = host.Trim('[', ']') is { Length: > 0 } name ? name : null;
    }

    private static (string Before, string After) Cut(string text, char separator)
    {
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        return at < 0 ? (text, "") : (text[..at], text[(at + 1)..]);
    }
}
