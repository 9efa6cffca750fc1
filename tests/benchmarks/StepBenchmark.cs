using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace PatternAnalysis.Benchmarks;

/// <summary>Reading and analysing with and without derived steps, of the same events in one run, as a table in Markdown.</summary>
internal sealed class StepBenchmark(string folder, int times, TextWriter output)
{
    /// <summary>Measures databases of some sizes.</summary>
    public void Run(IEnumerable<long> sizes)
    {
        output.WriteLine("| Events | Work | Seconds | CPU s | x stepping | Peak MB | Found |");
        output.WriteLine("|--:|---|--:|--:|--:|--:|---|");
        foreach (var size in sizes)
        {
            var plain = Benchmark.Database(folder, size);
            var derived = plain + ".derived";
            if (!File.Exists(derived))
            {
                File.Copy(plain, derived + ".part", overwrite: true);
                Write(size, "deriving all, once", Measurement.InChild(1, "derive", derived + ".part"), null);
                File.Move(derived + ".part", derived);
            }

            var bare = Measurement.InChild(times, "step-derived", derived);
            Write(size, "bare stepping over the rows of pattern_steps", bare, bare);
            Write(size, "reading by the default activity, derived", Measurement.InChild(times, "read-adaptive", derived), bare);
            Write(size, "the same, not derived", Measurement.InChild(times, "read-adaptive", plain), bare);
            Write(size, "whole run by the default activity, derived", Measurement.InChild(times, "whole-adaptive", derived), bare);
            Write(size, "the same, not derived", Measurement.InChild(times, "whole-adaptive", plain), bare);
            output.WriteLine(BytesPerStep(plain, derived));
        }
    }

    private static string BytesPerStep(string plain, string derived)
    {
        using var connection = new SqliteConnection($"Data Source={derived};Mode=ReadOnly;Pooling=False");
        var steps = connection.ExecuteScalar<long>("SELECT count(*) FROM pattern_steps");
        var bytes = new FileInfo(derived).Length - new FileInfo(plain).Length;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| | {steps:N0} steps, with what they stand for {(double)bytes / steps:0.0} bytes a step | | | | | |"
        );
    }

    private void Write(long events, string work, Measurement measured, Measurement? bare)
    {
        var ratio = bare is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{measured.Seconds / bare.Seconds:0.00}");
        var stages = string.Join(
            ", ",
            measured.Stages.Select(stage => string.Create(CultureInfo.InvariantCulture, $"{stage.Key} {stage.Value:0.000}"))
        );
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {events:N0} | {work} | {measured.Seconds:0.000} | {measured.CpuSeconds:0.00} | {ratio} | {measured.Megabytes:0} "
                    + $"| {measured.Detail}{(stages.Length > 0 ? $" ({stages})" : "")} |"
            )
        );
        output.Flush();
    }
}
