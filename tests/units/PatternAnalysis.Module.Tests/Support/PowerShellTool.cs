using System.Diagnostics;
using System.Reflection;
using System.Text;

namespace PatternAnalysis.ModuleTests.Support;

/// <summary>The PowerShell that .config/dotnet-tools.json pins: .NET's SDK brings it wherever the tests run.</summary>
internal static class PowerShellTool
{
    private static readonly Lazy<Task> s_restored = new(RestoreAsync);

    /// <summary>The folder of the project's sources.</summary>
    public static string Root { get; } = Metadata("Root");

    /// <summary>The manifest of the Pester that Directory.Packages.props pins.</summary>
    public static string Pester { get; } = Metadata("Pester");

    /// <summary>Debug or Release: how the tests, and so the module's assemblies, are built.</summary>
    public static string Configuration { get; } = Metadata("Configuration");

    /// <summary>Runs a script in it.</summary>
    /// <param name="script">Its path below the root.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="stop">Ends it, with what it started.</param>
    /// <exception cref="InvalidOperationException">The tool cannot be had.</exception>
    public static async Task<(int ExitCode, string Output)> RunFileAsync(string script, string[] arguments, CancellationToken stop)
    {
        await s_restored.Value;
        string[] command = ["tool", "run", "pwsh", "--", "-NoProfile", "-NonInteractive", "-File", Path.Combine(Root, script)];
        return await RunAsync([.. command, .. arguments], stop);
    }

    private static async Task RestoreAsync()
    {
        var (exitCode, output) = await RunAsync(["tool", "restore"], CancellationToken.None);
        if (exitCode != 0)
            throw new InvalidOperationException($"'dotnet tool restore' ended with {exitCode}: there is no PowerShell.\n{output}");
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string[] arguments, CancellationToken stop)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            WorkingDirectory = Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NO_COLOR"] = "1";

        var output = new StringBuilder();
        void Add(object sender, DataReceivedEventArgs line)
        {
            lock (output)
                output.AppendLine(line.Data);
        }

        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += Add;
        process.ErrorDataReceived += Add;
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(stop);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, output.ToString());
    }

    private static string Metadata(string key) =>
        typeof(PowerShellTool).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(data => data.Key == key).Value!;
}
