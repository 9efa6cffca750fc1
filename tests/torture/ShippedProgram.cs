using System.Diagnostics;

namespace PatternAnalysis.Torture;

/// <summary>The command line as a process of its own.</summary>
internal sealed class ShippedProgram : IDisposable
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private ShippedProgram(Process process)
    {
        _process = process;
        (_output, _error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
    }

    /// <summary>What it printed, when it has ended.</summary>
    public string Output => _output.Result;

    /// <summary>What it complained of, when it has ended.</summary>
    public string Error => _error.Result;

    /// <summary>How it ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Starts it.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">Its standard input; empty when not given.</param>
    /// <param name="largestFile">How large its files may grow, in blocks of 512 bytes; without a limit when not given.</param>
    public static ShippedProgram Start(IEnumerable<string> arguments, string input = "", long? largestFile = null)
    {
        string[] words = ["dotnet", "exec", Path.Combine(AppContext.BaseDirectory, "pattern-analysis.dll"), .. arguments];
        if (largestFile is { } blocks)
            words = ["sh", "-c", $"trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"", "sh", .. words];
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0"; // the runtime makes large files for it
        var started = new ShippedProgram(Process.Start(start)!);
        try
        {
            started._process.StandardInput.Write(input);
            started._process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it read all.
        }

        return started;
    }

    /// <summary>Ends it as <c>kill -9</c> does.</summary>
    /// <returns>Whether it was still running.</returns>
    public bool Kill()
    {
        var isRunning = !_process.HasExited;
        _process.Kill();
        _process.WaitForExit();
        return isRunning;
    }

    /// <summary>Waits for its end, and takes note when that is none that a user could understand.</summary>
    /// <param name="round">Where to note it.</param>
    /// <param name="expected">The exit codes that are fine.</param>
    /// <returns>Whether it was clear.</returns>
    public bool EndsClearly(Round round, params int[] expected)
    {
        if (!_process.WaitForExit(s_longest))
        {
            Kill();
            round.Report(Finding.Unclear, 1, $"did not end within {s_longest.TotalMinutes} minutes");
            return false;
        }

        var isClear =
            expected.Contains(ExitCode)
            && !Error.Contains("\n   at ", StringComparison.Ordinal)
            && !Error.Contains("Unhandled exception", StringComparison.Ordinal)
            && (ExitCode == 0 || expected is not [0, ..] || Error.Length + Output.Length > 0);
        if (!isClear)
            round.Report(Finding.Unclear, 1, $"exit code {ExitCode}: {Error.Trim()}");
        return isClear;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }
}
