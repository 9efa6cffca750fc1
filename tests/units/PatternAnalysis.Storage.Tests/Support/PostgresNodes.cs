using System.Data.Common;
using System.Globalization;
using Dapper;
using Npgsql;

namespace PatternAnalysis.Storage.Tests.Support;

/// <summary>
/// Several PostgreSQL servers as one database: sessions are spread over the nodes by the hash of their id, and a coordinator holds nothing
/// but the nodes' tables as partitions of its own.
/// </summary>
public sealed class PostgresNodes : EventDatabase
{
    /// <summary>The columns of events that are counted.</summary>
    public const string Counted = "id BIGINT, session_id TEXT, event_type TEXT, tool_name TEXT, timestamp TIMESTAMP";

    /// <summary>The columns of events of any kind.</summary>
    public const string Any =
        "id BIGINT NOT NULL, session_id TEXT, event_type TEXT, tool_name TEXT, timestamp TEXT, payload TEXT, source_app TEXT";

    private readonly PostgresServer[] _nodes;
    private readonly PostgresServer _coordinator;

    public PostgresNodes(int count, string columns = Counted, params string[] settings)
    {
        _nodes = [.. Enumerable.Range(0, count).Select(node => new PostgresServer(5440 + node, settings))];
        _coordinator = new PostgresServer(5439, settings);
        foreach (var node in _nodes)
            Execute(node, $"CREATE TABLE hook_events ({columns}); CREATE UNIQUE INDEX ON hook_events (id)");
        Execute(
            _coordinator,
            $"CREATE EXTENSION postgres_fdw; CREATE TABLE hook_events ({columns}) PARTITION BY HASH "
                + $"(session_id); CREATE SEQUENCE ids; ALTER TABLE hook_events ALTER id SET DEFAULT nextval('ids')"
        );
        foreach (var (node, number) in _nodes.Select((node, number) => (node, number)))
        {
            Execute(
                _coordinator,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"""
                    CREATE SERVER node_{number} FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '{node.Folder}', port '{node.Port}',
                        dbname 'postgres', async_capable 'true', fetch_size '10000');
                    CREATE USER MAPPING FOR tester SERVER node_{number} OPTIONS (user 'tester');
                    CREATE FOREIGN TABLE events_{number} PARTITION OF hook_events FOR VALUES WITH (MODULUS {count}, REMAINDER {number})
                        SERVER node_{number} OPTIONS (table_name 'hook_events', batch_size '1000')
                    """
                )
            );
        }
    }

    /// <summary>The connection string of the coordinator.</summary>
    public string Address => _coordinator.Address;

    public override PatternDatabase Database => PatternDatabase.Open(Address);

    /// <summary>The server that holds no events.</summary>
    public PostgresServer Coordinator => _coordinator;

    /// <summary>The servers that hold them.</summary>
    public IReadOnlyList<PostgresServer> Servers => _nodes;

    /// <summary>Each node as a database of its own.</summary>
    public IEnumerable<PatternDatabase> Nodes => _nodes.Select(node => PatternDatabase.Open(node.Address));

    public override DbConnection Open()
    {
        var connection = new NpgsqlConnection(Address);
        connection.Open();
        return connection;
    }

    public override IReadOnlyDictionary<string, string> State() => throw new NotSupportedException();

    /// <summary>How many events each node holds.</summary>
    public long[] EventsOfNodes() =>
        [
            .. _nodes.Select(node =>
            {
                using var connection = new NpgsqlConnection(node.Address);
                return connection.ExecuteScalar<long>("SELECT count(*) FROM hook_events");
            }),
        ];

    public override void Dispose()
    {
        _coordinator.Dispose();
        foreach (var node in _nodes)
            node.Dispose();
    }

    private static void Execute(PostgresServer server, string sql)
    {
        using var connection = new NpgsqlConnection(server.Address);
        connection.Execute(sql);
    }
}
