using System.Globalization;
using Npgsql;
using PatternAnalysis.Storage;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Benchmarks;

/// <summary>A coordinator and its nodes, servers of the benchmark's own, with events spread over the nodes by their sessions.</summary>
internal sealed class EngineServers : IDisposable
{
    private const string Columns =
        "id BIGINT NOT NULL, session_id TEXT, event_type TEXT, tool_name TEXT, timestamp TIMESTAMP, payload TEXT";

    private readonly PostgresServer _coordinator;
    private readonly PostgresServer[] _nodes;
    private readonly CountingRelay[] _relays;

    public EngineServers(int count)
    {
        string[] settings = ["shared_buffers=512MB", "max_wal_size=8GB"];
        _nodes = [.. Enumerable.Range(0, count).Select(node => new PostgresServer(5450 + node, settings))];
        _relays = [.. _nodes.Select(node => new CountingRelay(node.Folder, node.Port))];
        _coordinator = new PostgresServer(5449);
        Execute(
            _coordinator.Address,
            $"CREATE EXTENSION postgres_fdw; CREATE TABLE hook_events ({Columns}) PARTITION BY HASH (session_id)"
        );
        for (var node = 0; node < count; node++)
        {
            Execute(
                _coordinator.Address,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"""
                    CREATE SERVER node_{node} FOREIGN DATA WRAPPER postgres_fdw
                        OPTIONS (host '{_relays[node].Folder}', port '{_nodes[node].Port}', dbname 'postgres', async_capable 'true');
                    CREATE USER MAPPING FOR tester SERVER node_{node} OPTIONS (user 'tester');
                    CREATE FOREIGN TABLE events_{node} PARTITION OF hook_events FOR VALUES WITH (MODULUS {count}, REMAINDER {node})
                        SERVER node_{node} OPTIONS (table_name 'hook_events')
                    """
                )
            );
        }
    }

    /// <summary>The connection string of the coordinator.</summary>
    public string Coordinator => _coordinator.Address;

    /// <summary>The connection string of the first node.</summary>
    public string Node => _nodes[0].Address.Replace(_nodes[0].Folder, _relays[0].Folder, StringComparison.Ordinal);

    /// <summary>The processor seconds of the connections that ended, of the coordinator's and of each node's.</summary>
    public double[] CpuSeconds() => [ConnectionSeconds(_coordinator), .. _nodes.Select(ConnectionSeconds)];

    /// <summary>The bytes that went to all nodes and came from them since they were asked for last.</summary>
    public (long To, long From) Bytes()
    {
        var bytes = Array.ConvertAll(_relays, relay => relay.Take());
        return (bytes.Sum(one => one.To), bytes.Sum(one => one.From));
    }

    public void Dispose()
    {
        _coordinator.Dispose();
        foreach (var node in _nodes)
            node.Dispose();
        foreach (var relay in _relays)
            relay.Dispose();
    }

    /// <summary>Stores events that all match, and derives their steps on each node.</summary>
    public void Fill(long events)
    {
        var writers = Array.ConvertAll(_nodes, node => new Copy(node.Address));
        var number = 0L;
        foreach (var row in EventDatabase.Rows(2 * events, Benchmark.Seed).Where(row => row.EventType == EventDatabase.StartType))
        {
            writers[NodeOf(row.Session, writers.Length)]
                .Writer.Write(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{++number}\t{row.Session}\t{row.EventType}\t{row.Tool}\t{row.Time}\t{row.Payload}\n"
                    )
                );
        }

        foreach (var writer in writers)
            writer.Dispose();
        foreach (var node in _nodes)
        {
            Execute(node.Address, "CREATE UNIQUE INDEX ON hook_events (id)");
            PatternDatabase.Open(node.Address).Steps.Derive();
            Execute(node.Address, "VACUUM ANALYZE");
        }
    }

    private static int NodeOf(string session, int count) =>
        (int)(session.Aggregate(17u, (hash, character) => unchecked(hash * 31 + character)) % (uint)count);

    // Fields 16 and 17 of its line are the user's and the system's time of the children that ended, in hundredths of a second; the name of
    // the program before them may hold blanks.
    private static double ConnectionSeconds(PostgresServer server)
    {
        var pid = File.ReadLines(Path.Combine(server.Folder, "postmaster.pid")).First();
        var line = File.ReadAllText($"/proc/{pid}/stat");
        var fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[13], CultureInfo.InvariantCulture) + long.Parse(fields[14], CultureInfo.InvariantCulture)) / 100.0;
    }

    private static void Execute(string address, string sql)
    {
        using var connection = new NpgsqlConnection(address);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.ExecuteNonQuery();
    }

    private sealed class Copy : IDisposable
    {
        private readonly NpgsqlConnection _connection;

        public Copy(string address)
        {
            Execute(address, $"CREATE TABLE hook_events ({Columns})");
            _connection = new NpgsqlConnection(address);
            _connection.Open();
            Writer = _connection.BeginTextImport("COPY hook_events FROM STDIN");
        }

        public TextWriter Writer { get; }

        public void Dispose()
        {
            Writer.Dispose();
            _connection.Dispose();
        }
    }
}
