using System.Data.Common;

namespace PatternAnalysis.Storage.Events;

/// <summary>
/// How a kind of database holds <c>hook_events</c>: what the statements of <see cref="SqlHookEventWriter"/> can't say in the SQL that all
/// kinds share.
/// </summary>
internal interface IHookEventSchema
{
    /// <summary>Makes the database itself when it can be made and is missing.</summary>
    void CreateDatabase();

    /// <summary>Whether there is a database to open.</summary>
    bool DatabaseExists { get; }

    /// <summary>Creates <c>hook_events</c> when it is missing.</summary>
    void CreateMissingTable(DbConnection connection, DbTransaction transaction);

    /// <summary>Creates the table that remembers which events were stored, for a <c>hook_events</c> that can't.</summary>
    void CreateMissingIdTable(DbConnection connection, DbTransaction transaction);

    /// <summary>The columns of <c>hook_events</c> that a row can be given; not those that the database makes of others.</summary>
    IReadOnlySet<string> WritableColumns(DbConnection connection, DbTransaction transaction);

    /// <summary>Whether the database itself keeps a column's values distinct.</summary>
    bool IsUnique(DbConnection connection, string table, string column, DbTransaction? transaction);

    /// <summary>A parameter as the value of a column: cast where the database doesn't do so by itself.</summary>
    string Value(string column, string parameter);

    /// <summary>Whether a row that is refused leaves a transaction only that is rolled back, at least to a savepoint.</summary>
    bool RefusalEndsTransaction { get; }

    /// <summary>Whether an error says that the table's rules refuse a row.</summary>
    bool IsRefusal(DbException error);
}
