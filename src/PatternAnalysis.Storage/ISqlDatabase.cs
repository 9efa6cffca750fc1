using System.Data.Common;

namespace PatternAnalysis.Storage;

/// <summary>A kind of SQL database: all that differs between kinds, so that the statements themselves are written once.</summary>
internal interface ISqlDatabase
{
    /// <summary>The database, as messages name it.</summary>
    string Name { get; }

    /// <summary>Opens it for reading; nothing is created or changed.</summary>
    DbConnection OpenForReading();

    /// <summary>Opens it for writing.</summary>
    DbConnection OpenForWriting();

    /// <summary>Starts a transaction that writes; waits for other writers.</summary>
    DbTransaction BeginWrite(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>Creates the tables of the product that are missing.</summary>
    void CreateMissingTables(DbConnection connection, DbTransaction transaction);

    /// <summary>The columns of a table or view; none when there is no such table.</summary>
    IReadOnlySet<string> ColumnsOf(DbConnection connection, string table, DbTransaction? transaction = null);

    /// <summary>Says in the product's words what the database's own error means.</summary>
    PatternAnalysisException Translate(DbException error, string doing);
}
