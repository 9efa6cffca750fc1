using System.Data.Common;
using System.Diagnostics;
using Dapper;
using Microsoft.Data.Sqlite;
using PatternAnalysis.Storage.Notification;
using SQLitePCL;

namespace PatternAnalysis.Storage.Sqlite;

/// <summary>A SQLite file.</summary>
internal sealed class SqliteDatabase(string path) : ISqlDatabase
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public string Name => Path;

    public DbConnection OpenForReading() => Open(SqliteOpenMode.ReadOnly, SqliteSnapshot.NeedsImmutable(Path));

    /// <summary>Opens the file for reading as it would be if nobody wrote to it, or as one that others may write to.</summary>
    public SqliteConnection OpenForReading(bool immutable) => Open(SqliteOpenMode.ReadOnly, immutable);

    public DbConnection OpenForWriting()
    {
        var connection = Open(SqliteOpenMode.ReadWrite, immutable: false);
        try
        {
            // Readers and the recorder then never wait for a save. On a file system that can't, the file stays as it is.
            connection.Execute("PRAGMA journal_mode = WAL");
            connection.Execute("PRAGMA foreign_keys = ON");
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
            catch (SqliteException error) when (error.SqliteErrorCode == raw.SQLITE_BUSY && waited.Elapsed < s_patience)
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

    public void CreateMissingTables(DbConnection connection, DbTransaction transaction)
    {
        connection.Execute(SqliteSchema.Create, transaction: transaction);
        connection.Execute(OutboxSchema.Create, transaction: transaction);
        if (ColumnsOf(connection, "pattern_notifications", transaction).Count > 0)
            connection.Execute(OutboxSchema.TakeOverNotifications, transaction: transaction);
    }

    public IReadOnlySet<string> ColumnsOf(DbConnection connection, string table, DbTransaction? transaction = null) =>
        connection.Query<string>("SELECT name FROM pragma_table_info(@table)", new { table }, transaction)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);

    public PatternAnalysisException Translate(DbException error, string doing)
    {
        var (id, advice) = (error as SqliteException)?.SqliteErrorCode switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => ("DatabaseBusy", "Another process is writing to it. Try again when it has ended."),
            raw.SQLITE_NOTADB => ("NotADatabase", "It is no SQLite database (or it is encrypted). Give the file that the hooks write to."),
            raw.SQLITE_CORRUPT => ("DatabaseCorrupt", "The file is damaged. Check it with 'PRAGMA integrity_check' and restore a copy."),
            raw.SQLITE_READONLY => ("DatabaseReadOnly", "It can't be written. Check the permissions of the file and of its folder."),
            raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_AUTH => ("DatabaseUnreadable", "It can't be opened. Check the permissions of the file and of its folder."),
            raw.SQLITE_FULL or raw.SQLITE_IOERR => ("DatabaseInputOutput", "The disk is full or failing. Nothing of this step was kept."),
            raw.SQLITE_CONSTRAINT => ("DatabaseConstraint", "The database's own rules refuse a row. Nothing of this step was kept."),
            _ => ("DatabaseError", "Nothing of this step was kept."),
        };
        return new PatternAnalysisException(id, $"The database '{Path}' failed while {doing}: {error.Message} {advice}", error);
    }

    private SqliteConnection Open(SqliteOpenMode mode, bool immutable)
    {
        if (!File.Exists(Path))
        {
            throw new PatternAnalysisException("DatabaseNotFound",
                Directory.Exists(Path) ? $"'{Path}' is a folder. Give the SQLite file itself." : $"There is no database '{Path}'. Check the path.");
        }

        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = immutable ? $"{new Uri(Path).AbsoluteUri}?immutable=1" : Path,
            Mode = mode,
            Pooling = false, // a pooled handle would keep the file open, and its -wal beside it
            DefaultTimeout = (int)s_patience.TotalSeconds,
        }.ToString());
        try
        {
            connection.Open();

            // Opening reads nothing; the first look at the schema tells whether this is a database.
            connection.ExecuteScalar<long>("SELECT count(*) FROM sqlite_master");
            return connection;
        }
        catch (SqliteException error)
        {
            connection.Dispose();
            throw Translate(error, "opening it");
        }
    }
}
