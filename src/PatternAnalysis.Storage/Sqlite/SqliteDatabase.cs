using System.Data.Common;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using PatternAnalysis.Files;
using PatternAnalysis.Storage.Events;
using SQLitePCL;

namespace PatternAnalysis.Storage.Sqlite;

/// <summary>A SQLite file.</summary>
/// <param name="path">The file.</param>
/// <param name="patience">How long to wait for others who write.</param>
internal sealed class SqliteDatabase(string path, TimeSpan patience) : ISqlDatabase
{
    // A new file, or one that holds events or what was made of them.
    private const string IsForEvents = """
        SELECT count(*) = 0 OR coalesce(max(lower(name) = 'hook_events' OR lower(name) LIKE 'pattern!_%' ESCAPE '!'), 0) FROM sqlite_master
        """;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    // One thread at a time uses a connection, so the lock that SQLite takes at every call would only cost: a tenth of reading.
    // Where another user of the library was first, it keeps its ways.
    static SqliteDatabase()
    {
        RuntimeHelpers.RunClassConstructor(typeof(SqliteConnection).TypeHandle);
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
    }

    public SqliteDatabase(string path)
        : this(path, s_patience) { }

    /// <summary>
    /// Whether a write is done when the operating system has it, as the recorder needs it: it survives the end of the program, but not a
    /// power failure.
    /// Moving the log into the file is left to others as well.
    /// </summary>
    public bool WritesQuickly { get; init; }

    /// <summary>
    /// Whether SQLite checks references between tables. Those of the product's own tables are checked; a table of somebody else may refer
    /// to tables that its owner never made, and its owner decides.
    /// </summary>
    public bool ChecksForeignKeys { get; init; } = true;

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    // Its commands know no cancelling; its connections can be interrupted.
    public void Stop(DbCommand command) => raw.sqlite3_interrupt(((SqliteConnection)command.Connection!).Handle);

    public bool IsThere => File.Exists(Path);

    public string Name => Path;

    /// <summary>The same file for writing into a table that may be somebody else's.</summary>
    public SqliteDatabase WithoutForeignKeys() => new(Path, patience) { WritesQuickly = WritesQuickly, ChecksForeignKeys = false };

    public DbConnection OpenForReading()
    {
        EndlessEvents.RefuseFile(Path);
        return Open(SqliteOpenMode.ReadOnly, SqliteSnapshot.NeedsImmutable(Path));
    }

    /// <summary>Opens the file for reading as it would be if nobody wrote to it, or as one that others may write to.</summary>
    public SqliteConnection OpenForReading(bool immutable) => Open(SqliteOpenMode.ReadOnly, immutable);

    public DbConnection OpenForWriting()
    {
        var connection = Open(SqliteOpenMode.ReadWrite, immutable: false);
        try
        {
            if (WritesQuickly)
                raw.sqlite3_db_config(connection.Handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _);
            // Readers and the recorder then never wait for a save. On a file system that can't, the file stays as it is; so does one that
            // was named by mistake.
            using var look = Command(connection, IsForEvents);
            var journal = look.ExecuteScalar() is 1L ? "PRAGMA journal_mode = WAL; " : "";
            using var pragmas = Command(
                connection,
                $"{journal}PRAGMA foreign_keys = {(ChecksForeignKeys ? "ON" : "OFF")}; "
                    + $"PRAGMA synchronous = {(WritesQuickly ? "NORMAL" : "FULL")}"
            );
            pragmas.ExecuteNonQuery();
            return connection;
        }
        catch (SqliteException error) when (error.SqliteErrorCode == raw.SQLITE_BUSY)
        {
            return connection;
        }
        catch (SqliteException error)
        {
            connection.Dispose();
            throw Translate(error, "opening it for writing");
        }
    }

    public T ReadState<T>(Func<DbConnection, T> read)
    {
        EndlessEvents.RefuseFile(Path);
        if (SqliteSnapshot.NeedsImmutable(Path))
        {
            var before = SqliteSnapshot.Of(Path);
            using var immutable = OpenForReading(immutable: true);
            var result = read(immutable);
            if (SqliteSnapshot.Of(Path) == before)
                return result;
        }

        using var connection = OpenForReading(immutable: false);
        using var begin = Command(connection, "BEGIN");
        begin.ExecuteNonQuery();
        return read(connection);
    }

    public void FinishInterruptedWrite()
    {
        // Opened for writing, SQLite takes back by itself what a dead writer left.
        if (new FileInfo(Path + "-journal") is { Exists: true, Length: > 0 } && File.Exists(Path))
            OpenForWriting().Dispose();
    }

    /// <summary>Makes an empty database when there is no file; its folder must be there.</summary>
    public void CreateIfMissing()
    {
        if (File.Exists(Path))
            return;

        if (!Directory.Exists(System.IO.Path.GetDirectoryName(Path)))
        {
            throw new PatternAnalysisException(
                ErrorCatalogue.FolderNotFound,
                $"There is no folder '{System.IO.Path.GetDirectoryName(Path)}' to "
                    + $"create the database '{Path}' in. Check the path, or make the folder."
            );
        }

        // For the user alone; what SQLite makes beside it gets the same mode.
        try
        {
            SafeFile.Create(Path).Dispose();
        }
        catch (IOException) when (File.Exists(Path))
        {
            // Another process created the file since it was looked for.
        }

        using (Connect(SqliteOpenMode.ReadWrite, immutable: false)) { }
    }

    public DbTransaction BeginWrite(DbConnection connection, CancellationToken cancellationToken)
    {
        var sqlite = (SqliteConnection)connection;
        var waited = Stopwatch.StartNew();
        var timeout = sqlite.DefaultTimeout;
        sqlite.DefaultTimeout = 1;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                var transaction = sqlite.BeginTransaction(deferred: false);
                sqlite.DefaultTimeout = timeout;
                return transaction;
            }
            catch (SqliteException error) when (error.SqliteErrorCode == raw.SQLITE_BUSY && waited.Elapsed < patience)
            {
                // Another process writes; SQLite does not say which. Waiting goes on until patience ends.
                continue;
            }
            catch (SqliteException error)
            {
                throw Translate(error, "starting to write");
            }
        }
    }

    public IReadOnlyList<string> SchemaVersions => SqliteSchema.Versions;

    public string IsDate => $"timestamp >= '{HookEventSql.FirstDate}' AND timestamp < '{HookEventSql.LastDate}'";

    public string IndexNames => "SELECT name FROM pragma_index_list(@Table)";

    public string IsAmong(string column, string parameter) => $"{column} IN {parameter}";

    // One parameter: SQLite looks for each by its name, from the first on, so hundreds would cost their square.
    public (string Condition, object Values) IsAmong(string column, string parameter, IReadOnlyCollection<string> texts) =>
        ($"{column} IN (SELECT value FROM json_each({parameter}))", JsonSerializer.Serialize(texts));

    public (string Condition, object Values) IsAmong(string column, string parameter, IReadOnlyCollection<long> numbers) =>
        ($"{column} IN (SELECT value FROM json_each({parameter}))", JsonSerializer.Serialize(numbers));

    // Without Dapper, as all that the hook recorder calls: generating its code would take longer than recording.
    public IReadOnlySet<string> ColumnsOf(DbConnection connection, string table, DbTransaction? transaction = null)
    {
        using var command = Command(connection, "SELECT name FROM pragma_table_xinfo(@table)", transaction);
        command.AddParameter("table").Value = table;
        using var row = command.ExecuteReader();
        var columns = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (row.Read())
            columns.Add(row.GetString(0));
        return columns;
    }

    /// <summary>Makes a command of a transaction.</summary>
    public static DbCommand Command(DbConnection connection, string text, DbTransaction? transaction = null)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        command.Transaction = transaction;
        return command;
    }

    public void Insert(
        DbConnection connection,
        DbTransaction transaction,
        string table,
        IReadOnlyList<(string Name, Array Values)> columns,
        string onConflict
    )
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        var names = string.Join(", ", columns.Select(column => column.Name));
        command.CommandText =
            $"INSERT INTO {table} ({names}) VALUES ({string.Join(", ", columns.Select(column => "@" + column.Name))}) {onConflict}";
        var parameters = columns.Select(column => command.AddParameter("@" + column.Name)).ToArray();
        for (var row = 0; row < columns[0].Values.Length; row++)
        {
            for (var column = 0; column < columns.Count; column++)
                parameters[column].Value = columns[column].Values.GetValue(row) ?? DBNull.Value;
            command.ExecuteNonQuery();
        }
    }

    public PatternAnalysisException Translate(DbException error, string doing) => SqliteErrors.Translate(error, Path, doing);

    private SqliteConnection Open(SqliteOpenMode mode, bool immutable)
    {
        if (!File.Exists(Path))
        {
            throw new PatternAnalysisException(
                ErrorCatalogue.DatabaseNotFound,
                Directory.Exists(Path)
                    ? $"'{Path}' is a folder. Give the SQLite file itself."
                    : $"There is no database '{Path}'. Check the path."
            );
        }

        EndlessEvents.RefuseFile(Path);
        return Connect(mode, immutable);
    }

    private SqliteConnection Connect(SqliteOpenMode mode, bool immutable)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = immutable ? $"{new Uri(Path).AbsoluteUri}?immutable=1" : Path,
                Mode = mode,
                Pooling = false, // a pooled handle would keep the file open, and its -wal beside it
                DefaultTimeout = (int)Math.Ceiling(patience.TotalSeconds),
            }.ToString()
        );
        try
        {
            connection.Open();

            // The library's own waiting sleeps 150 ms at a time; SQLite's begins with 1 ms.
            raw.sqlite3_busy_timeout(connection.Handle, (int)Math.Min(patience.TotalMilliseconds, 500));

            // Opening reads nothing; the first look at the schema tells whether this is a database.
            using var look = Command(connection, "SELECT max(type = 'view' AND lower(name) = 'hook_events') FROM sqlite_master");
            if (look.ExecuteScalar() is 1L)
                EndlessEvents.RefuseView(connection, Path);
            return connection;
        }
        catch (SqliteException error)
        {
            connection.Dispose();
            throw Translate(error, "opening it");
        }
        catch (PatternAnalysisException)
        {
            connection.Dispose();
            throw;
        }
    }
}
