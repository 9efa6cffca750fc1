using System.Diagnostics;
using System.Globalization;
using System.Text;
using PatternAnalysis.Import;
using PatternAnalysis.Recording;
using PatternAnalysis.Storage.Recording;

namespace PatternAnalysis.Benchmarks;

/// <summary>
/// What an agent waits for at each hook, as whole processes that get one event on standard input: the registered hook and the program's
/// <c>record</c>, beside an empty program and a <c>cat</c> that keeps nothing private and can overwrite what was there. All in turn, so
/// that they meet the same load.
/// </summary>
internal sealed class RecorderBenchmark(string folder, string? program, TextWriter output)
{
    private int _events;

    public void Run(int times)
    {
        Directory.CreateDirectory(folder);
        var database = Path.Combine(folder, "recorded.db");
        var spool = new SpoolFolder(database);
        spool.Prepare();
        output.WriteLine("| Event of | empty program | `sh -c :` | `sh -c 'cat > file'` | the hook | `record` |");
        output.WriteLine("|---|--:|--:|--:|--:|--:|");
        foreach (var (size, name) in new[] { (500, "0.5 kB"), (20_000, "20 kB"), (1_000_000, "1 MB") })
        {
            string[][] commands =
            [
                ["true"],
                ["sh", "-c", ":"],
                ["sh", "-c", $"cat > {ShellWord(Path.Combine(folder, "cat"))}"],
                ["sh", "-c", new SpoolCommandLine(spool.Places, PayloadMode.Command).ToString()],
                .. program is null
                    ? Array.Empty<string[]>()
                    :
                    [
                        [program, "record", "--database", database],
                    ],
            ];
            var taken = commands.Select(_ => new List<double>()).ToArray();
            for (var time = 0; time < times; time++)
            {
                for (var command = 0; command < commands.Length; command++)
                    taken[command].Add(Once(commands[command], Event(size)));
            }

            var cells = taken.Select(milliseconds => Median(milliseconds).ToString("0.0", CultureInfo.InvariantCulture)).ToList();
            output.WriteLine($"| {name} | {string.Join(" | ", program is null ? [.. cells, "-"] : cells)} |");
        }

        var waiting = SpoolDrain.Look(PatternAnalysis.Storage.PatternDatabase.Open(database)).WaitingCount;
        var clock = Stopwatch.StartNew();
        var drained = SpoolDrain.Run(PatternAnalysis.Storage.PatternDatabase.Open(database));
        output.WriteLine();
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Milliseconds, medians of {times}. Then {waiting} events were taken from "
                    + $"the spool in {clock.Elapsed.TotalSeconds:0.00} s: {drained.StoredCount} new."
            )
        );
    }

    private static double Once(string[] command, byte[] input)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        try
        {
            process.StandardInput.BaseStream.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // An empty program does not read.
        }

        process.WaitForExit();
        return clock.Elapsed.TotalMilliseconds;
    }

    private byte[] Event(int size) =>
        Encoding.UTF8.GetBytes(
            """{"session_id":"s","cwd":"/repo","hook_event_name":"PostToolUse","tool_name":"Bash","""
                + $$$""" "tool_input":{"command":"git status"},"tool_response":{"stdout":"{{{new string('x', size)}}}"},"""
                + $$$""" "tool_use_id":"toolu_{{{Environment.ProcessId:D10}}}{{{_events++:D10}}}"}"""
        );

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string ShellWord(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
