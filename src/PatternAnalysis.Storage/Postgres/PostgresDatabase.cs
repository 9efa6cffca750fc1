using System.Data;
using System.Data.Common;
using Dapper;
using Npgsql;

namespace PatternAnalysis.Storage.Postgres;

/// <summary>A PostgreSQL database. Tables are found by the search path of whoever logs in.</summary>
/// <param name="address">Where it is.</param>
/// <param name="patience">How long to wait for others who write; half a minute when not given.</param>
/// <param name="writeLock">The advisory lock of those who write, of whom there is one at a time.</param>
internal sealed class PostgresDatabase(PostgresAddress address, TimeSpan? patience = null, long writeLock = PostgresDatabase.PatternLock)
    : ISqlDatabase
{
    /// <summary>
    /// Held by who writes patterns: "pattern" in ASCII, because advisory locks that other programs take have other numbers.
    /// </summary>
    public const long PatternLock = 0x7061747465726e;

    /// <summary>Held by who writes events: a save of patterns, which may take seconds, must not make the recorder wait.</summary>
    public const long EventLock = PatternLock + 1;

    private readonly TimeSpan _patience = patience ?? TimeSpan.FromSeconds(30);

    public string Name => address.Name;

    public IReadOnlyList<string> SchemaVersions => PostgresSchema.Versions;

    public DbConnection OpenForReading() => OpenSnapshot();

    public T ReadState<T>(Func<DbConnection, T> read)
    {
        using var connection = OpenSnapshot();
        return read(connection);
    }

    public void FinishInterruptedWrite() { } // the server's own work

    /// <summary>Opens it in a transaction that sees one state of the database and can change nothing.</summary>
    /// <param name="furtherStatement">What the transaction starts with, if anything.</param>
    public NpgsqlConnection OpenSnapshot(string furtherStatement = "") => OpenSnapshot("READ ONLY", furtherStatement);

    /// <summary>The same, in a transaction that may make temporary tables; nobody commits it.</summary>
    /// <param name="furtherStatement">What the transaction starts with, if anything.</param>
    public NpgsqlConnection OpenForCounting(string furtherStatement = "") => OpenSnapshot("READ WRITE", furtherStatement);

    private NpgsqlConnection OpenSnapshot(string access, string furtherStatement)
    {
        var connection = Open();
        try
        {
            using var begin = new NpgsqlCommand(
                $"BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, {access}; {furtherStatement}",
                connection
            );
            begin.ExecuteNonQuery();
            return connection;
        }
        catch (NpgsqlException error)
        {
            connection.Dispose();
            throw Translate(error, "opening it");
        }
    }

    public DbConnection OpenForWriting() => Open();

    public void Stop(DbCommand command) => command.Cancel();

    // A server is asked only when it is used: it is there, or says itself that it is not.
    public bool IsThere => true;

    public DbTransaction BeginWrite(DbConnection connection, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var transaction = connection.BeginTransaction(IsolationLevel.ReadCommitted);
        try
        {
            // The server wakes the waiting in their order; the lock goes with the transaction, also when this process is killed.
            using var command = (NpgsqlCommand)connection.CreateCommand();
            command.CommandText =
                $"SET LOCAL lock_timeout = {(long)_patience.TotalMilliseconds}; SELECT "
                + $"pg_advisory_xact_lock({writeLock}); SET LOCAL lock_timeout = DEFAULT";
            using var stop = cancellationToken.Register(command.Cancel);
            command.ExecuteNonQuery();
            return transaction;
        }
        catch (PostgresException error)
        {
            transaction.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw error.SqlState == PostgresErrorCodes.LockNotAvailable ? Busy(connection, error) : Translate(error, "starting to write");
        }
    }

    public IReadOnlySet<string> ColumnsOf(DbConnection connection, string table, DbTransaction? transaction = null) =>
        connection
            .Query<string>(
                "SELECT attname::text FROM pg_attribute WHERE attrelid = to_regclass(@table) AND attnum > 0 AND NOT attisdropped",
                new { table },
                transaction
            )
            .ToHashSet(StringComparer.OrdinalIgnoreCase);

    // Whatever is in the column is a date, by the column's type.
    public string IsDate => "timestamp IS NOT NULL";

    public string IndexNames => "SELECT indexname FROM pg_indexes WHERE tablename = @Table AND schemaname = ANY (current_schemas(false))";

    public string IsAmong(string column, string parameter) => $"{column} = ANY ({parameter})";

    public (string Condition, object Values) IsAmong(string column, string parameter, IReadOnlyCollection<string> texts) =>
        (IsAmong(column, parameter), texts.ToArray());

    public (string Condition, object Values) IsAmong(string column, string parameter, IReadOnlyCollection<long> numbers) =>
        (IsAmong(column, parameter), numbers.ToArray());

    public void Insert(
        DbConnection connection,
        DbTransaction transaction,
        string table,
        IReadOnlyList<(string Name, Array Values)> columns,
        string onConflict
    )
    {
        using var command = (NpgsqlCommand)connection.CreateCommand();
        command.Transaction = (NpgsqlTransaction)transaction;
        var places = Enumerable.Range(1, columns.Count).Select(number => $"${number}");
        command.CommandText =
            $"INSERT INTO {table} ({string.Join(", ", columns.Select(column => column.Name))}) "
            + $"SELECT * FROM unnest({string.Join(", ", places)}) {onConflict}";
        foreach (var (_, values) in columns)
            command.Parameters.Add(new NpgsqlParameter { Value = values });
        command.ExecuteNonQuery();
    }

    public PatternAnalysisException Translate(DbException error, string doing) => PostgresErrors.Translate(error, Name, doing);

    private NpgsqlConnection Open()
    {
        var connection = new NpgsqlConnection(address.ConnectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch (NpgsqlException error)
        {
            connection.Dispose();
            throw Translate(error, "opening it");
        }
    }

    private PatternAnalysisException Busy(DbConnection connection, PostgresException error)
    {
        var holder = connection.QueryFirstOrDefault<string>(
            """
            SELECT concat_ws(' ', 'user', usename, 'with', nullif(application_name, ''), 'from', coalesce(host(client_addr),
                'this machine'),
                '(process ' || pid || ') since', to_char(xact_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS"Z"'))
            FROM pg_locks JOIN pg_stat_activity USING (pid)
            WHERE locktype = 'advisory' AND granted AND (classid::bigint << 32) + objid::bigint = @writeLock
            """,
            new { writeLock }
        );
        return new PatternAnalysisException(
            ErrorCatalogue.DatabaseBusy,
            $"The database '{Name}' is being written to by {holder ?? "another process"}, for longer "
                + $"than {_patience.TotalSeconds:0} seconds. Nothing was changed. Try again when it has ended.",
            error
        );
    }
}
