using System.Data.Common;

namespace PatternAnalysis.Storage;

/// <summary>A kind of SQL database: all that differs between kinds, so that the statements themselves are written once.</summary>
internal interface ISqlDatabase
{
    /// <summary>The database, as messages name it.</summary>
    string Name { get; }

    /// <summary>Whether it is there: a file that is missing would be made by opening it for writing.</summary>
    bool IsThere { get; }

    /// <summary>Opens it for reading; nothing is created or changed.</summary>
    DbConnection OpenForReading();

    /// <summary>
    /// Reads one state of the database, however many statements it takes; nothing is created or changed. Where that state was not to be had,
    /// it reads again.
    /// </summary>
    T ReadState<T>(Func<DbConnection, T> read);

    /// <summary>Takes back what a program that was ended while it wrote had begun; for who is about to save.</summary>
    void FinishInterruptedWrite();

    /// <summary>Opens it for writing.</summary>
    DbConnection OpenForWriting();

    /// <summary>Starts a transaction that writes; waits for other writers.</summary>
    DbTransaction BeginWrite(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>The statements that make the product's tables: what each version adds to the one before.</summary>
    IReadOnlyList<string> SchemaVersions { get; }

    /// <summary>The columns of a table or view; none when there is no such table.</summary>
    IReadOnlySet<string> ColumnsOf(DbConnection connection, string table, DbTransaction? transaction = null);

    /// <summary>The condition that a row's <c>timestamp</c> is a date, so that sorting by it is sorting by time.</summary>
    string IsDate { get; }

    /// <summary>The statement that names the indexes of the table <c>@Table</c>.</summary>
    string IndexNames { get; }

    /// <summary>The condition that a column's value is one of a list.</summary>
    string IsAmong(string column, string parameter);

    /// <summary>The condition that a column is among many texts, and the one parameter's value that holds them.</summary>
    (string Condition, object Values) IsAmong(string column, string parameter, IReadOnlyCollection<string> texts);

    /// <summary>The condition that a column is among many numbers, and the one parameter's value that holds them.</summary>
    (string Condition, object Values) IsAmong(string column, string parameter, IReadOnlyCollection<long> numbers);

    /// <summary>Inserts rows, in one round trip where the database is a server.</summary>
    /// <param name="connection">Where to write.</param>
    /// <param name="transaction">The transaction to write in.</param>
    /// <param name="table">The table; only a name of the product's own, as all texts here.</param>
    /// <param name="columns">The columns, each with its values of all rows.</param>
    /// <param name="onConflict">What follows the rows in the statement.</param>
    void Insert(
        DbConnection connection,
        DbTransaction transaction,
        string table,
        IReadOnlyList<(string Name, Array Values)> columns,
        string onConflict
    );

    /// <summary>Stops a command that runs, from another thread.</summary>
    void Stop(DbCommand command);

    /// <summary>Says in the product's words what the database's own error means.</summary>
    PatternAnalysisException Translate(DbException error, string doing);
}
