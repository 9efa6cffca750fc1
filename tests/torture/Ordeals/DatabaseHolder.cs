using Microsoft.Data.Sqlite;

namespace PatternAnalysis.Torture.Ordeals;

/// <summary>Somebody else who writes to a SQLite file for long.</summary>
internal sealed class DatabaseHolder : IDisposable
{
    private readonly SqliteConnection _connection;

    public DatabaseHolder(string file)
    {
        _connection = new SqliteConnection($"Data Source={file};Pooling=False");
        _connection.Open();
    }

    public void Hold() => Execute("BEGIN IMMEDIATE");

    public void Release()
    {
        if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0)
            Execute("ROLLBACK");
    }

    public void Dispose() => _connection.Dispose();

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
