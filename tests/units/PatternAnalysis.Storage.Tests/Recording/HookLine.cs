using System.Diagnostics;
using PatternAnalysis.Import;
using PatternAnalysis.Recording;
using PatternAnalysis.Storage.Recording;

namespace PatternAnalysis.Storage.Tests.Recording;

/// <summary>A database with a registered hook, in a folder of its own; the hook is run by the shell as an agent runs it.</summary>
internal sealed class HookLine : IDisposable
{
    public HookLine(PayloadMode mode = PayloadMode.Command)
    {
        Folder = Directory.CreateTempSubdirectory("it's a spool ").FullName;
        Spool = new SpoolFolder(DatabasePath);
        Spool.Prepare();
        Text = new SpoolCommandLine(Spool.Places, mode).ToString();
    }

    public string Folder { get; }

    public string DatabasePath => Path.Combine(Folder, "events.db");

    public PatternDatabase Database => PatternDatabase.Open(DatabasePath);

    public SpoolFolder Spool { get; }

    public string Text { get; set; }

    public string Place => Spool.Places[0];

    public string[] Waiting => Files("*.hook");

    public string[] Files(string pattern) =>
        [.. Spool.Places.Where(Directory.Exists).SelectMany(place => Directory.GetFiles(place, pattern))];

    public static string Event(int number, string type = "PreToolUse") =>
        $$$"""{"session_id":"session","hook_event_name":"{{{type}}}","tool_name":"Bash","""
        + $$$""" "tool_input":{"command":"git status {{{number}}}"},"tool_use_id":"toolu_{{{number:D12}}}"}""";

    public (int ExitCode, string Output) Run(string input)
    {
        using var process = Start();
        using (process.StandardInput)
            process.StandardInput.Write(input);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    /// <summary>Starts the hook; it waits for its input.</summary>
    public Process Start() =>
        Process.Start(new ProcessStartInfo("sh", ["-c", Text]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        foreach (var place in Spool.Places.Where(Directory.Exists))
            Directory.Delete(place, recursive: true);
    }
}
