using System.ComponentModel;
using System.Diagnostics;

namespace PatternAnalysis.Scheduling;

/// <summary>Runs a program of the system.</summary>
internal static class NativeCommand
{
    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">What it reads from its input, or null.</param>
    /// <exception cref="PatternAnalysisException">It is not there.</exception>
    public static (int ExitCode, string Output, string Error) Run(string program, IEnumerable<string> arguments, string? input = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LC_ALL"] = "C";
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            if (input is not null)
                process.StandardInput.Write(input);
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, error.Result);
        }
        catch (Win32Exception error)
        {
            throw new PatternAnalysisException(
                ErrorCatalogue.SchedulerNotFound,
                $"There is no '{program}' on this machine. Install it, or choose another scheduler.",
                error
            );
        }
    }

    /// <summary>The same; an exit code other than 0 is an error.</summary>
    public static string Require(string program, IEnumerable<string> arguments, string? input = null)
    {
        var (exitCode, output, error) = Run(program, arguments, input);
        return exitCode == 0
            ? output
            : throw new PatternAnalysisException(ErrorCatalogue.SchedulerFailed, $"'{program}' ended with {exitCode}: {error.Trim()}");
    }
}
