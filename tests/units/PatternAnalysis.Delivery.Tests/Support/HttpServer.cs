using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PatternAnalysis.Delivery.Tests.Support;

/// <summary>A real HTTP server on this machine that answers as it is told and remembers what it got.</summary>
internal sealed class HttpServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _answers = new();

    public HttpServer(X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(options =>
            options.Listen(
                IPAddress.Loopback,
                0,
                listen =>
                {
                    if (certificate is not null)
                        listen.UseHttps(certificate);
                }
            )
        );
        _application = builder.Build();
        _application.Run(Answer);
        _application.StartAsync().GetAwaiter().GetResult();
        Address = new Uri(
            _application.Urls.Single().Replace("127.0.0.1", "localhost", StringComparison.Ordinal) + "/services/T000/B000/very-secret-path"
        );
    }

    public Uri Address { get; }

    public ConcurrentQueue<Received> Requests { get; } = new();

    /// <summary>Answers the next request with a status; when nothing is left to say, the answer is 200.</summary>
    public HttpServer Then(int status, string? header = null, string? value = null)
    {
        _answers.Enqueue(context =>
        {
            context.Response.StatusCode = status;
            if (header is not null)
                context.Response.Headers[header] = value;
            return Task.CompletedTask;
        });
        return this;
    }

    /// <summary>Lets the next request wait for so long.</summary>
    public HttpServer ThenWait(TimeSpan time)
    {
        _answers.Enqueue(context => Task.Delay(time, context.RequestAborted));
        return this;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task Answer(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        Requests.Enqueue(
            new Received(
                context.Request.Path,
                context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()),
                await reader.ReadToEndAsync()
            )
        );
        if (_answers.TryDequeue(out var answer))
            await answer(context);
    }

    internal sealed record Received(string Path, IReadOnlyDictionary<string, string> Headers, string Body);
}
