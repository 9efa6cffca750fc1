using System.Diagnostics;
using System.Text.Json;

namespace PatternAnalysis.Benchmarks;

/// <summary>What one piece of work took.</summary>
/// <param name="Seconds">Its time.</param>
/// <param name="PeakBytes">The most memory that its process ever held.</param>
/// <param name="Detail">What it came to, in words.</param>
/// <param name="CpuSeconds">What it cost the processors, start of the process included; says more than its time on a machine that others
/// use as well.</param>
internal sealed record Measurement(double Seconds, long PeakBytes, string Detail, double CpuSeconds = 0)
{
    /// <summary>The seconds of its stages.</summary>
    public Dictionary<string, double> Stages { get; init; } = [];

    public double Megabytes => PeakBytes / 1e6;

    /// <summary>
    /// Runs work in a process of its own, so that nothing is warm and its peak of memory is its own; the best of several times.
    /// </summary>
    public static Measurement InChild(int times, string name, params string[] arguments) =>
        Best(times, Environment.ProcessPath!, ["measure", name, .. arguments]);

    /// <summary>The original's algorithm in Python, or null where there is no <c>python3</c>.</summary>
    public static Measurement? InPython(int times, params string[] arguments)
    {
        try
        {
            return Best(times, "python3", [Path.Combine(AppContext.BaseDirectory, "original_analysis.py"), .. arguments]);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Runs a program as a whole, its start included.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="variable">A variable of its environment.</param>
    public static Measurement OfProgram(string program, string[] arguments, (string Name, string Value)? variable = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        if (variable is { } known)
            start.Environment[known.Name] = known.Value;
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEndAsync();
        var (peak, processor) = (0L, TimeSpan.Zero);
        while (!process.WaitForExit(5))
        {
            try
            {
                process.Refresh();
                (peak, processor) = (Math.Max(peak, process.PeakWorkingSet64), process.TotalProcessorTime);
            }
            catch (InvalidOperationException)
            {
                // It ended just now.
            }
        }

        var seconds = clock.Elapsed.TotalSeconds;
        return process.ExitCode == 0
            ? new Measurement(seconds, peak, said.Result.Split('\n')[0].Trim(), processor.TotalSeconds)
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }

    /// <summary>Prints this process's measurement for <see cref="InChild"/>.</summary>
    public static void Print(TimeSpan elapsed, string detail, Dictionary<string, double>? stages = null) =>
        Console.WriteLine(
            JsonSerializer.Serialize(
                new Measurement(
                    elapsed.TotalSeconds,
                    Process.GetCurrentProcess().PeakWorkingSet64,
                    detail,
                    Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds
                )
                {
                    Stages = stages ?? [],
                }
            )
        );

    private static Measurement Best(int times, string program, string[] arguments) =>
        Enumerable.Range(0, times).Select(_ => Once(program, arguments)).MinBy(measurement => measurement.Seconds)!;

    private static Measurement Once(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<Measurement>(output.Trim().Split('\n')[^1])!
            : throw new InvalidOperationException($"'{program} {string.Join(' ', arguments)}' ended with exit code {process.ExitCode}.");
    }
}
