using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using PatternAnalysis.Events;
using PatternAnalysis.Sequences;
using PatternAnalysis.Storage.Steps;

namespace PatternAnalysis.Storage.Sqlite;

/// <summary>Hands over derived steps.</summary>
internal static class StepPump
{
    /// <summary>The steps of a stretch of events, as a part to read.</summary>
    public static SqlitePart Part(EventQuery query, EventRange range, IDerivedTexts texts) =>
        (connection, sink, stop) =>
        {
            using var command = connection.CreateCommand();
            command.CommandText = StepPlan.Select(query, range);
            using var reader = command.ExecuteReader();
            Run(reader, connection, (IDerivedStepSink)sink, texts, stop);
        };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run(
        SqliteDataReader reader,
        SqliteConnection connection,
        IDerivedStepSink sink,
        IDerivedTexts texts,
        CancellationToken cancellationToken
    )
    {
        if (!reader.Read())
            return;

        // A missing number is 0 in SQLite's own reading, as it is in a step.
        var row = new StatementReader(reader, connection);
        var isUtf8 = HookEventPump.UsesUtf8(connection);
        long count = 0;
        do
        {
            if ((++count & 0xFFF) == 0)
                cancellationToken.ThrowIfCancellationRequested();
            if (!isUtf8)
                row.ConvertToUtf8();
            var (at, milliseconds) = (row.Integer(2), row.Integer(8));
            sink.Add(
                new DerivedStep
                {
                    Event = row.Integer(0),
                    Type = (int)row.Integer(1),
                    UtcTicks = at == 0 && row.IsNull(2) ? null : at,
                    Source = row.Integer(3),
                    Facts = row.Integer(4),
                    Verdict = row.Integer(5),
                    Call = unchecked((ulong)row.Integer(6)),
                    Message = unchecked((ulong)row.Integer(7)),
                    Milliseconds = milliseconds == 0 && row.IsNull(8) ? -1 : milliseconds,
                    Error = row.Bytes(9),
                },
                texts
            );
        } while (row.Read());
    }
}
