using System.Data.Common;
using System.Diagnostics;
using Dapper;
using PatternAnalysis.Masking;
using PatternAnalysis.Storage.Events;
using PatternAnalysis.Storage.Sqlite;
using PatternAnalysis.Storage.Steps;

namespace PatternAnalysis.Storage;

/// <summary>
/// Masks the secrets in events that are stored already, where they stand. It goes through the table once, in order, and keeps in the
/// database how far it came: whoever stops it goes on later, and a further run looks only at what came since.
/// </summary>
public sealed class EventProtection
{
    private const string ProgressTable = "pattern_protection";
    private const int BatchCount = 500;

    private static readonly string[] s_columns = ["payload", "chat_history"];

    private readonly ISqlDatabase _database;

    private readonly StepUpkeep _steps;

    internal EventProtection(ISqlDatabase database, StepUpkeep steps) => (_database, _steps) = (database, steps);

    /// <summary>Masks what is stored.</summary>
    /// <param name="again">Whether to look at everything, also at what was looked at before.</param>
    /// <param name="progress">Told after each batch how far it is.</param>
    /// <param name="cancellationToken">Stops it between two batches; what was done stays done.</param>
    /// <exception cref="PatternAnalysisException">There is no such table, its rows have no number, or the database can't be
    /// written.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public EventProtectionResult Run(
        bool again = false,
        IProgress<ProtectionProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        var clock = Stopwatch.StartNew();
        try
        {
            using var connection = _database.OpenForWriting();
            var table = EventTable.Of(_database, connection, s_columns);
            long last;
            using (var transaction = _database.BeginWrite(connection, cancellationToken))
            {
                connection.Execute(
                    $"CREATE TABLE IF NOT EXISTS {ProgressTable} (table_name VARCHAR(255) PRIMARY KEY, "
                        + $"rules INTEGER NOT NULL, last_row BIGINT NOT NULL, is_clean INTEGER NOT NULL)",
                    transaction: transaction
                );
                last = again ? 0 : Progress(connection, transaction);
                transaction.Commit();
            }

            var total = progress is null ? 0 : table.CountAfter(connection, last);
            var looked = 0L;
            var changed = 0L;
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var transaction = _database.BeginWrite(connection, cancellationToken);
                var rows = table.Read(connection, transaction, last, BatchCount);
                if (rows.Count == 0)
                    break;

                long[] masked = [.. rows.Where(row => table.Mask(connection, transaction, row)).Select(row => row.Key)];
                if (masked.Length > 0)
                    _steps.AfterChange(connection, transaction, masked[0], masked[^1]);
                changed += masked.Length;
                looked += rows.Count;
                last = rows[^1].Key;
                SaveProgress(connection, transaction, last, changed == 0);
                transaction.Commit();
                progress?.Report(new ProtectionProgress(looked, total));
            }

            if (!IsClean(connection))
                RemoveSteps(connection, table, cancellationToken);
            Clean(connection, table);
            return new EventProtectionResult(_database.Name, looked, changed, clock.Elapsed);
        }
        catch (DbException error)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw _database.Translate(error, "masking what is stored");
        }
    }

    // What was derived of a row that held a secret is derived anew by the next run that saves. The row may have been masked by a run that
    // was stopped before it came here.
    private void RemoveSteps(DbConnection connection, EventTable table, CancellationToken cancellationToken)
    {
        using var transaction = _database.BeginWrite(connection, cancellationToken);
        _steps.RemoveUncovered(connection, transaction);
        if (!table.IsSqlite)
            connection.Execute($"UPDATE {ProgressTable} SET is_clean = 1", transaction: transaction);
        transaction.Commit();
    }

    private static bool IsClean(DbConnection connection) =>
        connection.QueryFirstOrDefault<int?>($"SELECT is_clean FROM {ProgressTable}") != 0;

    private static long Progress(DbConnection connection, DbTransaction transaction) =>
        connection.QueryFirstOrDefault<long?>(
            $"SELECT last_row FROM {ProgressTable} WHERE table_name = @table AND rules = @rules",
            new { table = HookEventInsert.Table, rules = SecretMasker.Version },
            transaction
        ) ?? 0;

    private static void SaveProgress(DbConnection connection, DbTransaction transaction, long last, bool isClean) =>
        connection.Execute(
            $"""
            INSERT INTO {ProgressTable} (table_name, rules, last_row, is_clean) VALUES (@table, @rules, @last, @clean)
            ON CONFLICT (table_name) DO UPDATE SET rules = @rules, last_row = @last, is_clean = {ProgressTable}.is_clean * @clean
            """,
            new
            {
                table = HookEventInsert.Table,
                rules = SecretMasker.Version,
                last,
                clean = isClean ? 1 : 0,
            },
            transaction
        );

    // What was overwritten stays readable in the free parts of a SQLite file until it is written anew, and in its log until that is
    // emptied.
    private void Clean(DbConnection connection, EventTable table)
    {
        if (!table.IsSqlite)
            return;
        if (!IsClean(connection))
        {
            // Writing it anew may number rows anew; then all is to be looked at again.
            if (!EventTable.HasStableNumbers(connection))
            {
                using var transaction = _database.BeginWrite(connection, CancellationToken.None);
                connection.Execute($"UPDATE {ProgressTable} SET last_row = 0", transaction: transaction);
                _steps.AfterRenumbering(connection, transaction);
                transaction.Commit();
            }

            connection.Execute("VACUUM");
            connection.Execute($"UPDATE {ProgressTable} SET is_clean = 1");
        }

        connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// <summary>A row of the table: its number and its texts.</summary>
    private sealed record Row(long Key, string?[] Texts);

    /// <summary>The table, as this database has it.</summary>
    private sealed class EventTable
    {
        private readonly string _key;
        private readonly string[] _columns;

        private EventTable(bool isSqlite, string key, string[] columns) => (IsSqlite, _key, _columns) = (isSqlite, key, columns);

        public bool IsSqlite { get; }

        public static EventTable Of(ISqlDatabase database, DbConnection connection, string[] columns)
        {
            var existing = database.ColumnsOf(connection, HookEventInsert.Table);
            if (existing.Count == 0)
                throw new PatternAnalysisException(
                    ErrorCatalogue.TableNotFound,
                    $"The database '{database.Name}' has no table '{HookEventInsert.Table}'. Give the database that the hooks write to."
                );

            // SQLite numbers the rows of a table itself, under the first of three names that no column has.
            var isSqlite = database is SqliteDatabase;
            string[] keys = isSqlite ? ["rowid", "_rowid_", "oid"] : ["id"];
            var key = keys.FirstOrDefault(name => existing.Contains(name) != isSqlite);
            return key is not null
                ? new EventTable(isSqlite, key, [.. columns.Where(existing.Contains)])
                : throw new PatternAnalysisException(
                    ErrorCatalogue.ColumnNotFound,
                    $"The rows of '{HookEventInsert.Table}' of '{database.Name}' can't be told "
                        + $"apart: the table needs a column 'id' with a number of its own for each."
                );
        }

        public static bool HasStableNumbers(DbConnection connection) =>
            connection.ExecuteScalar<int>(
                $"SELECT count(*) FROM pragma_table_info('{HookEventInsert.Table}') WHERE pk = 1 AND upper(type) = 'INTEGER'"
            ) == 1;

        public List<Row> Read(DbConnection connection, DbTransaction transaction, long last, int count)
        {
            if (_columns.Length == 0)
                return [];

            var texts = string.Join(", ", _columns.Select(column => $"CAST({column} AS TEXT)"));
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = $"SELECT {_key}, {texts} FROM {HookEventInsert.Table} WHERE {_key} > @last ORDER BY {_key} LIMIT {count}";
            command.AddParameter("@last").Value = last;
            using var reader = command.ExecuteReader();
            var rows = new List<Row>(count);
            while (reader.Read())
            {
                var row = new string?[_columns.Length];
                for (var i = 0; i < row.Length; i++)
                    row[i] = reader.IsDBNull(i + 1) ? null : reader.GetString(i + 1);
                rows.Add(new Row(reader.GetInt64(0), row));
            }

            return rows;
        }

        public long CountAfter(DbConnection connection, long last) =>
            connection.ExecuteScalar<long>($"SELECT COUNT(*) FROM {HookEventInsert.Table} WHERE {_key} > @last", new { last });

        public bool Mask(DbConnection connection, DbTransaction transaction, Row row)
        {
            var parameters = new DynamicParameters(new { key = row.Key });
            var changed = new List<string>();
            for (var i = 0; i < _columns.Length; i++)
            {
                if (row.Texts[i] is not { } text || JsonMasker.Mask(text) is var masked && ReferenceEquals(masked, text))
                    continue;
                changed.Add($"{_columns[i]} = @{_columns[i]}");
                parameters.Add(_columns[i], new StoredText(masked));
            }

            if (changed.Count == 0)
                return false;
            connection.Execute(
                $"UPDATE {HookEventInsert.Table} SET {string.Join(", ", changed)} WHERE {_key} = @key",
                parameters,
                transaction
            );
            return true;
        }
    }
}
