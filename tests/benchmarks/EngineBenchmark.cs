using System.Globalization;

namespace PatternAnalysis.Benchmarks;

/// <summary>
/// Measures the engine Database on nodes behind a coordinator, all on this machine: what each server's processors do, and what travels. The
/// engine Memory reads a single server.
/// </summary>
internal sealed class EngineBenchmark(TextWriter output)
{
    private static readonly (string Work, string Meaning, bool OnNodes)[] s_works =
    [
        ("adaptive-memory", "default options, Memory", false),
        ("adaptive-database", "default options, Database", true),
        ("tools-memory", "bare tool names, Memory", false),
        ("tools-database", "bare tool names, Database", true),
        ("tools-counted", "bare tool names, Database, counted", true),
    ];

    public void Run(long events, IEnumerable<int> nodes)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{events:N0} matching events, derived, a dry run.\n"));
        output.WriteLine("| Nodes | Asked for | s | CPU s, client | each node | coordinator | MB to client | MB to nodes | Result |");
        output.WriteLine("|--:|---|--:|--:|---|--:|--:|--:|---|");
        foreach (var count in nodes)
        {
            using var servers = new EngineServers(count);
            servers.Fill(events);
            foreach (var (work, meaning, onNodes) in s_works.Where(one => one.OnNodes || count == 1))
                Write(servers, count, work, meaning, onNodes ? servers.Coordinator : servers.Node);
        }
    }

    private void Write(EngineServers servers, int count, string work, string meaning, string address)
    {
        servers.Bytes();
        var before = servers.CpuSeconds();
        var measured = Measurement.InChild(1, work, address);

        // Connections that were closed end a moment later.
        Thread.Sleep(500);
        var (to, from) = servers.Bytes();
        double[] seconds = [.. servers.CpuSeconds().Zip(before, (now, then) => now - then)];
        var ofNodes = string.Join(", ", seconds.Skip(1).Select(one => one.ToString("0.0", CultureInfo.InvariantCulture)));
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {count} | {meaning} | {measured.Seconds:0.0} | {measured.CpuSeconds:0.0} | {ofNodes} | {seconds[0]:0.0} "
                    + $"| {from / 1e6:0.0} | {to / 1e6:0.0} | {measured.Detail} |"
            )
        );
    }
}
