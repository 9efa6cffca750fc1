using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace PatternAnalysis.Benchmarks;

/// <summary>Reading and analysing with and without derived steps, of the same events in one run, as a table in Markdown.</summary>
/// <param name="folder">Where the databases are made, and kept.</param>
/// <param name="program">The published program, whose whole runs are measured; null for runs of this one.</param>
/// <param name="times">Each figure is the best of so many runs; of large databases there is one run.</param>
/// <param name="output">Where the table goes.</param>
internal sealed class StepBenchmark(string folder, string? program, int times, TextWriter output)
{
    private const long LargeSize = 3_000_000;

    /// <summary>Measures databases of some sizes.</summary>
    public void Run(IEnumerable<long> sizes)
    {
        output.WriteLine("| Events | Work | Seconds | CPU s | x CPU not derived | Peak MB | Found |");
        output.WriteLine("|--:|---|--:|--:|--:|--:|---|");
        foreach (var size in sizes)
        {
            var plain = Benchmark.Database(folder, size);
            var derived = plain + ".derived";
            if (!File.Exists(derived))
            {
                File.Copy(plain, derived + ".part", overwrite: true);
                Write(size, "deriving all, once", Measurement.InChild(1, "derive", derived + ".part"));
                File.Move(derived + ".part", derived);
            }

            WritePair(size, "reading by the default activity", path => Child(size, "read-adaptive", path), plain, derived);
            WritePair(size, "whole run by the default activity", path => Whole(size, path), plain, derived);
            output.WriteLine(BytesPerStep(plain, derived));
        }
    }

    private Measurement Child(long size, string work, string database) => Measurement.InChild(TimesOf(size), work, database);

    private Measurement Whole(long size, string database)
    {
        if (program is null)
            return Child(size, "whole-adaptive", database);

        string[] arguments =
        [
            "analyze",
            "--database",
            database,
            "--since",
            "2026-01-01",
            "--until",
            "2027-01-01",
            "--min-occurrences",
            "100",
            "--dry-run",
            "--json",
        ];
        return Enumerable
            .Range(0, TimesOf(size))
            .Select(_ => Measurement.OfProgram(program, arguments))
            .MinBy(measured => measured.CpuSeconds)! with
        {
            Detail = "published program, JSON",
        };
    }

    private int TimesOf(long size) => size < LargeSize ? times : 1;

    private void WritePair(long size, string work, Func<string, Measurement> measure, string plain, string derived)
    {
        var (with, without) = (measure(derived), measure(plain));
        Write(size, $"{work}, derived", with, without);
        Write(size, "the same, not derived", without);
    }

    private static string BytesPerStep(string plain, string derived)
    {
        using var connection = new SqliteConnection($"Data Source={derived};Mode=ReadOnly;Pooling=False");
        var steps = connection.ExecuteScalar<long>("SELECT sum(step_count) FROM pattern_steps");
        var bytes = new FileInfo(derived).Length - new FileInfo(plain).Length;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| | {steps:N0} steps, with what they stand for {(double)bytes / steps:0.0} bytes a step | | | | | |"
        );
    }

    private void Write(long events, string work, Measurement measured, Measurement? without = null)
    {
        var stages = string.Join(
            ", ",
            measured.Stages.Select(stage => string.Create(CultureInfo.InvariantCulture, $"{stage.Key} {stage.Value:0.000}"))
        );
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {events:N0} | {work} | {measured.Seconds:0.000} | {measured.CpuSeconds:0.00} "
                    + $"| {Ratio(measured, without)} | {measured.Megabytes:0} "
                    + $"| {measured.Detail}{(stages.Length > 0 ? $" ({stages})" : "")} |"
            )
        );
        output.Flush();
    }

    private static string Ratio(Measurement measured, Measurement? other) =>
        other is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{measured.CpuSeconds / other.CpuSeconds:0.00}");
}
