using System.Diagnostics;
using System.Globalization;

namespace PatternAnalysis.Mutation;

/// <summary>A worker as whoever asks sees it.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process _process;

    public WorkerProcess(string tests, string changed, int? active = null)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var word in (string[])[typeof(Worker).Assembly.Location, "worker", tests, changed, $"{active}"])
        {
            start.ArgumentList.Add(word);
        }

        _process = Process.Start(start)!;
        Names = Read(TimeSpan.FromMinutes(2))?.Split('\t') ?? [];
    }

    /// <summary>The tests; none when they could not even be found.</summary>
    public string[] Names { get; }

    /// <summary>
    /// The answer; nothing when there was none in so much of the worker's processor time, when it waited far longer, or when the process
    /// ended. No more can be asked then.
    /// </summary>
    public string? Request(string line, TimeSpan limit)
    {
        try
        {
            _process.StandardInput.WriteLine(line);
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            return null;
        }

        return Read(limit);
    }

    public static int[] Numbers(string text) =>
        [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(number => int.Parse(number, CultureInfo.InvariantCulture))];

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    // Processor time, so that other work on the machine changes nothing; what waits for ever takes none.
    private string? Read(TimeSpan limit)
    {
        Task<string?> answer = _process.StandardOutput.ReadLineAsync();
        var before = ProcessorTime();
        var start = Stopwatch.GetTimestamp();
        while (!answer.Wait(TimeSpan.FromMilliseconds(100)))
        {
            if (ProcessorTime() - before > limit || Stopwatch.GetElapsedTime(start) > limit * 10)
                return null;
        }

        return answer.Result;
    }

    private TimeSpan ProcessorTime()
    {
        _process.Refresh();
        return _process.HasExited ? TimeSpan.Zero : _process.TotalProcessorTime;
    }
}
