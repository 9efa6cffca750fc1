using System.Diagnostics;
using System.Globalization;

namespace PatternAnalysis.Storage.Tests.Support;

/// <summary>
/// A PostgreSQL server of the tests' own: made in a temporary folder, reached by a socket there, stopped and deleted at the end.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    /// <summary>Why the tests that need a server are skipped, or null.</summary>
    public static readonly string? Missing = FindPrograms() is null
        ? "PostgreSQL's programs (initdb, pg_ctl) are not on this machine."
        : null;

    private static readonly Lazy<PostgresServer> s_shared = new(() => StartShared());

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"pattern-analysis-{Guid.NewGuid().ToString("N")[..12]}");

    private readonly string[] _settings;

    /// <summary>Makes and starts a server.</summary>
    /// <param name="port">The number in its socket's name.</param>
    /// <param name="settings">Further settings.</param>
    public PostgresServer(int port = 5432, params string[] settings)
    {
        Port = port;
        _settings = settings;
        Run("initdb", "-D", _folder, "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync");
        Start();
    }

    /// <summary>The server that most tests share.</summary>
    public static PostgresServer Shared => s_shared.Value;

    public int Port { get; }

    /// <summary>The folder of its socket and its files.</summary>
    public string Folder => _folder;

    /// <summary>The connection string of its first database.</summary>
    public string Address =>
        string.Create(CultureInfo.InvariantCulture, $"Host={_folder};Port={Port};Username=tester;Database=postgres;Pooling=false");

    /// <summary>Makes it a replica that waits for what its primary does next.</summary>
    public void BecomeReplica()
    {
        Stop();
        var signal = Path.Combine(_folder, "standby.signal");
        File.WriteAllText(signal, "");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(signal, (UnixFileMode)0b110_110_110);
        Start();
    }

    /// <summary>Asks for a password from now on, from everyone but the tests' own user.</summary>
    /// <param name="method">How it asks, in the words of <c>pg_hba.conf</c>.</param>
    public void RequirePasswords(string method = "scram-sha-256")
    {
        var rules = Path.Combine(_folder, "pg_hba.conf");
        var text = File.ReadAllText(rules);
        File.WriteAllText(rules, $"local all tester trust\nlocal all all {method}\n{text}");
        Run("pg_ctl", "-D", _folder, "reload");
    }

    /// <summary>Starts the server, again after it was stopped.</summary>
    public void Start()
    {
        string[] all =
        [
            "listen_addresses=''",
            $"port={Port}",
            $"unix_socket_directories='{_folder}'",
            "fsync=off",
            "max_connections=50",
            .. _settings,
        ];
        Run(
            "pg_ctl",
            "-D",
            _folder,
            "-w",
            "-t",
            "300",
            "-l",
            Path.Combine(_folder, "log"),
            "-o",
            string.Join(' ', all.Select(setting => $"-c {setting}")),
            "start"
        );
    }

    /// <summary>Stops the server as a power failure would.</summary>
    public void Stop() => Run("pg_ctl", "-D", _folder, "-m", "immediate", "-w", "-t", "300", "stop");

    public void Dispose()
    {
        if (File.Exists(Path.Combine(_folder, "postmaster.pid")))
            Stop();
        Directory.Delete(_folder, recursive: true);
    }

    private static PostgresServer StartShared()
    {
        var server = new PostgresServer();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        return server;
    }

    private static string? FindPrograms()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Concat(
                Directory.Exists("/usr/lib/postgresql")
                    ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(version => Path.Combine(version, "bin"))
                    : []
            );
        return OperatingSystem.IsWindows()
            ? null // sockets in a folder and the switch of the user are Unix's
            : folders.FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")));
    }

    // The server refuses to run as root; then it runs as the user whom every Unix has for such cases.
    private static void Run(string program, params string[] arguments)
    {
        var path = Path.Combine(FindPrograms()!, program);
        string[] command = Environment.IsPrivilegedProcess
            ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", path, .. arguments]
            : [path, .. arguments];

        // The server inherits what is open, so its output must not be a pipe that somebody waits for.
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = Path.GetTempPath() };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("exec \"$@\" </dev/null >/dev/null 2>&1");
        start.ArgumentList.Add("sh");
        foreach (var argument in command)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }
}
