using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using PatternAnalysis.Cli.Tests.Support;

namespace PatternAnalysis.Cli.Tests;

public sealed class ServeTests : IDisposable
{
    private readonly CommandLine _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task The_panel_is_served_to_who_has_the_printed_link_and_ends_when_it_is_told_to()
    {
        var database = _cli.SampleDatabase();
        Assert.Equal(0, _cli.Run("analyze", "-d", database, "--since", "2026-03-02").ExitCode);
        using var process = _cli.Start("serve", "-d", database, "--port", "0");
        try
        {
            await process.StandardOutput.ReadLineAsync();
            var link = Regex.Match((await process.StandardOutput.ReadLineAsync())!, @"http://\w+\.localhost:\d+/\?token=\w{64}$").Value;
            using var browser = NewBrowser();

            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(new Uri(link))).StatusCode);
            Assert.Contains("git status", await browser.GetStringAsync(new Uri(new Uri(link), "/")), StringComparison.Ordinal);
            using var stranger = NewBrowser();
            Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync(new Uri(new Uri(link), "/"))).StatusCode);

            if (OperatingSystem.IsWindows())
                return;
            // Not SIGINT: who runs tests in the background has it ignored.
            using (var interrupt = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
                await interrupt.WaitForExitAsync();
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(3));
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    [Fact]
    public void What_can_not_be_served_is_told_before_anything_listens()
    {
        Assert.StartsWith("error DatabaseNotFound:", _cli.Run("serve", "-d", "none.db", "--port", "0").Error, StringComparison.Ordinal);
        Assert.StartsWith(
            "error TableNotFound:",
            _cli.Run("serve", "-d", _cli.SampleDatabase(), "--port", "0").Error,
            StringComparison.Ordinal
        );
        Assert.Equal(2, _cli.Run("serve", "-d", "x", "--port", "-1").ExitCode);
        Assert.Equal(2, _cli.Run("serve", "-d", "x", "--port", "1", "--urls", "http://localhost:2").ExitCode);
        Assert.Equal(2, _cli.Run("serve", "-d", "x", "--port", "65536").ExitCode);
    }

    /// <summary>The web server must cost nothing where it is not used: the hook recorder starts with every tool call.</summary>
    [Fact]
    public void No_other_command_loads_the_web_server()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in new[] { Path.Combine(AppContext.BaseDirectory, "pattern-analysis.dll"), "danger", "ls" })
            start.ArgumentList.Add(argument);
        var trace = Path.Combine(_cli.Folder, "host.txt");
        start.Environment["DOTNET_EnableEventPipe"] = "1";
        start.Environment["DOTNET_EventPipeOutputPath"] = trace;
        start.Environment["DOTNET_EventPipeConfig"] = "Microsoft-Windows-DotNETRuntime:0x8:4"; // the loader's events
        using (var process = Process.Start(start)!)
        {
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
        }

        var loaded =
            System.Text.Encoding.Unicode.GetString(File.ReadAllBytes(trace))
            + System.Text.Encoding.Unicode.GetString(File.ReadAllBytes(trace), 1, (int)new FileInfo(trace).Length - 1);
        Assert.Contains("System.CommandLine", loaded, StringComparison.Ordinal);
        Assert.DoesNotContain("Microsoft.AspNetCore.Hosting", loaded, StringComparison.Ordinal);
        Assert.DoesNotContain("PatternAnalysis.Panel", loaded, StringComparison.Ordinal);
    }

    // As browsers do, whatever the machine's resolver knows: names that end in .localhost are this machine.
    private static HttpClient NewBrowser() =>
        new(
            new SocketsHttpHandler
            {
                ConnectCallback = async (context, cancellationToken) =>
                {
                    var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                    await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellationToken);
                    return new NetworkStream(socket, ownsSocket: true);
                },
            }
        );
}
