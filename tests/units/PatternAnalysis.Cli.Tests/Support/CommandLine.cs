using System.Diagnostics;
using PatternAnalysis.Application;
using PatternAnalysis.Storage;

namespace PatternAnalysis.Cli.Tests.Support;

/// <summary>Runs the program as a user would, in a process and a folder of its own.</summary>
internal sealed class CommandLine : IDisposable
{
    public CommandLine() => Folder = Directory.CreateTempSubdirectory("pattern-analysis-cli-").FullName;

    public string Folder { get; }

    /// <summary>What its environment holds beside that of the tests; null takes a variable away.</summary>
    public Dictionary<string, string?> Variables { get; } = new() { ["PATTERN_ANALYSIS_DATABASE"] = null };

    /// <summary>Commands of the shell that set limits for the program, like <c>ulimit -f 0</c>; none when null.</summary>
    public string? Limits { get; set; }

    public (int ExitCode, string Output, string Error) Run(params string[] arguments) => RunWithInput("", arguments);

    public (int ExitCode, string Output, string Error) RunWithInput(string input, params string[] arguments)
    {
        var start = new ProcessStartInfo(Limits is null ? "dotnet" : "sh")
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
        foreach (var (name, value) in Variables)
            start.Environment[name] = value;
        foreach (var word in Limits is null ? [] : new[] { "-c", $"{Limits}; exec \"$@\"", "sh", "dotnet" })
            start.ArgumentList.Add(word);
        foreach (var argument in arguments.Prepend(Path.Combine(AppContext.BaseDirectory, "pattern-analysis.dll")))
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        using (process.StandardInput)
            process.StandardInput.Write(input);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    /// <summary>Runs the program in a terminal of its own, which util-linux's script makes, and gives it answers.</summary>
    public (int ExitCode, string Output) RunInTerminal(string[] answers, params string[] arguments) =>
        RunInTerminal("dumb", answers, arguments);

    /// <summary>The same in a kind of terminal; what the program says on standard output and standard error comes together.</summary>
    public (int ExitCode, string Output) RunInTerminal(string kind, string[] answers, params string[] arguments)
    {
        string[] words = ["dotnet", Path.Combine(AppContext.BaseDirectory, "pattern-analysis.dll"), .. arguments];
        var start = new ProcessStartInfo(TerminalFactAttribute.Script!)
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
        start.Environment["TERM"] = kind;
        foreach (
            var argument in new[]
            {
                "--quiet",
                "--return",
                "--echo",
                "never",
                "--command",
                string.Join(' ', words.Select(word => $"'{word}'")),
                "/dev/null",
            }
        )
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        foreach (var answer in answers)
            process.StandardInput.WriteLine(answer);
        process.StandardInput.Flush();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    /// <summary>Starts the program and leaves it running; the caller ends it.</summary>
    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments.Prepend(Path.Combine(AppContext.BaseDirectory, "pattern-analysis.dll")))
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    /// <summary>A database of the bundled sample.</summary>
    public string SampleDatabase()
    {
        var file = Path.Combine(Folder, "events.db");
        BundledSample.Store(PatternDatabase.Open(file));
        return file;
    }

    public void Dispose()
    {
        // What is recorded while nothing can be written to the folder lies beside it.
        foreach (var folder in new[] { Folder, Folder + ".spool" }.Where(Directory.Exists))
            Directory.Delete(folder, recursive: true);
    }
}
