using System.Data;
using System.Data.Common;
using PatternAnalysis.Storage.Events;
using PatternAnalysis.Surfaces;

namespace PatternAnalysis.Storage;

/// <summary>How the stores use a database: one connection for one thing to do, its errors in the product's words.</summary>
internal static class SqlAccess
{
    /// <summary>Reads; nothing is created or changed.</summary>
    public static T Read<T>(this ISqlDatabase database, string doing, Func<DbConnection, T> read)
    {
        try
        {
            using var connection = database.OpenForReading();
            SchemaUpgrade.Check(database, connection);
            return read(connection);
        }
        catch (DbException error)
        {
            throw database.Translate(error, doing);
        }
        catch (Exception error) when (IsOfAValue(error))
        {
            throw Damaged(database, doing, error);
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
            {
                SchemaUpgrade.Apply(database, connection, transaction);
                return write(connection, transaction);
            },
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
        catch (Exception error) when (IsOfAValue(error))
        {
            throw Damaged(database, doing, error);
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
                if (hasEvents)
                {
                    SchemaUpgrade.Apply(database, connection, transaction);
                    write(connection, transaction);
                }

                return hasEvents;
            },
            cancellationToken
        );
    }

    // A value that its column can't hold by the schema: SQLite takes any, and somebody else wrote it.
    private static bool IsOfAValue(Exception error) =>
        error is DataException or FormatException or OverflowException or InvalidCastException or ArgumentOutOfRangeException;

    private static PatternAnalysisException Damaged(ISqlDatabase database, string doing, Exception error) =>
        new(
            ErrorCatalogue.DatabaseCorrupt,
            $"A row of the product's own tables in '{database.Name}' holds what it can't hold, found while {doing}: "
                + $"{SurfaceText.Masked(error.Message)}. Nothing was changed. Mend or delete the row, or restore a copy.",
            error
        );
}
