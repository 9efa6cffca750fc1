using System.Globalization;
using Npgsql;

namespace PatternAnalysis.Benchmarks;

/// <summary>
/// Measures both engines on the same matching events without payloads, in four hash partitions of one PostgreSQL database, in turn.
/// </summary>
internal sealed class EngineBenchmark(string address, int times, TextWriter output)
{
    private const int Partitions = 4;

    public void Run(long events)
    {
        Provide(events);
        output.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{events:N0} events, bare tool names, a dry run; best of {times}, in turn.\n")
        );
        output.WriteLine("| Engine | s | CPU s of the client | Result |\n|---|--:|--:|---|");
        var (memory, database) = (new List<Measurement>(), new List<Measurement>());
        for (var i = 0; i < times; i++)
        {
            memory.Add(Measurement.InChild(1, "engine-memory", address));
            database.Add(Measurement.InChild(1, "engine-database", address));
        }

        foreach (var (engine, measured) in new[] { ("Memory", memory), ("Database", database) })
        {
            var best = measured.MinBy(one => one.Seconds)!;
            output.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"| {engine} | {best.Seconds:0.0} | {best.CpuSeconds:0.0} | {best.Detail} |")
            );
        }
    }

    private void Provide(long events)
    {
        using var connection = new NpgsqlConnection(address);
        connection.Open();
        Execute(
            connection,
            """
            DROP TABLE IF EXISTS hook_events;
            CREATE TABLE hook_events (id BIGINT, session_id TEXT, event_type TEXT, tool_name TEXT, timestamp TIMESTAMP)
                PARTITION BY HASH (session_id)
            """
        );
        for (var part = 0; part < Partitions; part++)
            Execute(
                connection,
                $"CREATE TABLE hook_events_{part} PARTITION OF hook_events FOR VALUES WITH (MODULUS {Partitions}, REMAINDER {part})"
            );
        using (var copy = connection.BeginTextImport("COPY hook_events (id, session_id, event_type, tool_name, timestamp) FROM STDIN"))
        {
            long number = 0;
            foreach (var (session, tool) in EventDatabase.Calls(events, Benchmark.Seed))
            {
                var time = EventDatabase
                    .FirstEvent.AddMilliseconds(number * 15)
                    .ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
                copy.Write(
                    string.Create(CultureInfo.InvariantCulture, $"{number}\t{session}\t{EventDatabase.StartType}\t{tool}\t{time}\n")
                );
                number++;
            }
        }

        Execute(connection, "VACUUM ANALYZE hook_events");
    }

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.ExecuteNonQuery();
    }
}
