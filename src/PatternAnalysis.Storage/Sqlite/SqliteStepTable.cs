using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using PatternAnalysis.Storage.Events;
using PatternAnalysis.Storage.Steps;

namespace PatternAnalysis.Storage.Sqlite;

/// <summary>Derived steps in SQLite, some thousand of one block in a row: a row for each would take three times the bytes.</summary>
internal sealed class SqliteStepTable(ISqlDatabase database) : IStepTable
{
    /// <summary>How many steps a row holds; the last one of a block holds what is left.</summary>
    public const int StepsPerPack = 4096;

    /// <summary>Where the packed steps stand in a row that is read.</summary>
    public const int BytesColumn = 6;

    private const string Columns = "first_event, last_event, step_count, sources, facts, verdicts, steps";

    public bool IsThere(DbConnection connection) => database.ColumnsOf(connection, StepSchema.Steps).Contains("step_count");

    public void Add(DbConnection connection, DbTransaction transaction, IReadOnlyList<StoredStep> steps, EventRange? block)
    {
        // Events that come a few at a time would make as many rows.
        var before = block is { } range ? TakeLast(connection, transaction, range) : [];
        if (before.Count + steps.Count == 0)
            return;
        var packs = before.Concat(steps).Chunk(StepsPerPack).Select(chunk => (Steps: chunk, Packed: StepPack.Of(chunk))).ToArray();
        database.Insert(
            connection,
            transaction,
            StepSchema.Steps,
            [
                ("first_event", Array.ConvertAll(packs, one => one.Packed.Pack.FirstEvent)),
                ("last_event", Array.ConvertAll(packs, one => one.Packed.Pack.LastEvent)),
                ("step_count", Array.ConvertAll(packs, one => one.Packed.Pack.Count)),
                ("sources", Array.ConvertAll(packs, one => Json(one.Packed.Pack.Sources))),
                ("facts", Array.ConvertAll(packs, one => Json(one.Packed.Pack.Facts))),
                ("verdicts", Array.ConvertAll(packs, one => Json(one.Packed.Pack.Verdicts))),
                ("unreadable", Array.ConvertAll(packs, one => Json(UnreadableOf(one.Steps)))),
                ("steps", Array.ConvertAll(packs, one => one.Packed.Bytes)),
            ],
            ""
        );
    }

    public void Remove(DbConnection connection, DbTransaction transaction, EventGap gap) =>
        StepTableSql.Remove(connection, transaction, "first_event", gap);

    public IEnumerable<StoredStep> Read(DbConnection connection, DbTransaction? transaction, EventRange range) =>
        ReadPacks(connection, transaction, range).SelectMany(packed => packed.Steps);

    public string SelectIds(StepContent content, IReadOnlyList<EventRange>? ranges) =>
        SelectValues(
            content switch
            {
                StepContent.Sources => "sources",
                StepContent.Facts => "facts",
                _ => "verdicts",
            },
            ranges is null ? "true" : string.Join(" OR ", ranges.Select(IsIn))
        );

    /// <summary>A statement that gives the events of some blocks whose times can't be read.</summary>
    public static string SelectUnreadable(EventRange range) => SelectValues("unreadable", IsIn(range));

    /// <summary>What reads the packs of some blocks, in order.</summary>
    public static SqliteCommand Select(SqliteConnection connection, SqliteTransaction? transaction, EventRange range, string last = "") =>
        (SqliteCommand)
            SqliteDatabase.Command(
                connection,
                $"SELECT {Columns} FROM {StepSchema.Steps} WHERE {IsIn(range)} ORDER BY first_event {last}",
                transaction
            );

    /// <summary>The pack of a row; null when it is damaged.</summary>
    public static StepPack? ReadPack(DbDataReader row)
    {
        try
        {
            return new StepPack(row.GetInt64(0), row.GetInt64(1), row.GetInt32(2), Ids(row, 3), Ids(row, 4), Ids(row, 5));
        }
        catch (Exception error)
            when (error is JsonException or InvalidCastException or InvalidOperationException or FormatException or OverflowException)
        {
            return null;
        }
    }

    private static List<StoredStep> Unpack(StepPack pack, byte[] bytes)
    {
        try
        {
            var steps = new List<StoredStep>();
            var reader = pack.Read(bytes);
            while (reader.TryRead(out var step))
            {
                steps.Add(
                    new StoredStep(
                        step.Event,
                        step.Type,
                        step.UtcTicks,
                        0,
                        step.Source,
                        step.Facts,
                        step.Verdict,
                        step.Call,
                        step.Message,
                        step.Milliseconds,
                        step.Error.IsEmpty ? null : Encoding.UTF8.GetString(step.Error)
                    )
                );
            }

            return steps;
        }
        catch (StepsChangedException)
        {
            return []; // whoever looks after the tables says so
        }
    }

    /// <summary>The steps of packs; none of one that is damaged.</summary>
    private static IEnumerable<(long FirstEvent, List<StoredStep> Steps)> ReadPacks(
        DbConnection connection,
        DbTransaction? transaction,
        EventRange range,
        string last = ""
    )
    {
        using var command = Select((SqliteConnection)connection, (SqliteTransaction?)transaction, range, last);
        command.CommandTimeout = 0;
        using var row = command.ExecuteReader();
        while (row.Read())
            yield return (row.GetInt64(0), ReadPack(row) is { } pack ? Unpack(pack, row.GetFieldValue<byte[]>(BytesColumn)) : []);
    }

    /// <summary>Takes the last pack of a block out of the table when it has room; what is damaged stays.</summary>
    private static List<StoredStep> TakeLast(DbConnection connection, DbTransaction transaction, EventRange block)
    {
        var (first, steps) = ReadPacks(connection, transaction, block, "DESC LIMIT 1").ToArray() is [var last] ? last : (0, []);
        if (steps.Count is 0 or >= StepsPerPack)
            return [];
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"DELETE FROM {StepSchema.Steps} WHERE first_event = @first";
        command.AddParameter("@first").Value = first;
        command.ExecuteNonQuery();
        return steps;
    }

    private static long[] UnreadableOf(StoredStep[] steps) => [.. steps.Where(step => step.UtcTicks is null).Select(step => step.Event)];

    private static string Json(long[] numbers) =>
        $"[{string.Join(',', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)))}]";

    private static long[] Ids(DbDataReader row, int column)
    {
        using var json = JsonDocument.Parse(row.GetString(column));
        return [.. json.RootElement.EnumerateArray().Select(id => id.GetInt64())];
    }

    private static string SelectValues(string column, string condition) =>
        $"SELECT numbers.value FROM {StepSchema.Steps}, json_each(CASE WHEN json_valid({column}) THEN {column} ELSE '[]' END) AS numbers "
        + $"WHERE {condition}";

    private static string IsIn(EventRange range) => StepTableSql.IsIn("first_event", range);
}
