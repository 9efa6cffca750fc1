using System.Data.Common;
using System.Globalization;
using PatternAnalysis.Events;
using PatternAnalysis.Storage.Steps;

namespace PatternAnalysis.Storage.Postgres;

/// <summary>Derived steps in PostgreSQL, each in a row, so that they may be spread over servers by their session.</summary>
internal sealed class PostgresStepTable(ISqlDatabase database) : IStepTable
{
    private const string Columns = "event, type, at, source, facts, verdict, call, message, milliseconds, error";

    public bool IsThere(DbConnection connection) => database.ColumnsOf(connection, StepSchema.Steps).Count > 0;

    public void Add(DbConnection connection, DbTransaction transaction, IReadOnlyList<StoredStep> steps, EventRange? block)
    {
        if (steps.Count == 0)
            return;
        database.Insert(
            connection,
            transaction,
            StepSchema.Steps,
            [
                ("event", steps.Select(step => step.Event).ToArray()),
                ("session", steps.Select(step => step.Session).ToArray()),
                ("type", steps.Select(step => (short)step.Type).ToArray()),
                ("at", steps.Select(step => step.UtcTicks).ToArray()),
                ("source", steps.Select(step => step.Source).ToArray()),
                ("facts", steps.Select(step => OrNull(step.Facts)).ToArray()),
                ("verdict", steps.Select(step => OrNull(step.Verdict)).ToArray()),
                ("call", steps.Select(step => OrNull(unchecked((long)step.Call))).ToArray()),
                ("message", steps.Select(step => OrNull(unchecked((long)step.Message))).ToArray()),
                ("milliseconds", steps.Select(step => step.Milliseconds < 0 ? (long?)null : step.Milliseconds).ToArray()),
                ("error", steps.Select(step => step.Error).ToArray()),
            ],
            ""
        );
    }

    public void Remove(DbConnection connection, DbTransaction transaction, EventGap gap) =>
        StepTableSql.Remove(connection, transaction, "event", gap);

    public IEnumerable<StoredStep> Read(DbConnection connection, DbTransaction? transaction, EventRange range)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandTimeout = 0;
        command.CommandText = $"SELECT {Columns}, session FROM {StepSchema.Steps} WHERE {IsIn(range)} ORDER BY event";
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            yield return new StoredStep(
                row.GetInt64(0),
                row.GetInt16(1),
                Number(row, 2),
                row.GetInt64(10),
                row.GetInt64(3),
                Number(row, 4) ?? 0,
                Number(row, 5) ?? 0,
                unchecked((ulong)(Number(row, 6) ?? 0)),
                unchecked((ulong)(Number(row, 7) ?? 0)),
                Number(row, 8) ?? -1,
                row.IsDBNull(9) ? null : row.GetString(9)
            );
        }
    }

    public string SelectIds(StepContent content, IReadOnlyList<EventRange>? ranges)
    {
        var column = content switch
        {
            StepContent.Sources => "source",
            StepContent.Facts => "facts",
            _ => "verdict",
        };
        return $"SELECT {column} FROM {StepSchema.Steps} WHERE {(ranges is null ? "true" : string.Join(" OR ", ranges.Select(IsIn)))}";
    }

    /// <summary>A statement that gives the events of some blocks whose times can't be read.</summary>
    public static string SelectUnreadable(EventRange range) => $"SELECT event FROM {StepSchema.Steps} WHERE {IsIn(range)} AND at IS NULL";

    /// <summary>The steps of some blocks that a query may want. Only numbers and the product's own names stand in the text.</summary>
    public static string Select(EventQuery query, EventRange range) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT {Columns} FROM {StepSchema.Steps} WHERE {IsIn(range)} AND ({StepPlan.TypesOf(query)} >> type) & 1 = 1"
        ) + (query.Window == TimeWindow.Always ? "" : " AND at IS NOT NULL");

    private static string IsIn(EventRange range) => StepTableSql.IsIn("event", range);

    private static long? OrNull(long id) => id == 0 ? null : id;

    private static long? Number(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
}
