using System.Data.Common;

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
            return read(connection);
        }
        catch (DbException error)
        {
            throw database.Translate(error, doing);
        }
    }

    /// <summary>Writes in one transaction, with the product's tables at their newest version: all of it or nothing.</summary>
    public static T Write<T>(
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
            SchemaUpgrade.Apply(database, connection, transaction);
            var result = write(connection, transaction);
            transaction.Commit();
            return result;
        }
        catch (DbException error)
        {
            throw database.Translate(error, doing);
        }
    }
}
