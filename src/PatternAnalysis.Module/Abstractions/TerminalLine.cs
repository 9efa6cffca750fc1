using System.Management.Automation.Host;
using System.Text;

namespace PatternAnalysis.Commands;

/// <summary>
/// A line that somebody types at a terminal, key by key: PowerShell's own reading takes Ctrl+D for a letter, and the reviewer who ends with
/// it, as everywhere else at a terminal, could not get out.
/// </summary>
internal static class TerminalLine
{
    private const char EndOfText = '\u0004';

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Whether this is PowerShell at a terminal that knows Ctrl+D.</summary>
    public static bool IsHere(string hostName) => hostName == "ConsoleHost" && !OperatingSystem.IsWindows() && !Console.IsInputRedirected;

    /// <summary>Reads a line; null when it is Ctrl+D.</summary>
    /// <exception cref="OperationCanceledException">The pipeline was stopped, by Ctrl+C.</exception>
    public static string? Read(PSHostUserInterface ui, CancellationToken stop)
    {
        var line = new StringBuilder();
        while (true)
        {
            // Waiting for a key is not stopped by Ctrl+C.
            while (!ui.RawUI.KeyAvailable && !stop.WaitHandle.WaitOne(s_pause)) { }
            stop.ThrowIfCancellationRequested();
            var key = ui.RawUI.ReadKey(ReadKeyOptions.NoEcho | ReadKeyOptions.IncludeKeyDown).Character;
            switch (key)
            {
                case '\r' or '\n':
                    ui.WriteLine();
                    return line.ToString();
                case EndOfText when line.Length == 0:
                    ui.WriteLine();
                    return null;
                case '\b' or '\u007f':
                    Erase(line, ui);
                    break;
                case var letter when !char.IsControl(letter):
                    line.Append(letter);
                    ui.Write(letter.ToString());
                    break;
            }
        }
    }

    private static void Erase(StringBuilder line, PSHostUserInterface ui)
    {
        if (line.Length == 0)
            return;
        var start = line.Length - (line.Length > 1 && char.IsSurrogatePair(line[^2], line[^1]) ? 2 : 1);
        var cells = ui.RawUI.LengthInBufferCells(line.ToString(start, line.Length - start));
        line.Length = start;
        ui.Write(new string('\b', cells) + new string(' ', cells) + new string('\b', cells));
    }
}
