using System.Data.Common;
using Npgsql;

namespace PatternAnalysis.Storage.Tests.Support;

/// <summary>Events on a server of their own.</summary>
public sealed class PostgresServerEvents : EventDatabase
{
    private readonly PostgresServer _server;

    public PostgresServerEvents(PostgresServer server, string schema = PostgresEvents.OriginalSchema)
    {
        _server = server;
        Execute(schema);
    }

    public override PatternDatabase Database => PatternDatabase.Open(_server.Address);

    public override DbConnection Open()
    {
        var connection = new NpgsqlConnection(_server.Address);
        connection.Open();
        return connection;
    }

    public override IReadOnlyDictionary<string, string> State() => throw new NotSupportedException();

    public override void Dispose() => _server.Dispose();
}
