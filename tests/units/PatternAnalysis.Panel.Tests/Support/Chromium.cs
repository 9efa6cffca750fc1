using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;

namespace PatternAnalysis.Panel.Tests.Support;

/// <summary>A test in a real browser. Where Chromium is not installed, and cannot be, it is skipped and says why.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute()
    {
        if (Chromium.Missing is { } why)
            Skip = $"Chromium is not installed: {why}.";
    }
}

/// <summary>A Chromium of its own, driven over the DevTools protocol.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    private static readonly Lazy<(string? Path, string? Missing)> s_program = new(() =>
        Find() is { } path ? (path, null)
        : DebianPackage.Install("chromium") is { } why ? (null, why)
        : (Find(), null)
    );

    private readonly Process _process;
    private readonly string _profile;
    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> _calls = new();
    private readonly CancellationTokenSource _stop = new();
    private int _lastCall;
    private Task _reading = Task.CompletedTask;

    private Chromium(Process process, string profile) => (_process, _profile) = (process, profile);

    /// <summary>Where it is.</summary>
    public static string? Path => s_program.Value.Path;

    /// <summary>Why it is nowhere, as the end of a sentence; null where it is.</summary>
    public static string? Missing => s_program.Value.Missing;

    /// <summary>What the browser complained of: errors of scripts, of the network, of the content policy.</summary>
    public ConcurrentQueue<string> Complaints { get; } = new();

    public static async Task<Chromium> StartAsync()
    {
        var profile = Directory.CreateTempSubdirectory("pattern-analysis-chromium-").FullName;
        var start = new ProcessStartInfo(Path!) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (
            var argument in new[]
            {
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--remote-debugging-port=0",
                $"--user-data-dir={profile}",
                "about:blank",
            }
        )
        {
            start.ArgumentList.Add(argument);
        }

        // It leaves folders of its own among the temporary files.
        start.Environment["TMPDIR"] = profile;
        var browser = new Chromium(Process.Start(start)!, profile);
        browser._process.BeginErrorReadLine();
        browser._process.BeginOutputReadLine();
        await browser.ConnectAsync();
        return browser;
    }

    public async Task OpenAsync(string url)
    {
        await CallAsync("Page.navigate", new { url });
        await WaitAsync("document.readyState === 'complete' && location.href !== 'about:blank'");
    }

    /// <summary>The value of an expression in the page.</summary>
    public async Task<T> EvaluateAsync<T>(string expression)
    {
        var answer = await CallAsync(
            "Runtime.evaluate",
            new
            {
                expression,
                returnByValue = true,
                awaitPromise = true,
            }
        );
        Assert.False(answer.TryGetProperty("exceptionDetails", out var error), error.ToString());
        return answer.GetProperty("result").TryGetProperty("value", out var value) ? value.Deserialize<T>()! : default!;
    }

    /// <summary>Waits until a page is there, with its script, of which an expression is true.</summary>
    public async Task WaitAsync(string expression)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var answer = await CallAsync(
                "Runtime.evaluate",
                new { expression = $"document.readyState === 'complete' && Boolean({expression})", returnByValue = true }
            );
            if (answer.GetProperty("result").TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.True)
                return;
            if (waited.Elapsed > s_patience)
                Assert.Fail(
                    $"Never came true: {expression}. The page shows: "
                        + $"{await EvaluateAsync<string>("location.pathname + ': ' + document.body.innerText.slice(0, 500)")}"
                );
            await Task.Delay(30);
        }
    }

    /// <summary>Clicks where an element is, as a hand would.</summary>
    public async Task ClickAsync(string selector)
    {
        var place = await EvaluateAsync<double[]>(
            $$"""
            (() => {
                const element = document.querySelector({{JsonSerializer.Serialize(selector)}});
                element.scrollIntoView({block: 'center'});
                const box = element.getBoundingClientRect();
                return [box.x + Math.min(box.width / 2, 40), box.y + box.height / 2];
            })()
            """
        );
        foreach (var type in new[] { "mousePressed", "mouseReleased" })
            await CallAsync(
                "Input.dispatchMouseEvent",
                new
                {
                    type,
                    x = place[0],
                    y = place[1],
                    button = "left",
                    clickCount = 1,
                }
            );
    }

    public Task TypeAsync(string text) => CallAsync("Input.insertText", new { text });

    public async Task PressAsync(string key)
    {
        var (code, text) = key switch
        {
            "Enter" => (13, "\r"),
            "Tab" => (9, ""),
            "Escape" => (27, ""),
            _ => (char.ToUpperInvariant(key[0]), key),
        };
        await CallAsync(
            "Input.dispatchKeyEvent",
            text.Length > 0
                ? new
                {
                    type = "keyDown",
                    key,
                    text,
                    windowsVirtualKeyCode = code,
                }
                : new
                {
                    type = "rawKeyDown",
                    key,
                    windowsVirtualKeyCode = code,
                }
        );
        await CallAsync(
            "Input.dispatchKeyEvent",
            new
            {
                type = "keyUp",
                key,
                windowsVirtualKeyCode = code,
            }
        );
    }

    public Task ResizeAsync(int width, int height) =>
        CallAsync(
            "Emulation.setDeviceMetricsOverride",
            new
            {
                width,
                height,
                deviceScaleFactor = 1,
                mobile = width < 600,
            }
        );

    public Task SetDarkAsync(bool dark) =>
        CallAsync(
            "Emulation.setEmulatedMedia",
            new { features = new[] { new { name = "prefers-color-scheme", value = dark ? "dark" : "light" } } }
        );

    /// <summary>Keeps a picture of the page in the folder that PATTERN_ANALYSIS_SCREENSHOTS names, for people to look at.</summary>
    public async Task KeepPictureAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("PATTERN_ANALYSIS_SCREENSHOTS") is not { Length: > 0 } folder)
            return;

        var answer = await CallAsync("Page.captureScreenshot", new { format = "png", captureBeyondViewport = true });
        await File.WriteAllBytesAsync(System.IO.Path.Combine(folder, name + ".png"), answer.GetProperty("data").GetBytesFromBase64());
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _socket.Abort();
        await _reading.ContinueWith(_ => { }, TaskScheduler.Default);
        _socket.Dispose();
        _stop.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        for (var attempt = 0; attempt < 20 && Directory.Exists(_profile); attempt++)
        {
            try
            {
                Directory.Delete(_profile, recursive: true);
            }
            catch (IOException)
            {
                await Task.Delay(100); // a child that is still ending writes to it
            }
        }
    }

    private static string? Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(System.IO.Path.PathSeparator)
            .SelectMany(folder =>
                new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => System.IO.Path.Combine(folder, name))
            )
            .FirstOrDefault(File.Exists);

    private async Task ConnectAsync()
    {
        var portFile = System.IO.Path.Combine(_profile, "DevToolsActivePort");
        var waited = Stopwatch.StartNew();
        string[] lines = [];
        while (lines.Length < 2)
        {
            Assert.True(waited.Elapsed < s_patience, "Chromium does not start.");
            await Task.Delay(50);
            lines = File.Exists(portFile) ? await File.ReadAllLinesAsync(portFile) : [];
        }

        using var http = new HttpClient();
        var targets = await http.GetFromJsonAsync<JsonElement>(new Uri($"http://127.0.0.1:{lines[0]}/json/list"));
        var page = targets.EnumerateArray().First(target => target.GetProperty("type").GetString() == "page");
        await _socket.ConnectAsync(new Uri(page.GetProperty("webSocketDebuggerUrl").GetString()!), CancellationToken.None);
        _reading = ReadAsync();
        foreach (var domain in new[] { "Page", "Runtime", "Log", "Network" })
            await CallAsync(domain + ".enable", new { });
    }

    private async Task<JsonElement> CallAsync(string method, object parameters)
    {
        var id = Interlocked.Increment(ref _lastCall);
        var call = _calls[id] = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _socket.SendAsync(
            JsonSerializer.SerializeToUtf8Bytes(
                new Dictionary<string, object>
                {
                    ["id"] = id,
                    ["method"] = method,
                    ["params"] = parameters,
                }
            ),
            WebSocketMessageType.Text,
            true,
            _stop.Token
        );
        return await call.Task.WaitAsync(s_patience);
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[1 << 16];
        using var message = new MemoryStream();
        while (!_stop.IsCancellationRequested)
        {
            var part = await _socket.ReceiveAsync(buffer, _stop.Token);
            message.Write(buffer, 0, part.Count);
            if (!part.EndOfMessage)
                continue;

            Take(JsonDocument.Parse(message.ToArray()).RootElement);
            message.SetLength(0);
        }
    }

    private void Take(JsonElement message)
    {
        if (message.TryGetProperty("id", out var id))
        {
            if (_calls.TryRemove(id.GetInt32(), out var call))
                call.SetResult(
                    message.TryGetProperty("result", out var result) ? result : JsonDocument.Parse("{\"result\":{}}").RootElement
                );
            return;
        }

        var parameters = message.GetProperty("params");
        switch (message.GetProperty("method").GetString())
        {
            case "Runtime.exceptionThrown":
            case "Runtime.consoleAPICalled" when parameters.GetProperty("type").GetString() is "error" or "warning":
            case "Log.entryAdded" when parameters.GetProperty("entry").GetProperty("level").GetString() is "error" or "warning":
                Complaints.Enqueue(parameters.ToString());
                break;
            case "Network.requestWillBeSent"
                when new Uri(parameters.GetProperty("request").GetProperty("url").GetString()!)
                    is { Scheme: "http" or "https", IsLoopback: false } url
                    && !url.Host.EndsWith(".localhost", StringComparison.Ordinal):
                Complaints.Enqueue(string.Create(CultureInfo.InvariantCulture, $"The page asked for {url}."));
                break;
        }
    }
}
