using System.Runtime.CompilerServices;
using PatternAnalysis.Events;
using PatternAnalysis.Sequences;
using PatternAnalysis.Storage.Steps;

namespace PatternAnalysis.Storage.Sqlite;

/// <summary>Hands over derived steps.</summary>
internal static class StepPump
{
    /// <summary>The steps of some blocks, as a part to read.</summary>
    public static SqlitePart Part(EventQuery query, EventRange range, IDerivedTexts texts) =>
        (connection, sink, stop) =>
        {
            using var command = SqliteStepTable.Select(connection, transaction: null, range);
            using var row = command.ExecuteReader();
            while (row.Read())
            {
                stop.ThrowIfCancellationRequested();
                var pack = SqliteStepTable.ReadPack(row) ?? throw new StepsChangedException();
                var bytes = new StatementReader(row, connection).Bytes(SqliteStepTable.BytesColumn);
                Run(pack, bytes, query, (IDerivedStepSink)sink, texts);
            }
        };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run(StepPack pack, ReadOnlySpan<byte> bytes, EventQuery query, IDerivedStepSink sink, IDerivedTexts texts)
    {
        var types = StepPlan.TypesOf(query);
        var needsTime = query.Window != TimeWindow.Always;
        var reader = pack.Read(bytes);
        while (reader.TryRead(out var step))
        {
            if ((types >> step.Type & 1) != 0 && !(needsTime && step.UtcTicks is null))
                sink.Add(step, texts);
        }
    }
}
