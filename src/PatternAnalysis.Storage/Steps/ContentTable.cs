using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using PatternAnalysis.Storage.Events;

namespace PatternAnalysis.Storage.Steps;

/// <summary>
/// A table of what steps stand for, by ids made of the content. That two contents have one id is next to impossible, and seen all the same:
/// the second gets the next id that is free.
/// </summary>
/// <param name="database">Where it lies.</param>
/// <param name="table">The table.</param>
/// <param name="columns">Its columns but for the id.</param>
/// <param name="idOf">The id that a content asks for.</param>
/// <param name="valuesOf">The contents' columns, in the order of <paramref name="columns"/>.</param>
/// <param name="read">Makes a content of a row, whose first column is the id.</param>
internal sealed class ContentTable<T>(
    ISqlDatabase database,
    string table,
    string[] columns,
    Func<T, long> idOf,
    Func<IReadOnlyList<T>, Array[]> valuesOf,
    Func<DbDataReader, T> read
)
    where T : notnull
{
    // What one process has written already need not be looked for. Emptied when it is full.
    private const int CacheCapacity = 50_000;

    private readonly Dictionary<T, long> _known = [];

    /// <summary>Makes sure that contents are stored.</summary>
    /// <returns>The id of each.</returns>
    public Dictionary<T, long> Store(DbConnection connection, DbTransaction transaction, IEnumerable<T> contents)
    {
        T[] distinct = [.. contents.Distinct()];
        if (_known.Count + distinct.Length > CacheCapacity)
            _known.Clear();
        var ids = distinct.Where(_known.ContainsKey).ToDictionary(content => content, content => _known[content]);
        var asked = distinct.Where(content => !ids.ContainsKey(content)).Select(content => (Content: content, Id: idOf(content))).ToArray();
        while (asked.Length > 0)
        {
            var stored = Find(connection, transaction, asked.Select(one => one.Id));
            var added = new Dictionary<long, T>();
            var next = new List<(T, long)>();
            foreach (var (content, id) in asked)
            {
                if (!stored.TryGetValue(id, out var owner))
                    owner = added.TryAdd(id, content) ? content : added[id];
                if (content.Equals(owner))
                    ids.Add(content, id);
                else
                    next.Add((content, ContentId.Next(id)));
            }

            Insert(connection, transaction, added);
            asked = [.. next];
        }

        foreach (var (content, id) in ids)
            _known[content] = id;
        return ids;
    }

    /// <summary>Forgets what was written: the transaction was taken back, or somebody else removed rows.</summary>
    public void Forget() => _known.Clear();

    /// <summary>The contents of some rows.</summary>
    /// <param name="connection">Where to read.</param>
    /// <param name="transaction">The transaction to read in.</param>
    /// <param name="condition">Which rows, by a condition without parameters; all when empty.</param>
    public IEnumerable<(long Id, T Content)> Read(DbConnection connection, DbTransaction? transaction, string condition = "")
    {
        using var command = Command(connection, transaction, condition);
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            if (TryRead(row, out var content))
                yield return (row.GetInt64(0), content);
        }
    }

    // A damaged row is as if it were missing: where a step needs it, the events themselves are read, and the check counts that step.
    private bool TryRead(DbDataReader row, [MaybeNullWhen(false)] out T content)
    {
        try
        {
            content = read(row);
            return true;
        }
        catch (Exception error)
            when (error
                    is JsonException
                        or InvalidCastException
                        or InvalidOperationException
                        or FormatException
                        or OverflowException
                        or IndexOutOfRangeException
            )
        {
            content = default;
            return false;
        }
    }

    private Dictionary<long, T> Find(DbConnection connection, DbTransaction transaction, IEnumerable<long> ids)
    {
        var (isAmong, values) = database.IsAmong("id", "@ids", [.. ids.Distinct()]);
        using var command = Command(connection, transaction, $"WHERE {isAmong}");
        command.AddParameter("@ids").Value = values;
        using var row = command.ExecuteReader();
        var found = new Dictionary<long, T>();
        while (row.Read())
            found.TryAdd(row.GetInt64(0), read(row));
        return found;
    }

    private void Insert(DbConnection connection, DbTransaction transaction, Dictionary<long, T> added)
    {
        if (added.Count == 0)
            return;
        var values = valuesOf([.. added.Values]);
        database.Insert(
            connection,
            transaction,
            table,
            [("id", added.Keys.ToArray()), .. columns.Select((column, place) => (column, values[place]))],
            "ON CONFLICT DO NOTHING"
        );
    }

    private DbCommand Command(DbConnection connection, DbTransaction? transaction, string condition)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandTimeout = 0;
        command.CommandText = $"SELECT id, {string.Join(", ", columns)} FROM {table} {condition}";
        return command;
    }
}
