using Microsoft.Data.Sqlite;

namespace PatternAnalysis.Storage.Sqlite;

/// <summary>A part of the rows, so that several connections can each read another.</summary>
internal sealed class ReadRange
{
    private readonly object? _low;
    private readonly object? _high;

    private ReadRange(string condition, object? low = null, object? high = null)
    {
        Condition = condition;
        _low = low;
        _high = high;
    }

    /// <summary>All rows.</summary>
    public static ReadRange All { get; } = new("1");

    /// <summary>The condition, with its values as parameters.</summary>
    public string Condition { get; }

    /// <summary>Whether the rows are chosen by their timestamps already.</summary>
    public bool ImpliesWindow { get; private init; }

    /// <summary>Rows by their numbers; null where there is no end.</summary>
    public static ReadRange RowIds(long? low, long? high) =>
        (low, high) switch
        {
            (null, null) => All,
            (_, null) => new("rowid >= @low", low),
            (null, _) => new("rowid < @high", high: high),
            _ => new("rowid >= @low AND rowid < @high", low, high),
        };

    /// <summary>Rows whose numbers a statement gives.</summary>
    public static ReadRange Of(string select) => new($"rowid IN ({select})");

    public static ReadRange Times(string low, string high) =>
        new("timestamp >= @low AND timestamp < @high", low, high) { ImpliesWindow = true };

    /// <summary>What begins like no date: each part is one range of an index, which a condition with OR is not.</summary>
    public static IReadOnlyList<ReadRange> NoDates { get; } =
    [
        new("timestamp < @high", high: HookEventSql.FirstDate) { ImpliesWindow = true },
        new("timestamp >= @low", low: HookEventSql.LastDate) { ImpliesWindow = true },
        new("timestamp IS NULL") { ImpliesWindow = true },
    ];

    public void AddTo(SqliteCommand command)
    {
        if (_low is not null)
            command.Parameters.AddWithValue("@low", _low);
        if (_high is not null)
            command.Parameters.AddWithValue("@high", _high);
    }
}
