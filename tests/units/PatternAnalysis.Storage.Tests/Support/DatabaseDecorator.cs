using System.Data.Common;

namespace PatternAnalysis.Storage.Tests.Support;

/// <summary>Another database but for what a test overrides.</summary>
internal abstract class DatabaseDecorator(ISqlDatabase inner) : ISqlDatabase
{
    public string Name => inner.Name;

    public bool IsThere => inner.IsThere;

    public virtual IReadOnlyList<string> SchemaVersions => inner.SchemaVersions;

    public string IsDate => inner.IsDate;

    public string IndexNames => inner.IndexNames;

    public virtual DbConnection OpenForReading() => inner.OpenForReading();

    public T ReadState<T>(Func<DbConnection, T> read) => inner.ReadState(read);

    public DbConnection OpenForWriting() => inner.OpenForWriting();

    public DbTransaction BeginWrite(DbConnection connection, CancellationToken cancellationToken) =>
        inner.BeginWrite(connection, cancellationToken);

    public IReadOnlySet<string> ColumnsOf(DbConnection connection, string table, DbTransaction? transaction = null) =>
        inner.ColumnsOf(connection, table, transaction);

    public string IsAmong(string column, string parameter) => inner.IsAmong(column, parameter);

    public (string Condition, object Values) IsAmong(string column, string parameter, IReadOnlyCollection<string> texts) =>
        inner.IsAmong(column, parameter, texts);

    public (string Condition, object Values) IsAmong(string column, string parameter, IReadOnlyCollection<long> numbers) =>
        inner.IsAmong(column, parameter, numbers);

    public void Insert(
        DbConnection connection,
        DbTransaction transaction,
        string table,
        IReadOnlyList<(string Name, Array Values)> columns,
        string onConflict
    ) => inner.Insert(connection, transaction, table, columns, onConflict);

    public void FinishInterruptedWrite() => inner.FinishInterruptedWrite();

    public void Stop(DbCommand command) => inner.Stop(command);

    public PatternAnalysisException Translate(DbException error, string doing) => inner.Translate(error, doing);
}
