using System.Globalization;

namespace PatternAnalysis.Benchmarks;

/// <summary>
/// Importing a folder of transcripts: all of it, what is known already, and what has grown; beside ccusage, which reads the same files for
/// what they cost, where it is named. Whole processes, in turn.
/// </summary>
internal sealed class ImportBenchmark(string folder, string program, string? ccusage, int times, TextWriter output)
{
    public void Run(long bytes)
    {
        var root = new TranscriptGenerator(folder, seed: 1).Make(bytes);
        var files = Directory.GetFiles(Path.Combine(root, "projects"), "*", SearchOption.AllDirectories);
        var size = files.Sum(file => new FileInfo(file).Length);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{size / 1e6:0} MB in {files.Length} files"));
        output.WriteLine();
        output.WriteLine("| Work | Seconds | CPU s | MB/s | Peak MB | |");
        output.WriteLine("|---|--:|--:|--:|--:|---|");
        var database = Path.Combine(folder, "imported.db");
        var rows = new Dictionary<string, Measurement>();
        for (var time = 0; time < times; time++)
        {
            if (ccusage is not null)
                Keep(
                    rows,
                    "ccusage, tokens and costs by day",
                    Measurement.OfProgram(ccusage, ["daily", "--json", "--offline"], Environment(root)) with
                    {
                        Detail = "",
                    }
                );
            Delete(database);
            Keep(rows, "import, all of it", Import(root, database));
            Keep(rows, "import, unchanged", Import(root, database));
            var grown = files.MaxBy(file => new FileInfo(file).Length)!;
            File.AppendAllText(grown, File.ReadLines(grown).Last() + "\n");
            Keep(rows, "import, the largest file one record longer", Import(root, database));
        }

        foreach (var (name, row) in rows)
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {name} | {row.Seconds:0.00} | {row.CpuSeconds:0.00} | "
                        + $"{size / 1e6 / row.Seconds:0} | {row.Megabytes:0} | {row.Detail} |"
                )
            );
    }

    private Measurement Import(string root, string database) =>
        Measurement.OfProgram(program, ["import", Path.Combine(root, "projects"), "--database", database], Environment(root));

    private static (string Name, string Value) Environment(string root) => ("CLAUDE_CONFIG_DIR", root);

    private static void Keep(Dictionary<string, Measurement> rows, string name, Measurement measured)
    {
        if (!rows.TryGetValue(name, out var best) || measured.Seconds < best.Seconds)
            rows[name] = measured;
    }

    private static void Delete(string database)
    {
        foreach (var suffix in new[] { "", "-wal", "-shm" })
            File.Delete(database + suffix);
    }
}
