using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using PatternAnalysis.Storage.Events;
using PatternAnalysis.Storage.Steps;

namespace PatternAnalysis.Storage.Sqlite;

/// <summary>Derived steps in SQLite, some thousand of one block in a row: a row for each would take three times the bytes and time.</summary>
internal sealed class SqliteStepTable(ISqlDatabase database) : IStepTable
{
    /// <summary>How many steps a row holds; the last one of a block holds what is left.</summary>
    public const int StepsPerPack = 4096;

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
        ReadPacks((SqliteConnection)connection, (SqliteTransaction?)transaction, range)
            .SelectMany(packed => packed.Pack is { } pack && Unpack(pack, packed.Bytes) is { } steps ? steps : []);

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

    public string SelectUnreadable(EventRange range) => SelectValues("unreadable", IsIn(range));

    /// <summary>The packs of some blocks, in order; null for one whose row is damaged.</summary>
    public static IEnumerable<(StepPack? Pack, byte[] Bytes)> ReadPacks(
        SqliteConnection connection,
        SqliteTransaction? transaction,
        EventRange range
    ) => ReadPacks(connection, transaction, $"WHERE {IsIn(range)} ORDER BY first_event");

    private static IEnumerable<(StepPack? Pack, byte[] Bytes)> ReadPacks(
        SqliteConnection connection,
        SqliteTransaction? transaction,
        string condition
    )
    {
        using var command = SqliteDatabase.Command(connection, $"SELECT {Columns} FROM {StepSchema.Steps} {condition}", transaction);
        command.CommandTimeout = 0;
        using var row = command.ExecuteReader();
        while (row.Read())
            yield return ReadPack(row);
    }

    private static (StepPack? Pack, byte[] Bytes) ReadPack(DbDataReader row)
    {
        try
        {
            var pack = new StepPack(row.GetInt64(0), row.GetInt64(1), row.GetInt32(2), Ids(row, 3), Ids(row, 4), Ids(row, 5));
            return (pack, row.GetFieldValue<byte[]>(6));
        }
        catch (Exception error)
            when (error is JsonException or InvalidCastException or InvalidOperationException or FormatException or OverflowException)
        {
            return (null, []);
        }
    }

    /// <summary>The steps of a pack; null when it is damaged.</summary>
    private static List<StoredStep>? Unpack(StepPack pack, byte[] bytes)
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
            return null;
        }
    }

    /// <summary>Takes the last pack of a block out of the table when it has room.</summary>
    private static List<StoredStep> TakeLast(DbConnection connection, DbTransaction transaction, EventRange block)
    {
        var packs = ReadPacks(
            (SqliteConnection)connection,
            (SqliteTransaction)transaction,
            $"WHERE {IsIn(block)} ORDER BY first_event DESC LIMIT 1"
        );
        foreach (var (pack, bytes) in packs.ToArray())
        {
            // What is damaged stays: whoever looks after the tables says so.
            if (pack?.Count is not < StepsPerPack || Unpack(pack, bytes) is not { } steps)
                continue;
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = $"DELETE FROM {StepSchema.Steps} WHERE first_event = @first";
            command.AddParameter("@first").Value = pack.FirstEvent;
            command.ExecuteNonQuery();
            return steps;
        }

        return [];
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
