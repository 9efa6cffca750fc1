using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace PatternAnalysis.Benchmarks;

/// <summary>
/// Measures reading from PostgreSQL beside <c>psql</c>'s COPY of the same rows, in turn, so that both meet the same load.
/// </summary>
internal sealed class PostgresBenchmark(string address, int times, TextWriter output)
{
    private const string Columns = "session_id, tool_name, timestamp, id, event_type";

    private readonly NpgsqlConnectionStringBuilder _address = new(address);

    public void Run(long events)
    {
        Provide(events);
        Write(
            $"{events:N0} events, every second one matching, payloads of 500 bytes; "
                + $"{Environment.ProcessorCount} processors; median of {times}, in turn.\n"
        );
        Write($"| Rows | psql ms | ours ms | ours / psql, each pair | median |\n|---|--:|--:|---|--:|");
        foreach (
            var (rows, columns, work) in ((string, string, string)[])
                [("tool names", Columns, "read"), ("operations: with payloads", $"{Columns}, payload::text", "read-operations")]
        )
        {
            var pairs = Enumerable
                .Range(0, times)
                .Select(_ => (Psql: Copy(columns), Ours: Measurement.InChild(1, work, address).Seconds))
                .ToArray();
            var ratios = Array.ConvertAll(pairs, pair => pair.Ours / pair.Psql);
            Write(
                $"| {rows} | {Median(pairs.Select(pair => pair.Psql)) * 1000:0} | {Median(pairs.Select(pair => pair.Ours)) * 1000:0} | "
                    + $"{string.Join(' ', ratios.Select(ratio => ratio.ToString("0.00", CultureInfo.InvariantCulture)))} "
                    + $"| {Median(ratios):0.00} |"
            );
        }
    }

    private void Provide(long events)
    {
        using var connection = new NpgsqlConnection(address);
        connection.Open();
        using var command = new NpgsqlCommand("SELECT to_regclass('hook_events') IS NOT NULL", connection);
        if ((bool)command.ExecuteScalar()!)
        {
            command.CommandText = "SELECT count(*) FROM hook_events";
            command.CommandTimeout = 0;
            if ((long)command.ExecuteScalar()! == events)
                return;
        }

        PostgresEventDatabase.Create(address, events, Benchmark.Seed);
    }

    /// <summary>The seconds of psql's COPY of the rows and columns that the reader takes.</summary>
    private double Copy(string columns)
    {
        var copy = $"COPY (SELECT {columns} FROM hook_events WHERE event_type = '{EventDatabase.StartType}') TO STDOUT (FORMAT binary)";
        var start = new ProcessStartInfo("/bin/sh") { ArgumentList = { "-c", "exec \"$@\" >/dev/null", "sh", "psql" } };
        foreach (
            var argument in (string[])
                [
                    "-X",
                    "-q",
                    "-h",
                    _address.Host!,
                    "-p",
                    _address.Port.ToString(CultureInfo.InvariantCulture),
                    "-U",
                    _address.Username!,
                    "-d",
                    _address.Database!,
                    "-c",
                    copy,
                ]
        )
            start.ArgumentList.Add(argument);
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode == 0
            ? clock.Elapsed.TotalSeconds
            : throw new InvalidOperationException($"psql ended with exit code {process.ExitCode}.");
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }

    private void Write(InvariantText text)
    {
        output.WriteLine(text.Take());
        output.Flush();
    }
}
