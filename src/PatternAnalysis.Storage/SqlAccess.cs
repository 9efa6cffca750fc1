using System.Data;
using System.Data.Common;
using System.Text.Json;
using PatternAnalysis.Storage.Events;
using PatternAnalysis.Surfaces;

namespace PatternAnalysis.Storage;

/// <summary>How the stores use a database: one connection for one thing to do, its errors in the product's words.</summary>
internal static class SqlAccess
{
    /// <summary>Reads the product's own tables; nothing is created or changed.</summary>
    public static T Read<T>(this ISqlDatabase database, string doing, Func<DbConnection, T> read) =>
        database.ReadEvents(doing, connection => database.ReadRows(doing, () => read(connection)));

    /// <summary>Reads the events, whose rows are others'; nothing is created or changed.</summary>
    public static T ReadEvents<T>(this ISqlDatabase database, string doing, Func<DbConnection, T> read)
    {
        try
        {
            using var connection = database.OpenForReading();
            return database.ReadChecked(doing, connection, read);
        }
        catch (DbException error)
        {
            throw database.Translate(error, doing);
        }
    }

    /// <summary>The same of one state of the database, for what compares what several statements read.</summary>
    public static T ReadState<T>(this ISqlDatabase database, string doing, Func<DbConnection, T> read)
    {
        try
        {
            return database.ReadState(connection => database.ReadChecked(doing, connection, read));
        }
        catch (DbException error)
        {
            throw database.Translate(error, doing);
        }
    }

    private static T ReadChecked<T>(this ISqlDatabase database, string doing, DbConnection connection, Func<DbConnection, T> read)
    {
        database.ReadRows(
            doing,
            () =>
            {
                SchemaUpgrade.Check(database, connection);
                return true;
            }
        );
        return read(connection);
    }

    /// <summary>Makes objects of rows of the product's own tables; a row that can't be one is damage, and said to be.</summary>
    public static T ReadRows<T>(this ISqlDatabase database, string doing, Func<T> read, string tables = "the product's own tables")
    {
        try
        {
            return read();
        }
        catch (Exception error) when (IsOfAValue(error))
        {
            throw new PatternAnalysisException(
                ErrorCatalogue.DatabaseCorrupt,
                $"A row of {tables} in '{database.Name}' holds what it can't hold, found while {doing}: "
                    + $"{SurfaceText.Masked(error.Message)}. Nothing was changed. Mend or delete the row, or restore a copy.",
                error
            );
        }
    }

    /// <summary>Makes a value of a column; where it can't be one, the error has the column's name.</summary>
    public static T Value<T>(this DbDataReader row, int column, Func<DbDataReader, int, T> read)
    {
        try
        {
            return read(row, column);
        }
        catch (Exception error) when (IsOfAValue(error) || error is InvalidOperationException or IndexOutOfRangeException)
        {
            throw new DataException($"{row.GetName(column)}: {error.Message}", error);
        }
    }

    /// <summary>Writes in one transaction, with the product's tables at their newest version: all of it or nothing.</summary>
    public static T Write<T>(
        this ISqlDatabase database,
        string doing,
        Func<DbConnection, DbTransaction, T> write,
        CancellationToken cancellationToken = default
    ) =>
        database.WriteAsIs(
            doing,
            (connection, transaction) =>
                database.ReadRows(
                    doing,
                    () =>
                    {
                        SchemaUpgrade.Apply(database, connection, transaction);
                        return write(connection, transaction);
                    }
                ),
            cancellationToken
        );

    /// <summary>Writes in one transaction, with the tables as they are.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing was written.</exception>
    public static T WriteAsIs<T>(
        this ISqlDatabase database,
        string doing,
        Func<DbConnection, DbTransaction, T> write,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            using var connection = database.OpenForWriting();
            using var transaction = database.BeginWrite(connection, cancellationToken);
            var result = write(connection, transaction);
            transaction.Commit();
            return result;
        }
        catch (DbException error)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw database.Translate(error, doing);
        }
    }

    /// <summary>Writes as <see cref="Write"/> does where events are stored; whatever was named by mistake is left as it is.</summary>
    public static void WriteBesideEvents(
        this ISqlDatabase database,
        string doing,
        Action<DbConnection, DbTransaction> write,
        CancellationToken cancellationToken = default
    )
    {
        if (!database.IsThere)
            return;

        database.WriteAsIs(
            doing,
            (connection, transaction) =>
            {
                var hasEvents = database.ColumnsOf(connection, HookEventInsert.Table, transaction).Count > 0;
                return hasEvents
                    && database.ReadRows(
                        doing,
                        () =>
                        {
                            SchemaUpgrade.Apply(database, connection, transaction);
                            write(connection, transaction);
                            return true;
                        }
                    );
            },
            cancellationToken
        );
    }

    // A value that its column can't hold by the schema: SQLite takes any, and somebody else wrote it.
    private static bool IsOfAValue(Exception error) =>
        error
            is DataException
                or FormatException
                or OverflowException
                or InvalidCastException
                or ArgumentOutOfRangeException
                or JsonException;
}
