using System.Globalization;

namespace PatternAnalysis.Benchmarks;

/// <summary>Runs the measurements and writes their tables, in Markdown.</summary>
internal sealed class Benchmark(string folder, int times, TextWriter output)
{
    public const int Seed = 20260105;

    private static readonly long[] s_sizes = [100_000, 300_000, 1_000_000, 3_000_000, 10_000_000];

    public void SideBySide(long events, long steps)
    {
        var database = Database(events);
        Write(
            $"{events:N0} events, every second one matching, payloads of 500 "
                + $"bytes; {Environment.ProcessorCount} processors; best of {times}.\n"
        );
        WriteHead();
        foreach (var isIndexed in (bool[])[false, true])
        {
            var path = isIndexed ? database + ".indexed" : database;
            if (isIndexed)
                CoveringIndex.Provide(database, path);
            var where = isIndexed ? "covering index" : "as the hooks leave it";
            var bare = Measurement.InChild(times, isIndexed ? "step-index" : "step-table", path);
            var query = Measurement.InChild(Math.Min(times, 2), "original-query", path);
            WriteRow($"(a) bare stepping over the same rows, {where}", bare, bare, query);
            WriteRow($"(b) the original's GROUP_CONCAT query, {where}", query, bare, query);
            if (Measurement.InPython(Math.Min(times, 2), path, EventDatabase.StartType, "2000-01-01") is { } python)
                WriteRow($"(c) the original's algorithm in Python, {where}", python, bare, query);
            WriteRow($"(d) ours: read, {where}", Measurement.InChild(times, "read", path), bare, query);
            WriteRow($"(d) ours: whole run, {where}", Measurement.InChild(times, "whole", path), bare, query);
            WriteRow(
                $"(d) ours: whole run by operations (payloads read), {where}",
                Measurement.InChild(1, "whole-operations", path),
                bare,
                query
            );
        }

        Write($"\nIn memory:\n");
        WriteHead();
        WriteRow(
            $"mine and measure {events / 2:N0} steps, >= 100 sessions",
            Measurement.InChild(times, "memory", Number(events / 2)),
            null,
            null
        );
        WriteRow($"mine and measure {steps:N0} steps, >= 100 sessions", Measurement.InChild(times, "memory", Number(steps)), null, null);
        WriteRow(
            "whole run on 15,446 events, >= 2 sessions",
            Measurement.InChild(times, "whole", Database(15_446), "--min-sessions", "2"),
            null,
            null
        );
    }

    public void Growth()
    {
        var lines = new Dictionary<string, List<(long, double)>>
        {
            ["whole run"] = [],
            ["reading"] = [],
            ["mining"] = [],
            ["measuring"] = [],
        };
        Write($"| Events | Read s | Mine s | Measure s | Whole s | CPU s | Peak MB | Found |\n|--:|--:|--:|--:|--:|--:|--:|---|");
        foreach (var size in s_sizes)
        {
            var path = Database(size) + ".indexed";
            CoveringIndex.Provide(Database(size), path);
            var whole = Measurement.InChild(times, "whole", path);
            var stage = whole.Stages;
            lines["whole run"].Add((size, whole.Seconds));
            lines["reading"].Add((size, stage["Reading"]));
            lines["mining"].Add((size, stage["Mining"]));
            lines["measuring"].Add((size, stage["Measuring"]));
            Write(
                $"| {size:N0} | {stage["Reading"]:0.000} | {stage["Mining"]:0.000} | {stage["Measuring"]:0.000} "
                    + $"| {whole.Seconds:0.000} | {whole.CpuSeconds:0.00} | {whole.Megabytes:0} | {whole.Detail} |"
            );
        }

        var picture = new GrowthPicture();
        foreach (var (line, color) in lines.Zip((string[])["#222", "#06c", "#b50", "#084"]))
            picture.Add(line.Key, color, line.Value);
        picture.Save(Path.Combine(folder, "performance-growth.svg"));
        Write($"\nThe picture is {Path.Combine(folder, "performance-growth.svg")}.");
    }

    public void BadShapes(int steps)
    {
        Write($"| {steps:N0} steps | Mine s | Measure s | CPU s | Peak MB | Found |\n|---|--:|--:|--:|--:|---|");
        foreach (var name in BadShape.All.Keys)
        {
            var shape = Measurement.InChild(times, "shape", name, "--min-sessions", Number(steps));
            var (mining, measuring) = (shape.Stages["Mining"], shape.Stages["Measuring"]);
            Write($"| {name} | {mining:0.0} | {measuring:0.0} | {shape.CpuSeconds:0.0} | {shape.Megabytes:0} | {shape.Detail} |");
        }
    }

    /// <summary>The database of a size; made when it is missing.</summary>
    public static string Database(string folder, long events)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"events-{Number(events)}.db");
        if (!File.Exists(path))
        {
            EventDatabase.Create(path + ".part", events, Seed);
            File.Move(path + ".part", path);
        }

        return path;
    }

    private string Database(long events) => Database(folder, events);

    private void WriteHead() =>
        Write(
            $"| Work | Seconds | CPU s | x stepping | x the original's query | Peak "
                + $"MB | Stages, seconds | Found |\n|---|--:|--:|--:|--:|--:|---|---|"
        );

    private void WriteRow(string work, Measurement measured, Measurement? bare, Measurement? query) =>
        Write(
            $"| {work} | {measured.Seconds:0.000} | {measured.CpuSeconds:0.00} | {Ratio(measured, bare)} | {Ratio(measured, query)} | "
                + $"{measured.Megabytes:0} | "
                + $"{string.Join(", ", measured.Stages.Select(stage => Text($"{stage.Key} {stage.Value:0.000}")))} | {measured.Detail} |"
        );

    private static string Ratio(Measurement measured, Measurement? other) =>
        other is null ? "" : Text($"{measured.Seconds / other.Seconds:0.00}");

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private void Write(InvariantText text)
    {
        output.WriteLine(text.Take());
        output.Flush();
    }

    private static string Text(InvariantText text) => text.Take();
}
