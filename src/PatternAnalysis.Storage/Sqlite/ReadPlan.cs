using Microsoft.Data.Sqlite;
using PatternAnalysis.Storage.Steps;

namespace PatternAnalysis.Storage.Sqlite;

/// <summary>How <c>hook_events</c> is read: by an index or as it lies in the file, and in which parts.</summary>
/// <param name="UsesIndexes">Whether SQLite may choose an index.</param>
/// <param name="Ranges">The parts; together they are all rows that are wanted.</param>
/// <param name="Connections">How many connections are worth opening.</param>
internal sealed record ReadPlan(bool UsesIndexes, IReadOnlyList<ReadRange> Ranges, int Connections)
{
    /// <summary>All rows, in whatever way SQLite likes: for what is not a table with row ids.</summary>
    public static ReadPlan AsSqliteLikes { get; } = new(UsesIndexes: true, [ReadRange.All], 1);

    // An index that does not hold all that is read costs a look into the table a row; it pays when it leaves out most of them.
    private const int RowsAScanReadsWhileAnIndexReadsOne = 6;

    // Below this, opening a second connection costs more than it saves.
    private const long RowsWorthAConnection = 50_000;

    /// <summary>Chooses by what SQLite itself would do, and by how many rows lie in the window.</summary>
    /// <param name="connection">Where to look.</param>
    /// <param name="sql">What is read.</param>
    /// <param name="parts">How many connections may read at the same time.</param>
    public static ReadPlan Choose(SqliteConnection connection, HookEventSql sql, int parts)
    {
        var strategy = Explain(connection, sql);
        if (strategy.Contains("COVERING INDEX", StringComparison.Ordinal))
        {
            ReadRange[] times = [.. TimeRanges(connection, sql, parts)];
            return new ReadPlan(UsesIndexes: true, [.. times, .. ReadRange.NoDates], times.Length);
        }

        var (first, last) = RowIds(connection);
        if (
            sql.HasWindow
            && strategy.Contains("timestamp", StringComparison.Ordinal)
            && Scalar(connection, sql.BuildCount) is long inWindow
            && inWindow * RowsAScanReadsWhileAnIndexReadsOne < (Int128)last - first
        )
            return AsSqliteLikes;

        // The first and the last range have no outer border: behind the largest row id that SQLite knows there is no number to name.
        long?[] borders = [null, .. Borders(first, last, parts)[1..^1], null];
        return new ReadPlan(UsesIndexes: false, [.. borders.Zip(borders.Skip(1), ReadRange.RowIds)], borders.Length - 1);
    }

    /// <summary>The rows of a gap, in parts when they are many.</summary>
    public static IEnumerable<ReadRange> OfGap(SqliteConnection connection, EventGap gap, int parts)
    {
        var (first, last) = RowIds(connection);
        long? low = gap.After is { } after ? after + 1 : null;
        var (from, to) = (Math.Max(low ?? first, first), Math.Min(gap.Before ?? long.MaxValue, last));
        long?[] borders = [low, .. Borders(from, Math.Max(from, to), parts)[1..^1], gap.Before];
        return borders.Zip(borders.Skip(1), ReadRange.RowIds);
    }

    private static string Explain(SqliteConnection connection, HookEventSql sql)
    {
        using var command = connection.CreateCommand();
        sql.Build(command, ReadRange.All, usesIndexes: true);
        command.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
        using var reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read())
            lines.Add(reader.GetString(3));
        return string.Join('\n', lines);
    }

    // Rows were inserted in about the order of their time, so the times of rows that divide the table divide the index about as well.
    private static IEnumerable<ReadRange> TimeRanges(SqliteConnection connection, HookEventSql sql, int parts)
    {
        var times = new SortedSet<string>(StringComparer.Ordinal) { sql.From, sql.To };
        if (
            Scalar(connection, command => sql.BuildEdge(command, first: true)) is long first
            && Scalar(connection, command => sql.BuildEdge(command, first: false)) is long last
        )
        {
            foreach (var border in Borders(first, last, parts)[1..^1])
            {
                if (
                    Scalar(connection, command => BuildTimeAt(command, border)) is string time
                    && string.CompareOrdinal(time, sql.From) > 0
                    && string.CompareOrdinal(time, sql.To) < 0
                )
                    times.Add(time);
            }
        }

        return times.Zip(times.Skip(1), ReadRange.Times);
    }

    private static (long First, long Last) RowIds(SqliteConnection connection) =>
        (
            Scalar(connection, command => command.CommandText = "SELECT min(rowid) FROM hook_events") as long? ?? 0,
            Scalar(connection, command => command.CommandText = "SELECT max(rowid) FROM hook_events") as long? ?? -1
        );

    private static void BuildTimeAt(SqliteCommand command, long rowId)
    {
        command.CommandText = "SELECT timestamp FROM hook_events WHERE rowid >= @rowId ORDER BY rowid LIMIT 1";
        command.Parameters.AddWithValue("@rowId", rowId);
    }

    private static object? Scalar(SqliteConnection connection, Action<SqliteCommand> build)
    {
        using var command = connection.CreateCommand();
        build(command);
        return command.ExecuteScalar();
    }

    private static long[] Borders(long low, long high, int parts)
    {
        var rows = (Int128)high - low;
        var worth = (int)Int128.Clamp(rows / RowsWorthAConnection, 1, parts);
        return [.. Enumerable.Range(0, worth + 1).Select(number => (long)(low + rows * number / worth))];
    }
}
